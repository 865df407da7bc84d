internal import Cells
internal import PBFT
internal import Simulation

/// One replica: its role, its numbers, its phases and its log.
extension Scene {
  func drawPane(_ buffer: inout CellBuffer, _ region: Region, _ replica: Replica) {
    let isFocused = model.focus == .replicas && model.replica == replica.id
    let inside = buffer.box(
      region, title: title(replica, width: region.columns - 4),
      lines: isFocused ? glyphs.heavy : glyphs.light, style: Style(isFocused ? .focus : .frame),
      ellipsis: glyphs.ellipsis)
    let status = statusLines(replica, width: inside.columns)
    for (row, line) in status.enumerated() where row < inside.rows {
      buffer.put(line, at: Position(x: inside.x, y: inside.y + row), maxWidth: inside.columns)
    }
    let rest = inside.split(top: status.count).rest
    let rows = gridRows(replica, of: rest.rows)
    let (grid, below) = rest.split(top: rows + 1)
    drawGrid(&buffer, grid, replica)
    drawLog(&buffer, below, of: .replica(replica.id))
  }

  /// Name, marks and one word.
  private func title(_ replica: Replica, width: Int) -> [Span] {
    let id = replica.id
    let isCrashed = world.isCrashed(id)
    let isFaulty = world.isFaulty(id)
    let words = conditionWords(replica)
    let leads = replica.isPrimary && replica.isActive && !isCrashed
    var spans = [
      Span(width < 14 ? "\(id)" : " \(id)", leads ? Style(.leader) : Style(.plain, .bold))
    ]
    let gap = width < 14 ? "" : " "
    if leads { spans.append(Span("\(gap)\(text(glyphs.primary))", Style(.leader))) }
    if isCrashed { spans.append(Span("\(gap)\(text(glyphs.crashed))", .fault)) }
    if isFaulty { spans.append(Span("\(gap)\(text(glyphs.faulty))", .fault)) }
    let style: Style =
      isCrashed || isFaulty
      ? .fault : !replica.isActive ? Style(.viewChange, .bold) : leads ? Style(.leader) : .plain
    let room = width - spans.columns - 1
    spans.append(Span(" " + String(fitting(room, words).prefix(max(room, 0))), style))
    if spans.columns < width { spans.append(Span(" ", style)) }
    return spans
  }

  /// What is to be said of a replica after its name, the longest first.
  private func conditionWords(_ replica: Replica) -> [String] {
    let id = replica.id
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

  private func statusLines(_ replica: Replica, width: Int) -> [[Span]] {
    let view = replica.view.number
    let viewLong = replica.isActive ? "view \(view)" : "to view \(view)"
    let viewShort = replica.isActive ? "v\(view)" : "to v\(view)"
    let executed = replica.lastExecuted.number
    let alarm = alarms.first {
      $0.owner == .replica(replica.id) && $0.name == .viewChange && !$0.isTwin
    }
    let timer = alarm.map { " T\(remaining(until: $0.due))" } ?? ""
    let (low, high) = (replica.low.number, replica.high.number)
    let stable = replica.stable.sequence.number
    let one = fitting(
      width,
      [
        "\(viewLong)  executed \(executed) \(timer)", "\(viewLong)  exec \(executed)\(timer)",
        "\(viewLong) exec \(executed)\(timer)", "\(viewShort) exec \(executed)\(timer)",
        "\(viewShort) x\(executed)\(timer)",
      ])
    let two = fitting(
      width,
      [
        "h \(low)  H \(high)  stable \(stable)", "h \(low) H \(high) stable \(stable)",
        "h\(low) H\(high) stable \(stable)", "h\(low) H\(high) s\(stable)",
      ])
    let style = world.isCrashed(replica.id) ? Style.quiet : .plain
    if one.columns + two.columns + 2 <= width { return [[Span(one + "  " + two, style)]] }
    return [[Span(one, style)], [Span(two, style)]]
  }
}
