internal import Cells

/// The last row: what can be pressed now.
extension Scene {
  func drawFooter(_ buffer: inout CellBuffer, _ region: Region) {
    let always = [Span("? ", Style(.key)), Span("help  "), Span("q ", Style(.key)), Span("quit ")]
    buffer.put(always, endingAt: region.endX, y: region.y)
    var room = region.columns - always.columns - 3
    var x = region.x + 1
    for entry in hints {
      let label =
        entry.action == .palette
        ? ":" : entry.label.split(separator: " ").first.map(String.init) ?? ""
      let hint =
        entry.action == .advance && model.lesson != nil
        ? "next" : entry.action == .advance && model.isRunning ? "pause" : entry.hint
      let spans = [Span(ascii(label) + " ", Style(.key)), Span(hint)]
      guard spans.columns <= room else { break }
      buffer.put(spans, at: Position(x: x, y: region.y))
      x += spans.columns + 2
      room -= spans.columns + 2
    }
  }

  /// The entries that want a place, in order.
  private var hints: [KeyEntry] {
    let isOnMessages = model.focus == .messages
    func rank(_ entry: KeyEntry) -> Int {
      guard let rank = entry.rank else { return .max }
      // What acts on the focus comes first.
      return isOnMessages && entry.group == .message ? rank - 10 : rank
    }
    return Keys.table.enumerated().filter { $0.element.rank != nil }
      .sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
      .map(\.element)
  }

  /// The name of a key in the characters that may be used.
  func ascii(_ label: String) -> String {
    guard glyphs.isASCII else { return label }
    let names: [Character: String] = ["→": "Right", "←": "Left", "↑": "Up", "↓": "Down", "…": "-"]
    return label.reduce(into: "") { $0 += names[$1] ?? String($1) }
  }
}
