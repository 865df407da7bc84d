internal import Cells
internal import PBFT
internal import Simulation

/// One replica: its role, its numbers, its phases and its log.
extension Scene {
  func drawPane(_ buffer: inout CellBuffer, _ region: Region, _ replica: Replica) {
    let isFocused = model.focus == .replicas && model.replica == replica.id
    let title = title(replica, width: region.columns - 4)
    let inside = buffer.box(
      region, title: title,
      lines: isFocused ? glyphs.heavy : glyphs.light, style: Style(isFocused ? .focus : .frame),
      ellipsis: glyphs.ellipsis)
    let parts = paneParts(inside, replica)
    for (row, line) in parts.status.enumerated() where row < inside.rows {
      buffer.put(line, at: Position(x: inside.x, y: inside.y + row), maxWidth: inside.columns)
    }
    drawGrid(&buffer, parts.grid, replica)
    drawLog(&buffer, parts.log, of: .replica(replica.id))
    // The frame's left edge is the margin in which changes are marked.
    markRows(&buffer, inside, at: region.x)
    if title.haveChanged { buffer[region.x + 1, region.y] = changedMark }
  }

  /// What stands inside a pane, for drawing and for clicking alike.
  func paneParts(
    _ inside: Region, _ replica: Replica
  ) -> (status: [[Span]], grid: Region, log: Region) {
    let status = statusLines(replica, width: inside.columns)
    let rest = inside.split(top: status.count).rest
    let (grid, log) = rest.split(top: gridRows(replica, of: rest.rows) + 1)
    return (status, grid, log)
  }

  /// Name, marks and one word.
  func title(_ replica: Replica, width: Int) -> [Span] {
    let id = replica.id
    let isCrashed = world.isCrashed(id)
    let isFaulty = world.isFaulty(id)
    let leads = world.leads(id)
    var spans = [
      Span(width < 14 ? "\(id)" : " \(id)", leads ? Style(.leader) : Style(.plain, .bold))
    ]
    func add(_ glyph: Unicode.Scalar, _ style: Style, _ look: (World) -> Bool) {
      guard look(world) else { return }
      if width >= 14 { spans.append(Span(" ", style)) }
      spans.append(Span(text(glyph), style.changed(if: hasChanged(look))))
    }
    add(glyphs.primary, Style(.leader)) { $0.leads(id) }
    add(glyphs.crashed, .fault) { $0.isCrashed(id) }
    add(glyphs.faulty, .fault) { $0.isFaulty(id) }
    let style: Style =
      isCrashed || isFaulty
      ? .fault : !replica.isActive ? Style(.viewChange, .bold) : leads ? Style(.leader) : .plain
    let room = width - spans.columns - 1
    let words = String(fitting(room, conditionWords(id, world)).prefix(max(room, 0)))
    let areNew = hasChanged { conditionWords(id, $0) }
    spans += [Span(" ", style), Span(words, style.changed(if: areNew))]
    if spans.columns < width { spans.append(Span(" ", style)) }
    return spans
  }

  /// What is to be said of a replica after its name, the longest first.
  func conditionWords(_ id: ReplicaID, _ world: World) -> [String] {
    let replica = world.replicas[id.index]
    if world.isCrashed(id) { return ["CRASHED"] }
    let acts =
      world.misbehaviours(of: id).map(\.word) + (world.twin(of: id) == nil ? [] : ["two copies"])
    if let first = acts.first {
      let several = acts.count > 1 ? ["\(first) +\(acts.count - 1)"] : []
      return [acts.joined(separator: ", ")] + several + [first, "faulty"]
    }
    if world.isFaulty(id) { return ["was faulty", "faulty"] }
    if !replica.isActive { return ["view change", "changing"] }
    if replica.transfer != nil { return ["catches up", "behind"] }
    return [replica.isPrimary ? "primary" : "backup"]
  }

  /// The view, what is executed, the timer and the watermarks; in two lines where one has no room for them.
  func statusLines(_ replica: Replica, width: Int) -> [[Span]] {
    let index = replica.id.index
    let style = world.isCrashed(replica.id) ? Style.quiet : .plain
    func told<Value: Equatable>(_ text: String, _ look: (Replica) -> Value) -> Span {
      Span(text, style.changed(if: hasChanged { look($0.replicas[index]) }))
    }
    func view(_ word: String) -> Span {
      let text = "\(replica.isActive ? "" : "to ")\(word)\(replica.view.number)"
      return told(text) { [$0.view.number, $0.isActive ? 1 : 0] }
    }
    func executed(_ word: String) -> Span {
      told("\(word)\(replica.lastExecuted.number)") { $0.lastExecuted }
    }
    func marks(_ h: String, _ H: String, _ stable: String, _ gap: String) -> [Span] {
      [
        told("\(h)\(replica.low.number)") { $0.low }, Span(gap, style),
        told("\(H)\(replica.high.number)") { $0.high }, Span(gap, style),
        told("\(stable)\(replica.stable.sequence.number)") { $0.stable.sequence },
      ]
    }
    let blank = Span(" ", style)
    let timer = timer(replica.id, style)
    let one = fitting(
      width,
      [
        [view("view "), blank, blank, executed("executed "), blank] + timer,
        [view("view "), blank, blank, executed("exec ")] + timer,
        [view("view "), blank, executed("exec ")] + timer,
        [view("v"), blank, executed("exec ")] + timer,
        [view("v"), blank, executed("x")] + timer,
      ])
    let two = fitting(
      width,
      [
        marks("h ", "H ", "stable ", "  "), marks("h ", "H ", "stable ", " "),
        marks("h", "H", "stable ", " "), marks("h", "H", "s", " "),
      ])
    if one.columns + two.columns + 2 <= width { return [one + [blank, blank] + two] }
    return [one, two]
  }

  /// How long until the view-change timer runs out; nothing where it is not set.
  ///
  /// That time goes by is not a change; that it was set anew is.
  private func timer(_ id: ReplicaID, _ style: Style) -> [Span] {
    func due(_ alarms: [Alarm]) -> Instant? {
      alarms.first { $0.owner == .replica(id) && $0.name == .viewChange && !$0.isTwin }?.due
    }
    guard let instant = due(alarms) else { return [] }
    let isNew = due(alarmsBefore) != instant
    return [
      Span(" ", style), Span("T\(remaining(until: instant))", style.changed(if: isNew)),
    ]
  }
}
