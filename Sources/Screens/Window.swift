internal import Cells
internal import PBFT

/// The frames of what lies over a page.
extension Scene {
  /// Lines in a frame as large as they need, scrolled as far as there is something to see.
  func drawWindow(
    _ buffer: inout CellBuffer, _ region: Region, _ title: String, _ lines: [[Span]], _ scroll: Int,
    keys: String = ""
  ) {
    let (area, wrapped, most) = windowPlaces(region, lines)
    let first = min(scroll, most)
    let more = first < most ? "\(text(glyphs.arrowDown)) more, " : ""
    let inside = drawFrame(&buffer, area, title, keys: "\(more)\(keys)Esc closes")
    for (row, line) in wrapped.dropFirst(first).prefix(inside.rows).enumerated() {
      buffer.put(
        line, at: Position(x: inside.x + 1, y: inside.y + row), maxWidth: inside.columns - 2,
        ellipsis: glyphs.ellipsis)
    }
    markRows(&buffer, inside, at: inside.x)
  }

  /// Where a window is, its lines broken to its width, and how far they can be scrolled.
  func windowPlaces(
    _ region: Region, _ lines: [[Span]]
  ) -> (area: Region, wrapped: [[Span]], most: Int) {
    let inner = min(max(lines.map(\.columns).max() ?? 0, 40), region.columns - 6)
    let wrapped = lines.flatMap { $0.isEmpty ? [[]] : $0.wrapped(width: inner) }
    let area = region.centred(Size(columns: inner + 4, rows: wrapped.count + 2))
    return (area, wrapped, max(wrapped.count - max(area.rows - 2, 0), 0))
  }

  /// An empty window: its name above, its keys below, and what is switched off in this world.
  ///
  /// Returns the inside.
  func drawFrame(
    _ buffer: inout CellBuffer, _ area: Region, _ title: String, keys: String
  ) -> Region {
    buffer.fill(area)
    let inside = buffer.box(
      area, title: [Span(" \(title) ", Style(.focus))], lines: glyphs.heavy, style: Style(.focus),
      ellipsis: glyphs.ellipsis)
    let room = area.columns - 8 - title.columns
    if let mark = rulesOffMarks.first(where: { $0.columns <= room }) {
      buffer.put([Span(mark, Style(.alarm))], endingAt: area.endX - 2, y: area.y)
    }
    buffer.put(
      [Span(" \(ascii(keys)) ", .label)], endingAt: area.endX - 2, y: area.endY - 1,
      maxWidth: area.columns - 4, ellipsis: glyphs.ellipsis)
    return inside
  }

  /// What tells that rules are off, the longest text first; empty where all are on.
  var rulesOffMarks: [String] {
    let off = settings.rulesOff.rules
    guard let first = off.first else { return [] }
    return off.count == 1
      ? [" RULE OFF: \(first.name) ", " RULE OFF "] : [" \(off.count) RULES OFF "]
  }
}
