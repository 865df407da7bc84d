internal import Cells

/// The last row: what can be pressed now.
extension Scene {
  func drawFooter(_ buffer: inout CellBuffer, _ region: Region) {
    for hint in hintPlaces(region) { buffer.put(hint.spans, at: hint.region.origin) }
  }

  /// Each hint with its place and what a click on it does.
  func hintPlaces(_ region: Region) -> [(action: Action, spans: [Span], region: Region)] {
    var places: [(action: Action, spans: [Span], region: Region)] = []
    func place(_ action: Action, _ spans: [Span], at x: Int) {
      let place = Region(x: x, y: region.y, columns: spans.columns, rows: region.rows)
      places.append((action, spans, place))
    }
    let help = [Span("? ", Style(.key)), Span("help")]
    let quit = [Span("q ", Style(.key)), Span("quit")]
    let end = region.endX - quit.columns - 1
    place(.quit, quit, at: end)
    place(.help, help, at: end - help.columns - 2)
    var x = region.x + 1
    for entry in hints {
      let label =
        entry.action == .palette
        ? ":" : entry.label.split(separator: " ").first.map(String.init) ?? ""
      let hint =
        entry.action == .advance && (model.lesson != nil || model.tour != nil)
        ? "next" : entry.action == .advance && model.isRunning ? "pause" : entry.hint
      let spans = [Span(ascii(label) + " ", Style(.key)), Span(hint)]
      guard x + spans.columns + 2 <= end - help.columns - 2 else { break }
      place(entry.action, spans, at: x)
      x += spans.columns + 2
    }
    return places
  }

  /// The entries that want a place, in order.
  private var hints: [KeyEntry] {
    let isOnMessages = model.focus == .messages
    func rank(_ entry: KeyEntry) -> Int {
      guard let rank = entry.rank else { return .max }
      if entry.group.page != nil { return rank - 20 }
      // What acts on the focus comes first.
      return isOnMessages && entry.group == .message ? rank - 10 : rank
    }
    return Keys.table.enumerated()
      .filter {
        guard $0.element.rank != nil, let key = $0.element.keys.first else { return false }
        // What a key means elsewhere is not offered where it means something else.
        return ($0.element.group.page ?? model.page) == model.page
          && Keys.action(for: key, on: model.page) == $0.element.action
      }
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
