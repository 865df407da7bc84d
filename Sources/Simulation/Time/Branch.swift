public import PBFT

/// One line of events.
public struct Branch: Sendable {
  /// Counted from zero in the order in which branches were opened; unlike its place it stays when another
  /// branch is forgotten.
  public let id: Int
  /// What it is called; no other branch has the same name.
  public internal(set) var name: String
  /// The branch that it parted from, and after which step; nil for the first.
  public internal(set) var parent: Int?
  public let fork: Int
  /// The sentences attached to its moments, in the order of their steps.
  public internal(set) var notes: [Note] = []
  /// What happened at each of its steps, from the one after the fork.
  public private(set) var marks: [StepMarks] = []
  /// What happened in each stretch of so many steps, so that a long line is painted without a look at each.
  private(set) var chunks: [StepMarks] = []
  static let chunk = 64
  /// The steps at which a replica was the first to enter a view, in order, with the view.
  private(set) var entered: [(step: Int, view: View)] = []

  private(set) var actions: [History.Action] = []
  var snapshots: [World]
  /// The world at its end; nil while it goes on.
  var tip: World?

  init(id: Int, name: String, parent: Int?, fork: Int, snapshots: [World] = []) {
    self.id = id
    self.name = name
    self.parent = parent
    self.fork = fork
    self.snapshots = snapshots
  }

  /// The last step on it.
  public var end: Int { fork + actions.count }

  /// What was done, what happened, and the view that was entered, if one was.
  mutating func append(_ action: History.Action, _ marks: StepMarks, entering view: View?) {
    actions.append(action)
    if self.marks.count % Self.chunk == 0 {
      chunks.append(marks)
    } else {
      chunks[chunks.count - 1].formUnion(marks)
    }
    self.marks.append(marks)
    if let view { entered.append((end, view)) }
    tip = nil
  }
}

/// What one line says of a branch: the facts at its end.
public struct BranchSummary: Hashable, Sendable {
  /// The highest view of a correct replica.
  public let view: View
  /// The highest number that a correct replica has executed.
  public let executed: SequenceNumber
  public let violations: Int
  public let time: Instant

  init(_ world: World) {
    let correct = world.correct.map { world.replicas[$0.index] }
    view = correct.map(\.view).max() ?? View(0)
    executed = correct.map(\.lastExecuted).max() ?? .zero
    violations = world.violations.count
    time = world.now
  }
}

/// The tree.
extension History {
  /// The branch on which a step of the present line was first taken.
  ///
  /// The beginning is on the first.
  public func owner(of step: Int) -> Int { owner(of: Moment(branch: branch, step: step)) }

  /// The branch on which a moment was first reached.
  public func owner(of moment: Moment) -> Int {
    var branch = moment.branch
    while let parent = branches[branch].parent, moment.step <= branches[branch].fork {
      branch = parent
    }
    return branch
  }

  /// The present moment, on the branch on which it was first reached.
  public var moment: Moment { Moment(branch: owner(of: step), step: step) }

  /// The branch on which this was done at the present moment, if it was on any.
  func branch(doing action: Action) -> Int? {
    // Nothing parts from the end of a line: what is done there goes on along it.
    guard step < end else { return nil }
    let here = owner(of: step)
    if step < branches[here].end, branches[here].actions[step - branches[here].fork] == action {
      return here
    }
    return branches.indices.first {
      branches[$0].parent == here && branches[$0].fork == step && branches[$0].actions[0] == action
    }
  }

  mutating func openBranch(after step: Int, with action: Action) {
    let parent = owner(of: step)
    branches.append(
      Branch(id: openedBranches, name: freeName(action.word), parent: parent, fork: step))
    openedBranches += 1
    branch = branches.count - 1
  }

  /// The branch with this name; upper and lower case are the same.
  public func index(named name: String) -> Int? {
    branches.firstIndex { $0.name.lowercased() == name.lowercased() }
  }

  /// The last step that two lines have in common.
  public func lastCommonStep(_ one: Int, _ other: Int) -> Int {
    var (one, other) = (Moment(branch: one, step: branches[one].end), other)
    var step = min(one.step, branches[other].end)
    while true {
      one = Moment(branch: owner(of: Moment(branch: one.branch, step: step)), step: step)
      other = owner(of: Moment(branch: other, step: step))
      if one.branch == other { return step }
      // The one that parted later goes back to where it parted.
      step = max(branches[one.branch].fork, branches[other].fork)
    }
  }

  /// The facts at the end of a branch.
  public func summary(of branch: Int) -> BranchSummary {
    BranchSummary(world(at: Moment(branch: branch, step: branches[branch].end)))
  }

  /// Keeps the world at the end of a branch that is left there.
  mutating func keepTip() {
    if step == end, branches[branch].tip == nil { branches[branch].tip = world.snapshot }
  }

  /// What happened at a step of the present line.
  public func marks(of step: Int) -> StepMarks {
    guard step >= 1, step <= end else { return [] }
    // Read where they lie: a copy of a branch would hold on to its last world.
    let owner = owner(of: step)
    return branches[owner].marks[step - branches[owner].fork - 1]
  }
}
