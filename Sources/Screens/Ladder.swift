internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// One row of a ladder: a message to all its recipients, or something that happened at one place.
struct Rung {
  /// What became of one copy.
  enum Fate { case onItsWay, held, arrived, kept, refused, lost }

  struct Copy {
    let to: Principal
    let fate: Fate
    /// It was sent before the last step, which decided what became of it.
    let isDecidedNow: Bool
  }

  let time: Instant
  let from: Principal
  var label: String
  var style: Style
  var message: Message?
  var copies: [Copy] = []
  /// Stands for the sender where there is no message.
  var mark: Unicode.Scalar?
  /// It happened at the last step.
  var isNew = false

  /// Whether the last step has changed anything in its row.
  var hasChanged: Bool { isNew || copies.contains { $0.isDecidedNow } }
}

extension Scene {
  /// The last rungs, oldest first.
  func rungs(atMost count: Int) -> [Rung] {
    var fates: [Int: (fate: Rung.Fate, isNew: Bool)] = [:]
    var rungs: [Rung] = []
    for happenings in model.history.recent.reversed() {
      var those: [Rung] = []
      for happening in happenings.reversed() { note(happening, &fates) }
      for happening in happenings { add(happening, fates, &those) }
      rungs += those.reversed()
      if rungs.count >= count { break }
    }
    return rungs.prefix(count).reversed()
  }

  private func note(
    _ happening: Happening, _ fates: inout [Int: (fate: Rung.Fate, isNew: Bool)]
  ) {
    let fate: (id: Int, fate: Rung.Fate)? =
      switch happening.kind.ofEither {
      case .receive(let id, _, _, _, let finding):
        (id, Self.fate(finding))
      case .drop(let id, _, _, _, _): (id, .lost)
      case .hold(let id, _, _, _): (id, .held)
      case .release(let id, _, _, _, _): (id, .onItsWay)
      default: nil
      }
    if let fate, fates[fate.id] == nil { fates[fate.id] = (fate.fate, isNew(happening)) }
  }

  private static func fate(_ finding: Finding) -> Rung.Fate {
    switch finding.verdict {
    case .accepted: .arrived
    case .kept: .kept
    // A reply that comes after f + 1 others is late, not wrong.
    case .refused: finding.rule == .replyCurrent || finding.rule == .oneReply ? .arrived : .refused
    }
  }

  private func add(
    _ happening: Happening, _ fates: [Int: (fate: Rung.Fate, isNew: Bool)], _ rungs: inout [Rung]
  ) {
    let isNew = isNew(happening)
    func event(_ node: Principal, _ label: String, _ style: Style, _ mark: Unicode.Scalar) {
      rungs.append(
        Rung(
          time: happening.time, from: node, label: label, style: style, mark: mark, isNew: isNew))
    }
    switch happening.kind {
    case .send(let id, let message, let from, let to, let arrives):
      let decided = fates[id]
      let copy = Rung.Copy(
        to: to, fate: decided?.fate ?? (arrives == nil ? .held : .onItsWay),
        isDecidedNow: decided?.isNew ?? false && !isNew)
      if let index = rungs.lastIndex(where: { $0.message == message && $0.from == from }) {
        rungs[index].copies.append(copy)
      } else {
        rungs.append(
          Rung(
            time: happening.time, from: from, label: speaker.short(message),
            style: style(message), message: message, copies: [copy], isNew: isNew))
      }
    case .crash(let replica): event(.replica(replica), "\(replica) crashes", .fault, glyphs.crashed)
    case .restart(let replica), .fault(.restartEmpty(let replica)):
      event(.replica(replica), "\(replica) restarts", Style(.notice), glyphs.mark)
    case .timerFired(let node, let name):
      let style: Style = name == .viewChange ? .fault : .quiet
      event(node, "\(node) \(name.word) timer fires", style, glyphs.mark)
    case .view(let replica, let view, let active, _):
      event(
        .replica(replica), "\(replica) \(active ? "enters" : "asks for") view \(view.number)",
        Style(.viewChange, .bold), glyphs.mark)
    case .accept(let client, let timestamp, let result, _):
      event(
        .client(client), "\(client)/\(timestamp.number) accepted: \(result)", Style(.done),
        glyphs.done)
    default: break
    }
  }

  // MARK: Drawing

  func drawLadderPage(_ buffer: inout CellBuffer, _ region: Region) {
    drawLadder(&buffer, drawStrip(&buffer, region))
  }

  /// What can be clicked on the page; nil where that is not of the page alone.
  func ladderTarget(at position: Position, _ region: Region) -> Target? { nil }

