import PBFT
import Search
import SeedSupport
import Simulation
import Testing

/// Every verb of time, against a tree that keeps every world and looks through all of them.
@Suite struct `Any way through time leads where a straight run would` {
  private static let parts = 4
  private static let runs = 24

  @Test(arguments: 0..<parts)
  func `forwards, backwards and across branches`(part: Int) throws {
    for seed in Seeds.part(part, of: Self.parts, outOf: Self.runs) {
      var walk = TimeWalk(seed)
      walk.walk(verbs: 50)
      walk.checkEverything()
    }
  }

  @Test func `also over more steps than lie between two snapshots`() throws {
    for seed in Seeds.part(0, of: 1, outOf: 2) {
      var walk = TimeWalk(seed)
      walk.attempt(.load(every: .milliseconds(60)))
      walk.attempt(.run(.seconds(25)))
      try #require(walk.history.end > 2 * History.stride)
      walk.walk(verbs: 25)
      walk.checkEverything()
    }
  }
}

@Suite struct `Looking back over many snapshots` {
  /// A line of 2,300 steps, and one that parted from it at the second snapshot.
  private func history(partingAt fork: Int) throws -> History {
    var history = History(Configuration(seed: 3, scheme: .ideal))
    try history.perform(.load(every: .milliseconds(50)))
    try history.perform(.forward(2_300 - history.end))
    history.seek(fork)
    try history.perform(.crash(r1))
    try history.perform(.forward(1_200))
    return history
  }

  @Test(arguments: [1_023, 1_024, 1_025, 2_048])
  func `every moment is found as the one at which its time came`(fork: Int) throws {
    var history = try history(partingAt: fork)
    let stride = History.stride
    let places = [1, stride - 1, stride, stride + 1, 2 * stride - 1, 2 * stride, 2 * stride + 1]
    for branch in [1, 0] {
      history.go(to: branch)
      for place in places + [fork, fork + 1] {
        let time = history.world(at: place).now
        // The first of the moments that share this time.
        var first = place
        while first > 0, history.world(at: first - 1).now == time { first -= 1 }
        let condition = Condition.time(time)
        #expect(
          history.latestMoment(becoming: [condition], before: history.end)?.step == first,
          "step \(place) of branch \(branch)")
        #expect(history.latestMoment(becoming: [condition], before: first)?.step == nil)
        #expect(
          history.latestMoment(becoming: [condition], before: first + 1)?.step == first)
      }
    }
  }
}

/// A random way through time, taken by a history and by a plain tree alike.
struct TimeWalk {
  let seed: UInt64
  private(set) var history: History
  private(set) var tree: PlainTree
  private var dice: Dice
  /// What has been done, for the failure line.
  private var said: [String] = []

  init(_ seed: UInt64) {
    self.seed = seed
    dice = Dice(seed)
    let interval = dice.one(of: [2, 3])
    let configuration = Configuration(
      settings: Settings(
        checkpointInterval: interval, logSize: 2 * interval, window: interval,
        viewChangeTimeout: .milliseconds(500), clientTimeout: .milliseconds(400)),
      seed: seed, clientCount: 2, scheme: seed % 10 == 0 ? .ed25519 : .ideal)
    history = History(configuration)
    tree = PlainTree(configuration)
  }

  mutating func walk(verbs count: Int) {
    for _ in 0..<count {
      // A way back more often than a way on, or nothing would ever part.
      switch dice.below(15) {
      case 0...4: attempt(command)
      case 5: attempt(.step)
      case 6: attempt(.run(.milliseconds(dice.one(of: [40, 130, 700]))))
      case 7: attempt(.runUntil(condition, within: .seconds(3)))
      case 8: goAnywhere()
      case 9: attempt(time: .back(1 + dice.below(max(1, history.step / 2 + 1))))
      case 10: attempt(time: .backUntil(condition))
      case 11: attempt(time: .backFor(.milliseconds(dice.one(of: [30, 200, 900]))))
      case 12:
        attempt(time: dice.chance(60) ? .previous(landmark) : .next(landmark))
      case 13 where dice.chance(30): forgetOne()
      default: changeBreakpoints()
      }
    }
  }

  // MARK: What may be done

  private var command: Command {
    mutating get {
      let replica = ReplicaID(dice.below(4))
      let inFlight = history.world.inFlight
      let message = MessageReference.number(
        inFlight.isEmpty ? 1 : inFlight[dice.below(inFlight.count)].id)
      let link = LinkPattern(from: .replica(replica), to: .replica(ReplicaID(dice.below(4))))
      switch dice.below(14) {
      case 0...2: return .request(ClientID(dice.below(2)), .append(key: "x", value: "a"))
      case 3: return .crash(replica)
      case 4: return .restart(replica)
      case 5: return .drop(message)
      case 6: return .deliver(message)
      case 7: return .duplicate(message)
      case 8: return .delay(link, by: .milliseconds(300))
      case 9: return dice.chance(50) ? .cut(link) : .heal(nil)
      case 10: return .equivocate(replica, Equivocation(votes: dice.chance(50)))
      case 11: return .silence(replica)
      case 12: return .fire(.replica(replica), .viewChange)
      default: return .rule(dice.one(of: [.oneVote, .committed, .join]), isOn: dice.chance(40))
      }
    }
  }

