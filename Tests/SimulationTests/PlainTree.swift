import PBFT

@testable import Simulation

/// The tree of everything that happened, in the plainest way: a world is kept for every moment, and every verb
/// looks through all of them.
///
/// What `History` answers with snapshots, replays and marks must be the same.
struct PlainTree {
  /// What was done at one step.
  enum Deed: Equatable {
    case step
    case wait(Instant)
    case command(Command)
  }

  /// A moment with what led to it.
  struct Node {
    let deed: Deed?
    let world: World
    let happenings: [Happening]
    /// The branch on which it was first reached.
    var owner: Int
  }

  /// The moments, and for each branch those on its line from the beginning on.
  private(set) var nodes: [Node]
  private(set) var lines: [[Int]] = [[0]]
  private(set) var branch = 0
  private(set) var step = 0
  var breakpoints: [Condition] = []
  /// Whether the last run, in either direction, ended where a breakpoint became true.
  var isStopped = false

  init(_ configuration: Configuration) {
    nodes = [Node(deed: nil, world: World(configuration), happenings: [], owner: 0)]
  }

  var line: [Int] { lines[branch] }
  var end: Int { line.count - 1 }
  var world: World { world(at: step) }
  func world(at step: Int) -> World { nodes[line[step]].world }
  func happenings(of step: Int) -> [Happening] { nodes[line[step]].happenings }

  // MARK: Forward

  /// What would happen at the present moment.
  private func outcome(of deed: Deed) throws(Refusal) -> (World, [Happening]) {
    var world = world
    let happenings: [Happening]
    switch deed {
    case .step: happenings = try world.perform(.step)
    case .wait(let instant):
      let pause = instant.microseconds - world.now.microseconds
      happenings = try world.perform(.run(Duration(microseconds: pause)))
      // In a history it is a moment of its own.
      world.step += 1
    case .command(let command): happenings = try world.perform(command)
    }
    return (world, happenings)
  }

  mutating func act(_ deed: Deed) throws(Refusal) {
    if step < end, nodes[line[step + 1]].deed == deed {
      step += 1
      return
    }
    let here = line[step]
    // The branch that has it already.
    for other in lines.indices where lines[other].count > step + 1 && lines[other][step] == here {
      let next = lines[other][step + 1]
      if nodes[next].deed == deed {
        branch = nodes[next].owner
        step += 1
        return
      }
    }
    let (world, happenings) = try outcome(of: deed)
    if step < end {
      lines.append(Array(line[...step]))
      branch = lines.count - 1
    }
    nodes.append(Node(deed: deed, world: world, happenings: happenings, owner: branch))
    lines[branch].append(nodes.count - 1)
    step += 1
  }

  /// Whether a condition becomes true at a step of this line.
  func becomesTrue(_ condition: Condition, at step: Int) -> Bool {
    world(at: step).holds(condition) && (step == 0 || !world(at: step - 1).holds(condition))
  }

  private func breaks(at step: Int) -> Bool { breakpoints.contains { becomesTrue($0, at: step) } }

  mutating func run(_ duration: Duration) throws(Refusal) {
    let limit = world.now + duration
    isStopped = false
    while let deed = deedByItself(until: limit) {
      try act(deed)
      isStopped = breaks(at: step)
      if isStopped { return }
    }
    if step < end { return }
    guard world.now < limit else { return }
    try act(.wait(limit))
    isStopped = breaks(at: step)
  }

  /// What is known to come, or the next event.
  private func deedByItself(until limit: Instant) -> Deed? {
    if step < end, let known = nodes[line[step + 1]].deed {
      switch known {
      case .command: return known
      case .wait(let instant): return instant <= limit ? known : nil
      case .step: break
      }
    }
    guard let due = world.next?.due, due <= limit else { return nil }
    return .step
  }

  mutating func run(until condition: Condition, within duration: Duration) throws(Refusal) {
    let limit = world.now + duration
    isStopped = false
    while !world.holds(condition) {
      guard let deed = deedByItself(until: limit) else {
        throw Refusal("the condition did not become true")
      }
      try act(deed)
      isStopped = breaks(at: step)
      if isStopped { return }
    }
  }

  // MARK: Anywhere

