internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// Some rungs to be drawn, and what is known of their copies.
struct LadderSheet {
  /// Oldest first.
  let rungs: [Rung]
  let pieces: [LadderPiece]
  var selected: RungPlace?
  /// Whether it is told when each copy arrived, where there is room.
  var tellsTimes = false
}

/// Lanes as columns, time downwards, a row for each message to all its recipients.
extension Scene {
  /// The last rungs, from the happenings that are at hand.
  func lastRungs(atMost count: Int) -> LadderSheet {
    let recent = model.history.recent
    var steps = 32
    while true {
      let some = recent.suffix(steps)
      var piece = LadderPiece(from: world.step - some.count + 1)
      some.forEach { piece.append($0) }
      if piece.rungs.count >= count || some.count == recent.count {
        return LadderSheet(rungs: piece.rungs.suffix(count), pieces: [piece])
      }
      steps *= 2
    }
  }

  /// The last rungs, as many as there is room for.
  func drawLadder(_ buffer: inout CellBuffer, _ region: Region) {
    guard region.rows >= 3 else { return }
    let sheet = lastRungs(atMost: region.rows - 1)
    let (names, rows) = region.split(top: 1)
    drawRungs(&buffer, names.y, ladderLanes(rows, sheet.rungs), sheet)
  }

  /// The names of the lanes, the lanes, and the rungs on them.
  func drawRungs(
    _ buffer: inout CellBuffer, _ names: Int, _ lanes: LadderLanes, _ sheet: LadderSheet
  ) {
    drawLaneHeads(&buffer, names, lanes)
    let inFlight = Dictionary(self.inFlight.map { ($0.id, $0) }) { first, _ in first }
    for row in 0..<lanes.region.rows {
      let y = lanes.region.y + row
      for (index, lane) in lanes.owners.enumerated() {
        let glyph = isDown(lane) ? glyphs.empty : glyphs.light.vertical
        buffer[lanes.x(index), y] = Cell(glyph, Style(isDown(lane) ? .quiet : .frame))
      }
      guard row < sheet.rungs.count else { continue }
      let rung = sheet.rungs[row]
      let outcomes = rung.copies.map {
        sheet.pieces.outcome(of: $0, rung, upTo: world.step, inFlight: inFlight)
      }
      draw(&buffer, rung, outcomes, y, lanes, inFlight, tellsTimes: sheet.tellsTimes)
      if sheet.selected == rung.place {
        buffer.restyle(lanes.labels.row(row)) { $0.reverse }
        // Beside the time; where that has no room, the mark of what is new makes some.
        let isLong = time(sheet.rungs[row].time).columns >= LadderLanes.timeWidth - 1
        let x = lanes.region.x + LadderLanes.timeWidth - (isLong ? 1 : 2)
        buffer[x, y] = Cell(glyphs.arrowRight, Style(.focus))
      }
    }
  }

