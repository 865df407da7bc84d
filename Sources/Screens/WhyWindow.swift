internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// The window of reasons: the last event's rules, the phases of one replica, and the cell that is asked about.
extension Scene {
  func drawWhy(_ buffer: inout CellBuffer, _ region: Region, _ cell: WhyCell) {
    let replica = world.replicas[model.replica.index]
    let places = whyPlaces(region, cell)
    let keys = "arrows choose, Enter does it\(places.isCut ? ", PgDn more" : ""), Esc closes"
    _ = drawFrame(&buffer, places.area, "Why, at \(model.replica)", keys: keys)
    drawLines(&buffer, places.event, places.told)
    drawWhyGrid(&buffer, places.grid, replica, places.numbers, cell)
    let (rest, reasons) = (places.rest, places.reasons)
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

  /// What the window holds and where, for drawing and for clicking alike.
  func whyPlaces(_ region: Region, _ cell: WhyCell) -> WhyPlaces {
    let inner = min(max(region.columns - 6, 1), 104)
    let room = max(region.rows - 2, 0)
    let numbers = Array(world.askedNumbers(at: model.replica))
    let event = lastReasons.enumerated().flatMap { place, line in
      [Span(place == 0 ? "The last event: " : "", Style(.label, .bold)), Span(line, .quiet)]
        .wrapped(width: inner)
    }
    let reasons = reasonLines(cell, width: inner)
    // The grid first, then what is asked; the last event takes what they leave.
    let gridRows = min(numbers.count, room < 14 ? 3 : 6)
    let asked = min(reasons.count, max(room - gridRows - 3, 0))
    let eventRows = min(event.count, max(room - gridRows - asked - 2, room < 14 ? 1 : 2))
    let wanted = eventRows + gridRows + 2 + reasons.count
    let area = region.centred(Size(columns: inner + 4, rows: wanted + 2))
    let (top, below) = area.inset(by: 1).inset(horizontally: 1).split(top: eventRows)
    let (grid, rest) = below.split(top: gridRows + 1)
    return WhyPlaces(
      area: area, event: top, grid: grid, rest: rest, told: event, reasons: reasons,
      numbers: numbers, chosen: cell.sequence, isCut: wanted > room)
  }

  /// A table of numbers and milestones with the chosen cell in reverse.
  private func drawWhyGrid(
    _ buffer: inout CellBuffer, _ region: Region, _ replica: Replica, _ numbers: [Int],
    _ cell: WhyCell
  ) {
    let milestones = Milestone.allCases
    let width = WhyPlaces.cellWidth(region)
    func x(_ column: Int) -> Int { region.x + WhyPlaces.label + column * width }
    buffer.put("   n  of", at: region.origin, style: .label, maxWidth: region.columns)
    for (column, milestone) in milestones.enumerated() {
      buffer.put(
        milestone.word, at: Position(x: x(column) + min(column, 1), y: region.y), style: .label,
        maxWidth: width)
    }
    let rows = max(region.rows - 1, 0)
    let first = WhyPlaces.first(of: numbers, rows, chosen: cell.sequence)
    for (row, number) in numbers.dropFirst(first).prefix(rows).enumerated() {
      let n = SequenceNumber(number)
      let y = region.y + 1 + row
      let digest = replica.log[n]?.prePrepare.map { letter($0.digest) } ?? text(glyphs.empty)
      let isProposed = hasChanged { $0.replicas[replica.id.index].log[n]?.prePrepare?.digest }
      buffer.put(
        [
          Span("n\(number)".right(4) + "  "),
          Span(String(digest.prefix(3)), .plain.changed(if: isProposed)),
        ], at: Position(x: region.x, y: y), maxWidth: region.columns)
      for (column, milestone) in milestones.enumerated() {
        let isChosen = n == cell.sequence && milestone == cell.milestone
        let told = told(n, milestone, replica.id)
        let style = isChosen ? told.style.reverse : told.style
        // What surrounds a changed value has not changed.
        let edge = told.style.role == .changed ? (isChosen ? Style.plain.reverse : .plain) : style
        buffer.put(
          [
            Span(isChosen ? "[" : " ", edge), Span(told.text, style),
            Span(isChosen ? "]" : " ", edge),
          ], at: Position(x: x(column), y: y), maxWidth: width)
      }
    }
    markRows(&buffer, region, at: region.x - 1)
    drawMore(&buffer, region.split(top: 1).rest, from: first, of: numbers.count)
  }

  /// `✓ 2/3`: whether a number has come so far, and how many votes of how many.
  private func told(_ n: SequenceNumber, _ milestone: Milestone, _ id: ReplicaID) -> Span {
    let (replica, was) = (world.replicas[id.index], before.replicas[id.index])
    let isReached = milestone.isReached(n, at: replica)
    let now = tally(replica.log[n], milestone, world)
    let isNew =
      isReached != milestone.isReached(n, at: was)
      || now != tally(was.log[n], milestone, before)
    let isProposed = replica.log[n]?.prePrepare != nil
    return Span(
      text(isReached ? glyphs.done : glyphs.empty)
        + (isProposed ? now.map { " \($0.have)/\($0.need)" } ?? "" : ""),
      (isReached ? Style.done : .plain).changed(if: isNew))
  }

  /// How many votes of how many, where a milestone is a matter of votes.
  private func tally(_ slot: Slot?, _ milestone: Milestone, _ world: World) -> Tally? {
    switch milestone {
    case .prepared: prepares(slot, world)
    case .committed: commits(slot, world)
    case .prePrepared, .executed: nil
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
    func told(_ remedy: Command, _ key: String) -> [Span] {
      [Span(key.left(6), Style(.key)), Span(": ", .label), Span(remedy.text, Style(.key))]
    }
    // What can be done stands first, so that it is seen however long the reasons are.
    if let first = answer.remedies.first { lines.append(told(first, "Enter")) }
    for line in answer.lines {
      // What follows a break is as far in as its line.
      let indent = String(line.prefix { $0 == " " })
      let broken = [Span(String(line.dropFirst(indent.count)))]
        .wrapped(width: max(width - indent.columns, 1))
      lines += broken.map { [Span(indent)] + $0 }
    }
    lines += answer.remedies.dropFirst().map { told($0, "") }
    return lines
  }
}