  mutating func go(to branch: Int, step: Int) {
    self.branch = branch
    self.step = step
  }

  /// A branch is no more, nor is any that passes through what was first reached on it.
  mutating func forget(_ target: Int) throws(Refusal) {
    let kept = lines.indices.filter { index in
      !lines[index].contains { nodes[$0].owner == target }
    }
    guard target != 0, let place = kept.firstIndex(of: branch) else {
      throw Refusal("it cannot be forgotten")
    }
    for index in nodes.indices {
      nodes[index].owner = kept.firstIndex(of: nodes[index].owner) ?? -1
    }
    lines = kept.map { lines[$0] }
    branch = place
  }

  /// The last step at which two lines are at the same moment.
  func lastCommonStep(_ one: Int, _ other: Int) -> Int {
    zip(lines[one], lines[other]).prefix { $0 == $1 }.count - 1
  }

  // MARK: Back

  mutating func back(_ duration: Duration) {
    let target = world.now.microseconds - duration.microseconds
    let there = (0..<step).last { world(at: $0).now.microseconds <= max(0, target) } ?? step - 1
    step = (there..<step).last(where: breaks) ?? there
    isStopped = breaks(at: step)
  }

  mutating func back(until condition: Condition) throws(Refusal) {
    isStopped = false
    let stops = { [self] in becomesTrue(condition, at: $0) || breaks(at: $0) }
    guard let found = (0..<step).last(where: stops) else { throw Refusal("it did not become true") }
    step = found
    isStopped = breaks(at: step)
  }

  // MARK: Landmarks

  /// Every step of this line that is such a moment, by going through everything that happened.
  func landmarks(_ landmark: Landmark) -> [Int] {
    var seen: Set<[String]> = []
    return (0..<line.count).filter { isLandmark(landmark, at: $0, &seen) }
  }

  private func isLandmark(
    _ landmark: Landmark, at step: Int, _ seen: inout Set<[String]>
  ) -> Bool {
    // All of them are looked at, since each may have been the first.
    happenings(of: step).filter { self.is($0.kind.ofEither, landmark, &seen) }.count > 0
  }

  private func `is`(
    _ kind: Happening.Kind, _ landmark: Landmark, _ seen: inout Set<[String]>
  ) -> Bool {
    func isNew(_ words: String...) -> Bool { seen.insert(words).inserted }
    switch (landmark, kind) {
    case (.phase, .phase(_, let phase, let view, let n, let digest, _)):
      return isNew("\(phase)", "\(view)", "\(n)", "\(digest)")
    case (.phase, .executedBatch(_, let n, let digest)): return isNew("x", "\(n)", "\(digest)")
    case (.phase, .accept): return true
    case (.view, .view(_, let view, active: true, _)): return isNew("\(view)")
    case (.violation, .violation): return true
    case (.checkpoint, .stable), (.checkpoint, .transfer): return true
    case (.fault, .crash), (.fault, .restart), (.fault, .fault): return true
    case (.timeout, .timerFired(_, .viewChange)): return true
    case (.refusal, .receive(_, _, _, _, let finding)),
      (.refusal, .judgedLater(_, _, let finding)):
      let late: [Rule] = [.replyCurrent, .oneReply, .oneVote, .checkpointNew, .requestFresh]
      return finding.verdict == .refused && !late.contains(finding.rule)
    default: return false
    }
  }

  mutating func next(_ landmark: Landmark, farthest: Int) throws(Refusal) {
    if let known = landmarks(landmark).first(where: { $0 > step }) {
      step = known
      return
    }
    if landmark == .fault { throw Refusal("no such moment") }
    let start = step
    step = end
    var seen: Set<[String]> = []
    for step in 0...end { _ = isLandmark(landmark, at: step, &seen) }
    for _ in 0..<farthest where world.next?.due != nil {
      try act(.step)
      if isLandmark(landmark, at: step, &seen) { return }
    }
    step = start
    throw Refusal("no such moment")
  }

  mutating func previous(_ landmark: Landmark) throws(Refusal) {
    guard let known = landmarks(landmark).last(where: { $0 < step }) else {
      throw Refusal("no such moment")
    }
    step = known
  }
}