  func drawLadder(_ buffer: inout CellBuffer, _ region: Region) {
    guard region.rows >= 3 else { return }
    let timeWidth = 7
    let labelWidth = min(max(region.columns / 4, 18), 34)
    let lanes = ladderLanes
    let room = region.columns - timeWidth - labelWidth - 2
    let width = max(room / max(lanes.count, 1), 3)
    func x(_ index: Int) -> Int { region.x + timeWidth + width * index + width / 2 }
    drawLaneHeads(&buffer, region.row(0), lanes, width: width, x)
    let rungs = rungs(atMost: region.rows - 1)
    for row in 0..<region.rows - 1 {
      let y = region.y + 1 + row
      for (index, lane) in lanes.enumerated() {
        let glyph = isDown(lane) ? glyphs.empty : glyphs.light.vertical
        buffer[x(index), y] = Cell(glyph, Style(isDown(lane) ? .quiet : .frame))
      }
      guard row < rungs.count else { continue }
      let rung = rungs[row]
      let told = time(rung.time)
      buffer.put(
        told, at: Position(x: region.x + max(timeWidth - 2 - told.columns, 0), y: y),
        style: .quiet.changed(if: rung.isNew))
      if rung.hasChanged { mark(&buffer, region.x + timeWidth - 1, y) }
      draw(&buffer, rung, y, lanes, x)
      let label = Position(x: region.endX - labelWidth, y: y)
      buffer.put(
        rung.label, at: label, style: rung.style, maxWidth: labelWidth - 1,
        ellipsis: glyphs.ellipsis)
    }
  }

  /// Clients that have asked for something, then the replicas.
  private var ladderLanes: [Principal] {
    let clients = world.clients.filter { $0.lastTimestamp.number > 0 }.prefix(3)
    let shown = clients.isEmpty ? world.clients.prefix(1) : clients
    return shown.map { .client($0.id) } + world.replicas.map { .replica($0.id) }
  }

  private func isDown(_ lane: Principal) -> Bool {
    if case .replica(let replica) = lane { world.isCrashed(replica) } else { false }
  }

  private func drawLaneHeads(
    _ buffer: inout CellBuffer, _ row: Region, _ lanes: [Principal], width: Int, _ x: (Int) -> Int
  ) {
    for (index, lane) in lanes.enumerated() {
      var name = lane.description
      var style = Style(.plain, .bold)
      if case .replica(let id) = lane {
        if world.isFaulty(id) { name += " \(text(glyphs.faulty))" }
        if world.isCrashed(id) {
          name += " \(text(glyphs.crashed))"
        } else if world.leads(id) {
          name += " \(text(glyphs.primary))"
          style = Style(.leader)
        }
        if world.isFaulty(id) || world.isCrashed(id) { style = .fault }
      }
      let isNew = hasChanged { laneMarks(lane, in: $0) }
      let used = min(name.columns, width - 1)
      let first = x(index) - min(used, lane.description.columns) / 2
      buffer.put(
        name, at: Position(x: first, y: row.y), style: style.changed(if: isNew),
        maxWidth: max(width - 1, 2))
      if isNew { mark(&buffer, first - 1, row.y) }
    }
  }

  /// What is told of a lane besides its name.
  private func laneMarks(_ lane: Principal, in world: World) -> [Bool] {
    guard case .replica(let id) = lane else { return [] }
    return [world.isFaulty(id), world.isCrashed(id), world.leads(id)]
  }

  private func draw(
    _ buffer: inout CellBuffer, _ rung: Rung, _ y: Int, _ lanes: [Principal], _ x: (Int) -> Int
  ) {
    guard let sender = lanes.firstIndex(of: rung.from) else { return }
    let start = x(sender)
    let targets = rung.copies.compactMap { copy in
      lanes.firstIndex(of: copy.to).map { (index: $0, copy: copy) }
    }
    let all = targets.map(\.index) + [sender]
    if let left = all.min(), let right = all.max(), left < right {
      let length = x(right) - x(left)
      buffer.horizontalLine(
        at: Position(x: x(left), y: y), length: length, glyph: glyphs.light.horizontal,
        style: rung.style)
    }
    for target in targets {
      let glyph: Unicode.Scalar
      var style = rung.style.bold
      switch target.copy.fate {
      case .arrived, .kept: glyph = target.index > sender ? glyphs.arrowRight : glyphs.arrowLeft
      case .onItsWay: glyph = glyphs.inFlight
      case .held: glyph = glyphs.held
      case .refused, .lost:
        glyph = glyphs.lost
        style = .fault
      }
      buffer[x(target.index), y] = Cell(glyph, style.changed(if: target.copy.isDecidedNow))
    }
    buffer[start, y] = Cell(rung.mark ?? glyphs.received, rung.style.bold)
  }
}
