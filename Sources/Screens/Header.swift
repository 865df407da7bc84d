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
    for piece in place(room) {
      buffer.put(
        piece, at: Position(x: region.x + used, y: region.y), style: plain,
        maxWidth: room - used + 1, ellipsis: glyphs.ellipsis)
      used += piece.columns + 2
    }
  }

  /// The pieces of the left side, as many and as long as there is room for.
  ///
  /// Step, branch and seed stand in the row of the timeline.
  private func place(_ room: Int) -> [String] {
    let views = views
    let running =
      switch model.run {
      case .forwards: "\(text(glyphs.running)) running \(model.speed.word)"
      case .backwards: "\(text(glyphs.arrowLeft)) back \(model.speed.word)"
      case nil: "\(text(glyphs.paused)) paused"
      }
    let essential = [views.change, views.leader, "t \(time(world.now))"]
    let candidates: [[String]] = [
      ["PBFTScope n=\(cluster.replicaCount)"] + essential + [running],
      ["n=\(cluster.replicaCount)"] + essential + [running],
      essential + [running], essential,
      [views.short, "t \(time(world.now))"],
      [views.short],
    ]
    let fitting = candidates.first { $0.reduce(0) { $0 + $1.columns + 2 } <= room }
    return fitting ?? candidates[candidates.count - 1]
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
