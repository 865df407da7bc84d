internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// The window of reasons: the last event's rules, the phases of one replica, and the cell that is asked about.
extension Scene {
  func drawWhy(_ buffer: inout CellBuffer, _ region: Region, _ cell: WhyCell) {
    let replica = world.replicas[model.replica.index]
    let inner = min(max(region.columns - 6, 1), 104)
    let room = max(region.rows - 2, 0)
    let numbers = Array(replica.askedNumbers)
    let event = lastReasons.flatMap { [Span($0)].wrapped(width: inner) }
    let reasons = reasonLines(cell, width: inner)
    // The grid first, then what is asked; the last event takes what they leave.
    let gridRows = min(numbers.count, room < 14 ? 3 : 6)
    let asked = min(reasons.count, max(room - gridRows - 3, 0))
    let eventRows = min(event.count, max(room - gridRows - asked - 2, room < 14 ? 1 : 2))
    let wanted = eventRows + gridRows + 2 + reasons.count
    let area = region.centred(Size(columns: inner + 4, rows: wanted + 2))
    let isCut = wanted > room
    let keys = "arrows choose, Enter does it\(isCut ? ", PgDn more" : ""), Esc closes"
    let inside = drawFrame(&buffer, area, "Why, at \(model.replica)", keys: keys)
      .inset(horizontally: 1)
    let (top, below) = inside.split(top: eventRows)
    drawLines(&buffer, top, event.map { $0.map { Span($0.text, .quiet) } })
    let (grid, rest) = below.split(top: gridRows + 1)
    drawWhyGrid(&buffer, grid, replica, numbers, cell)
    buffer.horizontalLine(
      at: Position(x: rest.x - 1, y: rest.y), length: rest.columns + 2,
      glyph: glyphs.light.horizontal, style: Style(.frame))
    let list = rest.split(top: 1).rest
    let first = min(cell.scroll, max(reasons.count - list.rows, 0))
    for (row, line) in reasons.dropFirst(first).prefix(list.rows).enumerated() {
      buffer.put(line, at: Position(x: list.x, y: list.y + row), maxWidth: list.columns)
    }
    drawMore(&buffer, list, from: first, of: reasons.count)
  }

  /// A table of numbers and milestones with the chosen cell in reverse.
  private func drawWhyGrid(
    _ buffer: inout CellBuffer, _ region: Region, _ replica: Replica, _ numbers: [Int],
    _ cell: WhyCell
  ) {
    let milestones = Milestone.allCases
    let width = max(min((region.columns - 9) / milestones.count, 16), 3)
    func x(_ column: Int) -> Int { region.x + 9 + column * width }
    buffer.put("   n  of", at: region.origin, style: .label, maxWidth: region.columns)
    for (column, milestone) in milestones.enumerated() {
      buffer.put(
        milestone.word, at: Position(x: x(column) + min(column, 1), y: region.y), style: .label,
        maxWidth: width)
    }
    let rows = max(region.rows - 1, 0)
    let place = numbers.firstIndex(of: cell.sequence.number) ?? 0
    let first = max(min(place - rows / 2, numbers.count - rows), 0)
    for (row, number) in numbers.dropFirst(first).prefix(rows).enumerated() {
      let n = SequenceNumber(number)
      let y = region.y + 1 + row
      let digest = replica.log[n]?.prePrepare.map { letter($0.digest) } ?? text(glyphs.empty)
      buffer.put(
        "n\(number)".right(4) + "  " + digest.prefix(3), at: Position(x: region.x, y: y),
        maxWidth: region.columns)
      for (column, milestone) in milestones.enumerated() {
        let isReached = milestone.isReached(n, at: replica)
        let isChosen = n == cell.sequence && milestone == cell.milestone
        let mark =
          " \(text(isReached ? glyphs.done : glyphs.empty))\(tally(n, milestone, replica)) "
        let style: Style = isReached ? .done : .plain
        buffer.put(
          isChosen ? "[\(mark.dropFirst().dropLast())]" : mark, at: Position(x: x(column), y: y),
          style: isChosen ? style.reverse : style, maxWidth: width)
      }
    }
    drawMore(&buffer, region.split(top: 1).rest, from: first, of: numbers.count)
  }

  /// ` 2/3`: how many votes of how many.
  private func tally(_ n: SequenceNumber, _ milestone: Milestone, _ replica: Replica) -> String {
    guard let slot = replica.log[n], slot.prePrepare != nil else { return "" }
    switch milestone {
    case .prepared: return " \(slot.matchingPrepares(in: settings))/\(settings.needs.prepares)"
    case .committed: return " \(slot.matchingCommits())/\(settings.needs.quorum)"
    case .prePrepared, .executed: return ""
    }
  }

  /// What is said about the chosen cell, broken to a width.
  private func reasonLines(_ cell: WhyCell, width: Int) -> [[Span]] {
    let isReached = cell.milestone.isReached(cell.sequence, at: world.replicas[model.replica.index])
    let question =
      "\(isReached ? "Why" : "Why not"): \(model.replica) \(isReached ? "has" : "has not") "
      + "\(cell.milestone.word) \(cell.sequence)"
    var lines: [[Span]] = [[Span(question, Style(.label, .bold))]]
    let answer = answer(cell)
    for line in answer.lines {
      // What follows a break is as far in as its line.
      let indent = String(line.prefix { $0 == " " })
      let broken = [Span(String(line.dropFirst(indent.count)))]
        .wrapped(width: max(width - indent.columns, 1))
      lines += broken.map { [Span(indent)] + $0 }
    }
    for (place, remedy) in answer.remedies.enumerated() {
      let key = place == 0 ? "Enter" : ""
      lines.append([
        Span(key.left(6), Style(.key)), Span(": ", .label), Span(remedy.text, Style(.key)),
      ])
    }
    return lines
  }
}