  private var condition: Condition {
    mutating get {
      let n = SequenceNumber(1 + dice.below(3))
      let replica = ReplicaID(dice.below(4))
      switch dice.below(9) {
      case 0: return .phase(.prepared, n, nil, .replica(replica))
      case 1: return .executed(n, nil, .anyCorrect)
      case 2: return .view(View(1), .replica(replica))
      case 3: return .changing(View(1), .anyCorrect)
      case 4: return .stable(SequenceNumber(2), .allCorrect)
      case 5: return .crashed(replica)
      case 6: return .idle
      case 7: return .not(.idle)
      default: return .accepted(RequestName(ClientID(0), Timestamp(1)), result: nil)
      }
    }
  }

  private var landmark: Landmark {
    mutating get {
      dice.one(of: [.phase, .view, .refusal, .violation, .checkpoint, .fault, .timeout])
    }
  }

  // MARK: Doing it twice

  mutating func attempt(_ command: Command) {
    said.append("\(command)")
    tree.isStopped = false
    let mine = Result { () throws(Refusal) in try history.perform(command) }
    let plain = Result { () throws(Refusal) in
      switch command {
      case .run(let duration): try tree.run(duration)
      case .runUntil(let condition, let limit):
        try tree.run(until: condition, within: limit ?? .seconds(60))
      case .step: try tree.act(.step)
      default: try tree.act(.command(command))
      }
    }
    compare(mine.isSuccess, plain.isSuccess)
    compareStops()
  }

  private mutating func attempt(time command: TimeCommand) {
    said.append("\(command)")
    tree.isStopped = false
    let mine = Result { () throws(Refusal) in try history.perform(command) }
    let plain = Result { () throws(Refusal) in
      switch command {
      case .back(let count):
        guard tree.step > 0, count <= tree.step else { throw Refusal("there is no past") }
        tree.go(to: tree.branch, step: tree.step - count)
      case .backFor(let duration):
        guard tree.step > 0 else { throw Refusal("there is no past") }
        tree.back(duration)
      case .backUntil(let condition): try tree.back(until: condition)
      case .next(let landmark): try tree.next(landmark, farthest: TimeCommand.farthest)
      case .previous(let landmark): try tree.previous(landmark)
      default: Issue.record("\(command) is not among the verbs")
      }
    }
    compare(mine.isSuccess, plain.isSuccess)
    compareStops()
  }

  private mutating func forgetOne() {
    let branch = dice.below(history.branches.count)
    said.append("forget \(branch)")
    let name = history.branches[branch].name
    let mine = Result { () throws(Refusal) in try history.perform(.forget(name)) }
    let plain = Result { () throws(Refusal) in try tree.forget(branch) }
    compare(mine.isSuccess, plain.isSuccess)
  }

  private mutating func goAnywhere() {
    let branch = dice.below(history.branches.count)
    let step = dice.below(history.branches[branch].end + 1)
    said.append("go to \(branch) \(step)")
    history.go(to: branch, step: step)
    tree.go(to: branch, step: step)
    compare(true, true)
  }

  private mutating func changeBreakpoints() {
    let condition = condition
    said.append("breakpoint \(condition)")
    let command: TimeCommand = dice.chance(60) ? .breakAt(condition) : .breakOff(nil)
    do { try history.perform(command) } catch { fail("\(error)", seed) }
    tree.breakpoints = history.breakpoints
  }

  // MARK: Comparing

  /// Whether both are at the same moment, in the same world.
  private func compare(_ mine: Bool, _ plain: Bool) {
    let here = (history.branch, history.step, history.end, history.branches.count)
    if mine != plain || here != (tree.branch, tree.step, tree.end, tree.lines.count) {
      let there = (tree.branch, tree.step, tree.end, tree.lines.count)
      fail("\(mine) \(here) and \(plain) \(there) after \(said.suffix(6))", seed)
    }
    if history.world != tree.world {
      fail("another world at step \(history.step) after \(said.suffix(6))", seed)
    }
  }

  /// Whether both say alike that a run ended at a breakpoint.
  private func compareStops() {
    if (history.stoppedAt != nil) != tree.isStopped {
      fail("\(history.stoppedAt as Any) at step \(history.step) after \(said.suffix(6))", seed)
    }
  }

  /// Where every moment was first reached, and what any two lines have in common.
  private func checkTree() {
    for branch in tree.lines.indices {
      for (step, node) in tree.lines[branch].enumerated()
      where history.owner(of: Moment(branch: branch, step: step)) != tree.nodes[node].owner {
        fail("another owner of step \(step) of branch \(branch)", seed)
      }
      for other in tree.lines.indices
      where history.lastCommonStep(branch, other) != tree.lastCommonStep(branch, other) {
        fail("branches \(branch) and \(other) part elsewhere", seed)
      }
    }
    if history.stepCount != Set(tree.lines.joined()).count - 1 {
      fail("\(history.stepCount) steps are counted", seed)
    }
  }

  /// Every moment of every branch, with what happened there.
  mutating func checkEverything() {
    checkTree()
    for branch in tree.lines.indices {
      history.go(to: branch)
      tree.go(to: branch, step: tree.lines[branch].count - 1)
      compare(true, true)
      guard history.end == tree.end else { continue }
      for step in stride(from: 0, through: history.end, by: max(1, history.end / 40)) {
        if history.world(at: step) != tree.world(at: step) {
          fail("another world at step \(step) of branch \(branch)", seed)
        }
        if step > 0, history.happenings(of: step) != tree.happenings(of: step) {
          fail("another trace at step \(step) of branch \(branch)", seed)
        }
      }
    }
  }
}

extension Result {
  var isSuccess: Bool { if case .success = self { true } else { false } }
}