  private func draw(
    _ buffer: inout CellBuffer, _ rung: Rung, _ outcomes: [Outcome], _ y: Int,
    _ lanes: LadderLanes, _ inFlight: [Int: Envelope], tellsTimes: Bool
  ) {
    let isNew = rung.place.step == world.step
    let told = time(rung.time)
    let x = lanes.region.x
    buffer.put(
      told, at: Position(x: x + max(LadderLanes.timeWidth - 2 - told.columns, 0), y: y),
      style: .quiet.changed(if: isNew))
    if isNew || outcomes.contains(where: { $0.step == world.step }) {
      mark(&buffer, x + LadderLanes.timeWidth - 1, y)
    }
    let style = style(rung)
    let room = max(lanes.labels.columns - 1, 0)
    buffer.put(
      fitting(room, labels(rung)), at: Position(x: lanes.labels.x, y: y), style: style,
      maxWidth: room, ellipsis: glyphs.ellipsis)
    guard let from = rung.from else {
      // What is of the whole world goes across all lanes.
      let length = lanes.x(lanes.owners.count - 1) - lanes.x(0) + 1
      buffer.horizontalLine(
        at: Position(x: lanes.x(0), y: y), length: length, glyph: glyphs.dashed, style: style)
      return
    }
    guard let sender = lanes.lane(of: from) else { return }
    drawPath(&buffer, rung, outcomes, y, lanes, sender)
    let ways = zip(rung.copies, outcomes).compactMap { copy, outcome in
      lanes.lane(of: copy.to).map { (copy: copy, outcome: outcome, target: $0) }
    }.filter { $0.target != sender }
    for way in ways {
      drawHead(
        &buffer, way.outcome, from: lanes.x(sender), to: lanes.x(way.target), y,
        width: lanes.width, style: style, isNew: isNew, tellsTime: tellsTimes)
    }
    for way in ways where way.outcome.fate == .onItsWay {
      guard let envelope = inFlight[way.copy.id] else { continue }
      drawTraveller(&buffer, envelope, from: lanes.x(sender), to: lanes.x(way.target), y, style)
    }
    buffer[lanes.x(sender), y] = Cell(startGlyph(rung), style.bold)
  }

  private func drawPath(
    _ buffer: inout CellBuffer, _ rung: Rung, _ outcomes: [Outcome], _ y: Int,
    _ lanes: LadderLanes, _ sender: Int
  ) {
    // Nobody saw the way of what never left.
    let ends = zip(rung.copies, outcomes).compactMap { copy, outcome in
      outcome.fate == .withheld ? nil : lanes.lane(of: copy.to)
    }
    guard let least = ends.min(), let most = ends.max() else { return }
    let (left, right) = (lanes.x(min(least, sender)), lanes.x(max(most, sender)))
    let glyph =
      if case .repeated = rung.content { glyphs.ladder.copiedPath } else { glyphs.light.horizontal }
    buffer.horizontalLine(
      at: Position(x: left, y: y), length: right - left, glyph: glyph, style: style(rung))
  }

  private func drawHead(
    _ buffer: inout CellBuffer, _ outcome: Outcome, from start: Int, to end: Int, _ y: Int,
    width: Int, style: Style, isNew: Bool, tellsTime: Bool
  ) {
    let isRight = end > start
    let decidedNow = outcome.step == world.step && !isNew
    let head = self.style(of: outcome.fate, style)
    buffer[end, y] = Cell(glyph(of: outcome.fate, isRight: isRight), head.changed(if: decidedNow))
    var marks = ""
    if outcome.isAltered { marks += text(glyphs.differs) }
    if outcome.isOvertaken {
      marks += text(isRight ? glyphs.ladder.overtakenRight : glyphs.ladder.overtakenLeft)
    }
    let when = tellsTime && outcome.fate.hasArrived ? outcome.time.map(time) ?? "" : ""
    // At least one piece of the path is left to be seen.
    let said = fitting(
      width - 2, isRight ? [when + marks, marks, String(marks.suffix(1))] : [marks + when, marks])
    guard said.columns <= width - 2 else { return }
    var column = isRight ? end - said.columns : end + 1
    for scalar in said.unicodeScalars {
      let isMark = marks.unicodeScalars.contains(scalar)
      buffer[column, y] = Cell(scalar, isMark ? head : .quiet)
      column += 1
    }
  }

  /// What travels, where it is by now, while time runs.
  private func drawTraveller(
    _ buffer: inout CellBuffer, _ envelope: Envelope, from start: Int, to end: Int, _ y: Int,
    _ style: Style
  ) {
    guard let instant = model.shownInstant, let due = envelope.due, due > envelope.sent else {
      return
    }
    let way = due.microseconds - envelope.sent.microseconds
    let gone = min(max(instant.microseconds - envelope.sent.microseconds, 0), way)
    let x = start + (end - start) * gone / way
    if x != start, x != end { buffer[x, y] = Cell(glyphs.ladder.travelling, style.bold) }
  }
}
