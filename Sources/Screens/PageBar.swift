internal import Cells
internal import PBFT

/// The row of the pages: the present one stands out, and the key of each is marked.
extension Scene {
  func drawPageBar(_ buffer: inout CellBuffer, _ region: Region) {
    for name in pageNamePlaces(region) { buffer.put(name.spans, at: name.region.origin) }
  }

  /// The name of each page with its place; where there is no room for the words, the letters.
  func pageNamePlaces(_ region: Region) -> [(page: Page, spans: [Span], region: Region)] {
    guard region.rows > 0 else { return [] }
    let whole = Page.allCases.reduce(0) { $0 + $1.title.columns + 2 }
    var x = region.x
    return Page.allCases.map { page in
      let isHere = page == model.page
      let rest = whole <= region.columns || isHere ? String(page.title.dropFirst()) : ""
      let key = Style(.key, isHere ? [.reverse, .bold] : [.bold, .underline])
      let style = isHere ? Style(.plain, [.reverse, .bold]) : Style(.label)
      let blank = Span(" ", isHere ? style : .plain)
      let spans = [blank, Span(String(page.letter), key), Span(rest, style), blank]
      defer { x += spans.columns }
      return (page, spans, Region(x: x, y: region.y, columns: spans.columns, rows: 1))
    }
  }
}
