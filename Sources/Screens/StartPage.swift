internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// The demos, and a world to begin anew with.
extension Scene {
  func drawStartPage(_ buffer: inout CellBuffer, _ region: Region) {
    drawStory(&buffer, strip(region))
    let places = startPlaces(strip(region).above)
    for column in places.columns {
      for (row, line) in column.lines.dropFirst(column.first).prefix(column.region.rows)
        .enumerated()
      {
        draw(&buffer, line, column.region.row(row))
      }
      drawMore(&buffer, column.region, from: column.first, of: column.lines.count)
    }
    guard places.detail.rows > 0 else { return }
    buffer.horizontalLine(
      at: Position(x: places.all.x, y: places.detail.y - 1), length: places.all.columns,
      glyph: glyphs.light.horizontal, style: Style(.frame))
    drawLines(&buffer, places.detail, startDetail(model.startRow))
  }

  /// What can be clicked there.
  func startTarget(at position: Position, _ region: Region) -> Target? {
    for column in startPlaces(strip(region).above).columns where column.region.contains(position) {
      let line = column.first + position.y - column.region.y
      guard column.lines.indices.contains(line), case .row(let place, _) = column.lines[line] else {
        return nil
      }
      return .action(.onStart(.point(place)))
    }
    return nil
  }
}

/// A line of the page.
enum StartLine {
  case heading(String)
  /// What can be chosen, with its place among all.
  case row(Int, StartRow)
  case empty
  /// What is said where there is nothing to choose.
  case remark(String)
}

extension Scene {
  /// Lines below one another, scrolled so that the chosen one is seen.
  struct StartColumn {
    let region: Region
    let lines: [StartLine]
    let first: Int
  }

  /// Where the parts of the page are: one column, or two where there is room beside each other.
  func startPlaces(_ region: Region) -> (all: Region, columns: [StartColumn], detail: Region) {
    let said = min(4, max(region.rows * 2 / 5, 0))
    let (below, above) = region.split(bottom: said)
    let list = above.split(bottom: said > 0 ? 1 : 0).rest.inset(horizontally: 2)
    let chapters = startLines
    guard list.columns >= 108, chapters.count > 2 else {
      let lines = Array(chapters.joined(by: .empty))
      return (region, [column(list, lines)], below.inset(horizontally: 2))
    }
    let (left, right) = list.split(left: (list.columns - 4) / 2)
    let rest = right.split(left: 4).rest
    let columns = [
      column(left, chapters.dropLast().joined(by: .empty)), column(rest, chapters.last ?? []),
    ]
    return (region, columns, below.inset(horizontally: 2))
  }

  private func column(_ region: Region, _ lines: [StartLine]) -> StartColumn {
    let chosen = lines.firstIndex {
      if case .row(model.opening.choice, _) = $0 { true } else { false }
    }
    // The heading above the first row is seen with it.
    let row = chosen ?? 0
    let first = row <= 1 ? 0 : max(min(row - region.rows / 2, lines.count - region.rows), 0)
    return StartColumn(region: region, lines: lines, first: first)
  }

  /// The chapters, each with its heading.
  private var startLines: [[StartLine]] {
    var place = 0
    return model.startChapters.map { chapter in
      var lines = [StartLine.heading(chapter.title)]
      for row in chapter.rows {
        lines.append(.row(place, row))
        place += 1
      }
      if chapter.rows.isEmpty {
        lines.append(.remark("no page was found in ./demos; / opens any file by its name"))
      }
      return lines
    }
  }

  private func draw(_ buffer: inout CellBuffer, _ line: StartLine, _ region: Region) {
    switch line {
    case .empty: break
    case .heading(let title):
      buffer.put(
        [Span(title, Style(.label, .bold))], at: region.origin, maxWidth: region.columns,
        ellipsis: glyphs.ellipsis)
    case .remark(let text):
      buffer.put(
        [Span("  " + text, .quiet)], at: region.origin, maxWidth: region.columns,
        ellipsis: glyphs.ellipsis)
    case .row(let place, let row):
      let inner = region.inset(horizontally: 1)
      buffer.put(
        spans(row, inner.columns), at: inner.origin, maxWidth: inner.columns,
        ellipsis: glyphs.ellipsis)
      guard place == model.opening.choice else { return }
      buffer.restyle(inner) { $0.reverse }
      buffer[region.x, region.y] = Cell(glyphs.arrowRight, Style(.focus))
    }
  }
}

extension Array where Element == [StartLine] {
  /// All of them below one another, with a line between.
  fileprivate func joined(by line: StartLine) -> [StartLine] {
    Array<StartLine>(joined(separator: [line]))
  }
}

extension ArraySlice where Element == [StartLine] {
  fileprivate func joined(by line: StartLine) -> [StartLine] { Array(self).joined(by: line) }
}
