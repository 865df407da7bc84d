internal import PBFT

/// Everything that has been done to a world, and every moment of it.
///
/// Commands are kept, not worlds: any moment is reached from the nearest kept snapshot by doing again what was
/// done. Acting in the past opens a branch; the old future stays. Doing there what was done before goes on
/// along the branch that has it.
public struct History: Sendable {
  /// The present moment.
  public private(set) var world: World
  /// Which branch the present moment is on; 0 is the first.
  public private(set) var branch = 0
  public private(set) var branches: [Branch]
  /// The happenings of the last steps up to now, oldest first; enough for a screen.
  public private(set) var recent: [[Happening]] = []
  /// The step of the first of `recent`.
  private var recentStart = 1
  /// Whether the world signs ideally, because it was reached by a replay.
  private var isReplayed = false

  /// One line of events.
  public struct Branch: Sendable {
    /// The branch that it parted from, and after which step; nil for the first.
    public let parent: Int?
    public let fork: Int
    var actions: [Action] = []
    var snapshots: [World]

    /// The last step on it.
    public var end: Int { fork + actions.count }
  }

  /// What was done at one step.
  enum Action: Hashable, Sendable {
    /// The next event happened.
    case step
    /// Time passed up to an instant without an event.
    case wait(Instant)
    case command(Command)
  }

  /// A snapshot is kept every so many steps: with disks and all that is judged one takes 200 kB, and doing
  /// so many steps again 2 ms.
  public static let stride = 1_024
  /// The happenings of so many steps before the present moment are at hand.
  public static let kept = 256

  public init(_ configuration: Configuration) {
    world = World(configuration)
    branches = [Branch(parent: nil, fork: 0, snapshots: [world.snapshot])]
  }

  /// Counts events.
  ///
  /// Zero is the beginning.
  public var step: Int { world.step }

  /// The last step of this branch.
  public var end: Int { branches[branch].end }

  /// Carries out a command at the present moment and returns what happened.
  ///
  /// In the past it opens a branch, unless it is what was done there before.
  /// - Throws: `Refusal`; the present moment is then as it was, except after a `run until` whose condition did
  ///   not become true.
  @discardableResult
  public mutating func perform(_ command: Command) throws(Refusal) -> [Happening] {
    switch command {
    case .run(let duration):
      var happenings: [Happening] = []
      let end = world.now + duration
      while let due = world.nextDue, due <= end { happenings += try act(.step) }
      if world.now < end { happenings += try act(.wait(end)) }
      return happenings
    case .runUntil(let condition, let limit):
      try world.resolve(condition)
      var happenings: [Happening] = []
      let end = world.now + (limit ?? World.patience)
      while !world.holds(condition) {
        guard let due = world.nextDue, due <= end else {
          throw World.timedOut(world.nextDue == nil, limit ?? World.patience)
        }
        happenings += try act(.step)
      }
      return happenings
    case .step: return try act(.step)
    default: return try act(.command(command))
    }
  }

  private mutating func act(_ action: Action) throws(Refusal) -> [Happening] {
    if step < end, self.action(after: step) == action { return replayOne() }
    if isReplayed {
      world.use(world.configuration.scheme)
      isReplayed = false
    }
    // A command that is refused has changed nothing.
    let before = step
    let happenings = try Self.carryOut(action, on: &world)
    if before < end {
      // The past is not rewritten: what is done now begins a branch, the old future stays.
      branches.append(Branch(parent: branch, fork: before, snapshots: []))
      branch = branches.count - 1
    }
    branches[branch].actions.append(action)
    if world.step % Self.stride == 0 { branches[branch].snapshots.append(world.snapshot) }
    remember(happenings)
    return happenings
  }

  /// Does again what was done after this step.
  private mutating func replayOne() -> [Happening] {
    var happenings: [Happening] = []
    do throws(Refusal) {
      happenings = try Self.carryOut(action(after: step), on: &world)
    } catch {
      preconditionFailure("what was done at step \(step) cannot be done again: \(error)")
    }
    remember(happenings)
    return happenings
  }

  private static func carryOut(
    _ action: Action, on world: inout World
  ) throws(Refusal) -> [Happening] {
    var happenings: [Happening] = []
    switch action {
    case .step: try world.performOne(.step, &happenings)
    case .wait(let instant):
      world.step += 1
      world.wait(until: instant)
    case .command(let command): try world.performOne(command, &happenings)
    }
    return happenings
  }

  /// What was done after a step of this branch.
  private func action(after step: Int) -> Action {
    var branch = branch
    while step < branches[branch].fork, let parent = branches[branch].parent { branch = parent }
    return branches[branch].actions[step - branches[branch].fork]
  }

  // MARK: Any moment

  /// Goes to a moment of this branch; beyond its ends, to the end.
  public mutating func seek(_ target: Int) {
    let target = max(0, min(target, end))
    if target == step { return }
    if target > step, target - step <= Self.kept {
      while step < target { _ = replayOne() }
      return
    }
    let steps = replay(to: target, keeping: Self.kept)
    world = steps.world
    recent = steps.happenings
    recentStart = target - recent.count + 1
    isReplayed = true
  }

  /// Goes to the same or an earlier moment on another branch.
  public mutating func go(to branch: Int, step: Int? = nil) {
    guard branches.indices.contains(branch) else { return }
    let target = max(0, min(step ?? branches[branch].end, branches[branch].end))
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

  /// The happenings of one step of this branch.
  public func happenings(of step: Int) -> [Happening] {
    let index = step - recentStart
    if recent.indices.contains(index) { return recent[index] }
    guard step >= 1, step <= end else { return [] }
    return replay(to: step, keeping: 1).happenings.last ?? []
  }

  /// The world at a moment of this branch.
  public func world(at step: Int) -> World {
    replay(to: max(0, min(step, end)), keeping: 0).world
  }

  /// Does again what led to a moment, from the nearest snapshot far enough before it.
  private func replay(
    to target: Int, keeping kept: Int
  ) -> (world: World, happenings: [[Happening]]) {
    var world = snapshot(atOrBefore: max(0, target - kept))
    // Every signature was verified when it was made; a replay reuses the verdicts.
    world.use(.ideal)
    var happenings: [[Happening]] = []
    while world.step < target {
      do throws(Refusal) {
        let those = try Self.carryOut(action(after: world.step), on: &world)
        if world.step > target - kept { happenings.append(those) }
      } catch {
        preconditionFailure("what was done at step \(world.step) cannot be done again: \(error)")
      }
    }
    return (world, happenings)
  }

  private func snapshot(atOrBefore step: Int) -> World {
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

  private mutating func remember(_ happenings: [Happening]) {
    recent.append(happenings)
    if recent.count > 3 * Self.kept {
      recent.removeFirst(2 * Self.kept)
      recentStart += 2 * Self.kept
    }
  }
}
