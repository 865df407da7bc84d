internal import Cells

/// A window with a list of which one line is chosen, and what is to be said about it below.
struct Chooser {
  struct Line {
    let spans: [Span]
    /// Its place among what can be chosen; nil for a heading.
    let choice: Int?
  }

  let title: String
  let lines: [Line]
  let chosen: Int
  /// About the chosen line; broken where the window ends.
  let detail: [[Span]]
  let keys: String
}

/// Where the parts of a chooser are, for drawing and for clicking alike.
struct ChooserPlaces {
  let area, list, detail: Region
  /// The first line of the list that is seen.
  let first: Int

  /// In as much of a region as the lines want.
  init(_ chooser: Chooser, in region: Region) {
    let widest = chooser.lines.map(\.spans.columns).max() ?? 0
    let inner = max(min(max(widest, 64), region.columns - 4), 1)
    // As many rows for what is said as it could want, whatever is chosen: nothing jumps.
    let said = min(5, max(region.rows - 2, 0) * 2 / 5)
    area = region.centred(Size(columns: inner + 4, rows: chooser.lines.count + said + 3))
    let inside = area.inset(by: 1)
    let (below, above) = inside.split(bottom: said)
    detail = below.inset(horizontally: 1)
    list = above.split(bottom: said > 0 ? 1 : 0).rest.inset(horizontally: 1)
    let row = chooser.lines.firstIndex { $0.choice == chooser.chosen } ?? 0
    first = max(min(row - list.rows / 2, chooser.lines.count - list.rows), 0)
  }
}

extension Scene {
  func drawChooser(_ buffer: inout CellBuffer, _ region: Region, _ chooser: Chooser) {
    let places = ChooserPlaces(chooser, in: region)
    let inside = drawFrame(&buffer, places.area, chooser.title, keys: chooser.keys)
    let list = places.list
    for (row, line) in chooser.lines.dropFirst(places.first).prefix(list.rows).enumerated() {
      let position = Position(x: list.x, y: list.y + row)
      buffer.put(line.spans, at: position, maxWidth: list.columns, ellipsis: glyphs.ellipsis)
      if line.choice == chooser.chosen {
        buffer.restyle(list.row(row)) { $0.reverse }
        buffer[inside.x, position.y] = Cell(glyphs.arrowRight, Style(.focus))
      }
    }
    drawMore(&buffer, list, from: places.first, of: chooser.lines.count)
    let detail = places.detail
    guard detail.rows > 0 else { return }
    buffer.horizontalLine(
      at: Position(x: inside.x, y: detail.y - 1), length: inside.columns,
      glyph: glyphs.light.horizontal, style: Style(.frame))
    drawLines(&buffer, detail, chooser.detail)
  }

  /// Arrows at the right of a list that goes on above or below.
  func drawMore(_ buffer: inout CellBuffer, _ list: Region, from first: Int, of count: Int) {
    guard !list.isEmpty else { return }
    if first > 0 { buffer[list.endX, list.y] = Cell(glyphs.arrowUp, .label) }
    if first + list.rows < count {
      buffer[list.endX, list.endY - 1] = Cell(glyphs.arrowDown, .label)
    }
  }

  /// Lines broken to the width of a region, as many as it has room for.
  func drawLines(_ buffer: inout CellBuffer, _ region: Region, _ lines: [[Span]]) {
    let wrapped = lines.flatMap { $0.isEmpty ? [[]] : $0.wrapped(width: region.columns) }
    for (row, line) in wrapped.prefix(region.rows).enumerated() {
      let isCut = row == region.rows - 1 && wrapped.count > region.rows
      let shown = isCut ? line + [Span(" " + text(glyphs.ellipsis))] : line
      buffer.put(
        shown, at: Position(x: region.x, y: region.y + row), maxWidth: region.columns,
        ellipsis: glyphs.ellipsis)
    }
  }
}

extension Key {
  /// The place that it leads to in a list of so many lines; nil for a key that does not move in lists.
  func place(from place: Int, of count: Int) -> Int? {
    let next: Int
    switch self {
    case .up: next = place - 1
    case .down, .character("j"): next = place + 1
    case .pageUp: next = place - 8
    case .pageDown: next = place + 8
    case .home: next = 0
    case .end: next = count - 1
    default: return nil
    }
    return max(min(next, count - 1), 0)
  }
}
