internal import PBFT

/// Any moment of a history, from the nearest snapshot.
extension History {
  /// Goes to a moment of this branch; beyond its ends, to the end.
  public mutating func seek(_ target: Int) {
    let target = max(0, min(target, end))
    if target == step { return }
    if target > step, target - step <= Self.kept {
      while step < target { _ = replayOne() }
      return
    }
    leave(for: branch, target)
  }

  /// Goes to a moment on another branch; its end, unless a step is named.
  public mutating func go(to branch: Int, step: Int? = nil) {
    guard branches.indices.contains(branch) else { return }
    leave(for: branch, max(0, min(step ?? branches[branch].end, branches[branch].end)))
  }

  private mutating func leave(for branch: Int, _ target: Int) {
    keepTip()
    self.branch = branch
    let steps = replay(to: target, keeping: Self.kept)
    world = steps.world
    recent = steps.happenings
    recentStart = target - recent.count + 1
    isReplayed = true
  }

  /// One step back.
  ///
  /// Returns false at the beginning.
  @discardableResult
  public mutating func back() -> Bool {
    guard step > 0 else { return false }
    seek(step - 1)
    return true
  }

  /// Does again what was done after this step.
  mutating func replayOne() -> [Happening] {
    var happenings: [Happening] = []
    do throws(Refusal) {
      happenings = try Self.carryOut(action(after: step), on: &world)
    } catch {
      preconditionFailure("what was done at step \(step) cannot be done again: \(error)")
    }
    remember(happenings)
    return happenings
  }

  /// The happenings of one step of this branch.
  public func happenings(of step: Int) -> [Happening] {
    let index = step - recentStart
    if recent.indices.contains(index) { return recent[index] }
    guard step >= 1, step <= end else { return [] }
    return replay(to: step, keeping: 1).happenings.last ?? []
  }

  /// The happenings of some steps of this branch, step by step.
  public func happenings(in steps: ClosedRange<Int>) -> [[Happening]] {
    var all: [[Happening]] = []
    visit(steps) { all.append($0) }
    return all
  }

  /// Goes through the happenings of some steps of this branch, step by step.
  ///
  /// What is not at hand is found out by doing it again: 100,000 steps take about 150 ms.
  public func visit(_ steps: ClosedRange<Int>, _ body: ([Happening]) -> Void) {
    let (first, last) = (max(steps.lowerBound, 1), min(steps.upperBound, end))
    guard first <= last else { return }
    if recent.indices.contains(first - recentStart), recent.indices.contains(last - recentStart) {
      recent[(first - recentStart)...(last - recentStart)].forEach(body)
      return
    }
    _ = walk(from: first - 1, to: last) { world, those in
      if world.step >= first { body(those) }
    }
  }

  /// The world at a moment of this branch.
  public func world(at step: Int) -> World {
    step == self.step ? world : replay(to: max(0, min(step, end)), keeping: 0).world
  }

  /// The world at a moment of some branch.
  public func world(at moment: Moment) -> World {
    if moment.branch == branch { return world(at: moment.step) }
    if moment.step == branches[moment.branch].end, let tip = branches[moment.branch].tip {
      return tip
    }
    var other = self
    other.branch = moment.branch
    return other.replay(to: max(0, min(moment.step, other.end)), keeping: 0).world
  }

  /// Does again what led to a moment, from the nearest snapshot far enough before it.
  private func replay(
    to target: Int, keeping kept: Int
  ) -> (world: World, happenings: [[Happening]]) {
    var happenings: [[Happening]] = []
    let world = walk(from: max(0, target - kept), to: target) { world, those in
      if world.step > target - kept { happenings.append(those) }
    }
    return (world, happenings)
  }

  /// Passes through every moment from the snapshot at or before one step to another, and tells of each.
  func walk(
    from start: Int, to target: Int, _ visit: (World, [Happening]) -> Void
  ) -> World {
    var world = snapshot(atOrBefore: start)
    // Every signature was verified when it was made; a replay reuses the verdicts.
    world.use(.ideal)
    // Stretch by stretch: to ask at every step whose it is would climb the tree each time.
    let line = line(of: branch)
    var place = 0
    while world.step < target {
      while line[place].last <= world.step { place += 1 }
      let action = branches[line[place].branch].actions[world.step + 1 - line[place].first]
      do throws(Refusal) {
        let those = try Self.carryOut(action, on: &world)
        visit(world, those)
      } catch {
        preconditionFailure("what was done at step \(world.step) cannot be done again: \(error)")
      }
    }
    return world
  }

  func snapshot(atOrBefore step: Int) -> World {
    var branch: Int? = branch
    var limit = step
    while let current = branch {
      // The first branch keeps one at 0 and at every multiple of the stride, another at the first such step after its fork.
      let fork = branches[current].fork
      let first = branches[current].parent == nil ? 0 : fork / Self.stride + 1
      let index = limit / Self.stride - first
      if index >= 0 { return branches[current].snapshots[index] }
      limit = min(limit, fork)
      branch = branches[current].parent
    }
    preconditionFailure("the first branch holds the beginning")
  }
}
