internal import PBFT

/// Everything that has been done to a world, and every moment of it.
///
/// Commands are kept, not worlds: any moment is reached from the nearest kept snapshot by doing again what was
/// done. Acting in the past opens a branch; the old future stays. Doing there what was done before goes on
/// along the branch that has it.
public struct History: Sendable {
  /// The present moment.
  public internal(set) var world: World
  /// Which branch the present moment is on; 0 is the first.
  public internal(set) var branch = 0
  public internal(set) var branches: [Branch]
  /// The happenings of the last steps up to now, oldest first; enough for a screen.
  public internal(set) var recent: [[Happening]] = []
  /// Runs stop where one of these becomes true.
  public internal(set) var breakpoints: [Condition] = []
  /// The breakpoint at which the last run stopped, if one did.
  public internal(set) var stoppedAt: Condition?
  /// How many steps all branches together may have.
  public let limit: Int
  /// How many they have.
  public internal(set) var stepCount = 0

  /// How many branches there have ever been.
  var openedBranches = 1
  /// The step of the first of `recent`.
  var recentStart = 1
  /// Whether the world signs ideally, because it was reached by a replay.
  var isReplayed = false

  /// What was done at one step.
  enum Action: Hashable, Sendable {
    /// The next event happened.
    case step
    /// Time passed from an instant up to another without an event.
    case wait(from: Instant, to: Instant)
    case command(Command)
  }

  /// A snapshot is kept every so many steps: with disks and all that is judged one takes 200 kB, and doing
  /// so many steps again 2 ms.
  public static let stride = 1_024
  /// The happenings of so many steps before the present moment are at hand.
  static let kept = 256
  /// How many steps are kept unless something else is asked for: about 250 MB of four replicas.
  public static let ordinaryLimit = 1_000_000

  /// The beginning of a history that keeps so many steps at most.
  public init(_ configuration: Configuration, limit: Int = ordinaryLimit) {
    world = World(configuration)
    branches = [Branch(id: 0, name: "main", parent: nil, fork: 0, snapshots: [world.snapshot])]
    self.limit = limit
  }

  /// Counts events.
  ///
  /// Zero is the beginning.
  public var step: Int { world.step }

  /// The last step of this branch.
  public var end: Int { branches[branch].end }

  /// Carries out a command at the present moment and returns what happened.
  ///
  /// In the past it opens a branch, unless it is what was done there before. A run goes along what is known
  /// to the end of it, and stops at a breakpoint.
  /// - Throws: `Refusal`; the present moment is then as it was, except after a run whose condition did not
  ///   become true, or in which the history became full.
  @discardableResult
  public mutating func perform(_ command: Command) throws(Refusal) -> [Happening] {
    stoppedAt = nil
    switch command {
    case .run(let duration): return try run(until: world.now + duration)
    case .runUntil(let condition, let limit): return try run(until: condition, within: limit)
    case .step: return try act(.step)
    default: return try act(.command(command))
    }
  }

  private mutating func run(until end: Instant) throws(Refusal) -> [Happening] {
    var happenings: [Happening] = []
    var watch = Watch(breakpoints, world)
    while let next = next(until: end) {
      happenings += try act(next)
      stoppedAt = watch.becomesTrue(in: world)
      if stoppedAt != nil { return happenings }
    }
    // In the past what comes next comes later; waiting for less would only part from what is known.
    if step < self.end { return happenings }
    if world.now < end { happenings += try act(.wait(from: world.now, to: end)) }
    stoppedAt = watch.becomesTrue(in: world)
    return happenings
  }

  /// What happens next on a run up to an instant, if anything does.
  ///
  /// In the past that is what is known, commands included: a run goes along it, as single steps do, and does
  /// something new only at its end.
  private mutating func next(until end: Instant) -> Action? {
    if step < self.end {
      switch action(after: step) {
      case .command(let command): return .command(command)
      case .wait(let start, to: let known):
        return known <= end ? .wait(from: start, to: known) : nil
      case .step: break
      }
    }
    guard let due = world.nextDue, due <= end else { return nil }
    return .step
  }

  private mutating func run(
    until condition: Condition, within limit: Duration?
  ) throws(Refusal) -> [Happening] {
    try world.resolve(condition)
    var happenings: [Happening] = []
    var watch = Watch(breakpoints, world)
    let end = world.now + (limit ?? World.patience)
    let last = limit == nil ? step + World.patienceInEvents : .max
    while !world.holds(condition) {
      if step >= last { throw World.tooManyEvents }
      guard let next = next(until: end) else {
        throw World.timedOut(world.nextDue == nil, limit ?? World.patience)
      }
      happenings += try act(next)
      stoppedAt = watch.becomesTrue(in: world)
      if stoppedAt != nil, !world.holds(condition) { return happenings }
    }
    return happenings
  }

  mutating func act(_ action: Action) throws(Refusal) -> [Happening] {
    if step < end, self.action(after: step) == action { return replayOne() }
    if let known = branch(doing: action) {
      branch = known
      return replayOne()
    }
    guard stepCount < limit else {
      throw Refusal(
        "the history is full: it keeps \(limit) steps",
        help: "forget a branch, or save the session and open it with a larger --history-limit")
    }
    if isReplayed {
      world.use(world.configuration.scheme)
      isReplayed = false
    }
    // A command that is refused has changed nothing.
    let before = step
    let happenings = try Self.carryOut(action, on: &world)
    // The past is not rewritten: what is done now begins a branch, the old future stays.
    if before < end { openBranch(after: before, with: action) }
    let marks = StepMarks(happenings, in: world)
    branches[branch].append(
      action, marks, entering: marks.contains(.view) ? world.latestView : nil)
    stepCount += 1
    if world.step % Self.stride == 0 { branches[branch].snapshots.append(world.snapshot) }
    remember(happenings)
    return happenings
  }

  static func carryOut(
    _ action: Action, on world: inout World
  ) throws(Refusal) -> [Happening] {
    var happenings: [Happening] = []
    switch action {
    case .step: try world.performOne(.step, &happenings)
    case .wait(_, to: let instant):
      // A moment of its own, which can be gone back to.
      world.step += 1
      world.wait(until: instant)
    case .command(let command): try world.performOne(command, &happenings)
    }
    return happenings
  }

  /// What was done after a step of this branch.
  func action(after step: Int) -> Action {
    let owner = owner(of: step + 1)
    return branches[owner].actions[step - branches[owner].fork]
  }

  mutating func remember(_ happenings: [Happening]) {
    recent.append(happenings)
    if recent.count > 3 * Self.kept {
      recent.removeFirst(2 * Self.kept)
      recentStart += 2 * Self.kept
    }
  }
}

/// Notices when one of several conditions becomes true.
struct Watch {
  private let conditions: [Condition]
  private var held: [Bool]

  init(_ conditions: [Condition], _ world: World) {
    self.conditions = conditions
    held = conditions.map(world.holds)
  }

  /// The first that is true now and was not when this was asked before.
  mutating func becomesTrue(in world: World) -> Condition? {
    guard !conditions.isEmpty else { return nil }
    let before = held
    held = conditions.map(world.holds)
    return conditions.indices.first { held[$0] && !before[$0] }.map { conditions[$0] }
  }
}
