internal import Cells
internal import PBFT
internal import Simulation

/// The first row: where one is, and whether all is well.
extension Scene {
  func drawHeader(_ buffer: inout CellBuffer, _ region: Region) {
    let plain = Style(.header)
    buffer.fill(region, with: Cell(" ", plain))
    let right = health(region.columns) + [Span(" ", plain)]
    buffer.put(right, endingAt: region.endX, y: region.y)
    let room = region.columns - right.columns - 2
    var used = 1
    for (text, isAlarm) in place(room) {
      buffer.put(
        text, at: Position(x: region.x + used, y: region.y),
        style: isAlarm ? Style(.alarm) : plain, maxWidth: room - used + 1, ellipsis: glyphs.ellipsis
      )
      used += text.columns + 2
    }
  }

  /// The pieces of the left side, as many and as long as there is room for.
  private func place(_ room: Int) -> [(text: String, isAlarm: Bool)] {
    let view = world.correct.map { world.replicas[$0.index].view }.max() ?? View(0)
    let leader = world.settings.primary(of: view)
    let step = "step \(model.history.step)"
    let isPast = model.history.step < model.history.end
    let position = isPast ? "\(step) of \(model.history.end)" : step
    let running =
      model.isRunning
      ? "\(text(glyphs.running)) running \(model.speed.word)" : "\(text(glyphs.paused)) paused"
    let branch = "branch \(model.history.branch + 1) of \(model.history.branches.count)"
    let essential = ["view \(view.number)", "\(leader) leads", "t \(time(world.now))", position]
    let candidates: [[String]] = [
      ["PBFTScope n=\(cluster.replicaCount)"] + essential
        + [branch, running, "seed \(world.configuration.seed)"],
      essential + [branch, running, "seed \(world.configuration.seed)"],
      essential + [branch, running], essential + [running], essential,
      ["v\(view.number) \(leader)", "t \(time(world.now))", position],
      ["v\(view.number) \(leader)", "t \(time(world.now))", step],
      ["v\(view.number) \(leader)", step],
    ]
    // A branch is named as soon as there are two.
    let several = model.history.branches.count > 1
    let fitting = candidates.map { $0.filter { several || $0 != branch } }
      .first { $0.reduce(0) { $0 + $1.columns + 2 } <= room }
    return (fitting ?? candidates[candidates.count - 1]).map { ($0, false) }
  }

  /// The faults, what holds in spite of them, and which rules are off; as long as the row has room for.
  ///
  /// What is wrong is never left out: where all else is too long, it is told in the fewest words.
  private func health(_ columns: Int) -> [Span] {
    let place = 19
    let variants = [0, 1, 2, 3].map(health(shortness:))
    return variants.first { $0.columns + place <= columns } ?? variants[3]
  }

  /// What is told shorter first: the violation, which the line below tells whole; then the guarantee; then the
  /// rules.
  private func health(shortness: Int) -> [Span] {
    let plain = Style(.header)
    let guarantee = world.guarantee
    let (count, limit) = (guarantee.count, guarantee.tolerated)
    var spans: [Span] = []
    if guarantee.isVoid {
      let text = shortness < 2 ? ": guarantee void " : " void "
      spans.append(Span(" faulty \(count)/\(limit)\(text)", Style(.alarm)))
    } else {
      spans.append(Span("faulty \(count)/\(limit)", plain))
    }
    spans.append(Span(rulesOffMarks.isEmpty ? "  " : " ", plain))
    if !rulesOffMarks.isEmpty {
      let text = shortness < 3 ? rulesOffMarks[0] : rulesOffMarks[rulesOffMarks.count - 1]
      spans.append(Span(text, Style(.alarm)))
      spans.append(Span(" ", plain))
    }
    if let violation = world.gravestViolation {
      let name = shortness == 0 ? " \(violation.invariant.name)" : ""
      spans.append(Span(" VIOLATED\(name) ", Style(.alarm)))
    } else {
      spans.append(Span("safe \(text(glyphs.done))", plain))
    }
    return spans
  }
}
