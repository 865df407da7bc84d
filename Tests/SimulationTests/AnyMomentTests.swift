import PBFT
import Search
import Simulation
import Testing

@Suite struct `The same again, and any moment again` {
  private func worlds(scheme: Scheme = .ideal) -> (World, World) {
    let configuration = Configuration(seed: 7, scheme: scheme)
    return (World(configuration), World(configuration))
  }

  private let script: [Command] = [
    .request(alice, .append(key: "x", value: "a")), .run(.milliseconds(120)),
    .lose(LinkPattern(from: .replica(r0), to: nil), percent: 30),
    .request(bob, .append(key: "x", value: "b")), .run(.milliseconds(700)),
    .crash(r0), .run(.seconds(4)), .heal(nil), .restart(r0), .load(every: .milliseconds(300)),
    .equivocate(r2, Equivocation(votes: true)), .run(.seconds(6)), .load(every: nil),
    .run(.seconds(4)), .honest(r2), .misbehave(r1, Misconduct(.slow, .time(.milliseconds(300)))),
    .misbehave(r1, Misconduct(.skipNumber)),
    .misbehave(r1, Misconduct(.askForView, .view(View(9)))),
    .misbehave(r2, Misconduct(.usurp)), .misbehave(r2, Misconduct(.repeatVotes, .count(3))),
    .request(alice, .append(key: "x", value: "c")), .request(bob, .append(key: "x", value: "d")),
    .run(.seconds(3)),
  ]

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `the same seed and commands give the same happenings`(seed: UInt64) {
    var one = Walk(seed: seed)
    one.rage(rounds: 60)
    var configuration = one.world.configuration
    var again = World(configuration)
    var other = World(configuration)
    configuration.seed += 1
    var different = World(configuration)
    for command in one.trial.commands {
      let first = try? again.perform(command)
      #expect(first == (try? other.perform(command)))
      _ = try? different.perform(command)
    }
    #expect(again == one.world && again == other)
    #expect(again.stateHash == one.world.stateHash && again.stateHash == other.stateHash)
    #expect(different.inFlight != again.inFlight || different.alarms != again.alarms)
  }

  @Test func `real signatures and ideal ones tell the same story`() throws {
    var real = World(Configuration(seed: 7, scheme: .ed25519))
    var ideal = World(Configuration(seed: 7, scheme: .ideal))
    for command in script.prefix(8) {
      #expect(try real.perform(command) == ideal.perform(command))
    }
  }

  @Test(arguments: [Scheme.ideal, .ed25519])
  func `any moment reached by going back and forth is what a straight run passes through`(
    scheme: Scheme
  ) throws {
    let configuration = Configuration(seed: 7, scheme: scheme)
    var straight = History(configuration)
    var happenings: [[Happening]] = [[]]
    var worlds = [straight.world]
    for command in script.prefix(scheme == .ideal ? script.count : 6) {
      let those = try straight.perform(command)
      var steps = Dictionary(grouping: those, by: \.step)
      while happenings.count <= straight.step {
        happenings.append(steps.removeValue(forKey: happenings.count) ?? [])
      }
    }
    var walked = straight
    walked.seek(0)
    for step in 1...straight.end {
      walked.seek(step)
      worlds.append(walked.world)
    }
    #expect(walked.world == straight.world)

    var dice = Dice(1)
    for _ in 0..<25 {
      let target = dice.below(straight.end + 1)
      straight.seek(target)
      #expect(straight.step == target)
      #expect(straight.world == worlds[target])
      let other = dice.below(straight.end) + 1
      #expect(straight.happenings(of: other) == happenings[other])
      #expect(straight.world(at: other) == worlds[other])
      if dice.chance(50), straight.back() {
        #expect(straight.world == worlds[target - 1])
      }
    }
  }

  @Test func `acting in the past opens a branch and keeps the old future`() throws {
    var history = History(Configuration(seed: 7, scheme: .ideal))
    try history.perform(.request(alice, .append(key: "x", value: "a")))
    try history.perform(.run(.seconds(2)))
    let end = history.end
    let old = history.world

    history.seek(1)
    try history.perform(.crash(r0))
    try history.perform(.run(.seconds(6)))
    #expect(history.branch == 1 && history.branches.count == 2)
    #expect(history.branches[1].parent == 0 && history.branches[1].fork == 1)
    #expect(history.world.holds(.view(View(1), .replica(r1))))
    let new = history.world
    let newEnd = history.end

    history.go(to: 0)
    #expect(history.step == end && history.world == old)
    history.go(to: 1)
    #expect(history.step == newEnd && history.world == new)
    // Before the fork both are the same.
    history.seek(1)
    let before = history.world
    history.go(to: 0, step: 1)
    #expect(history.world == before)
  }

  @Test func `doing in the past what was done there opens no branch`() throws {
    var history = History(Configuration(seed: 7, scheme: .ideal))
    try history.perform(.request(alice, .append(key: "x", value: "a")))
    try history.perform(.run(.seconds(2)))
    let end = history.end
    history.seek(0)
    try history.perform(.request(alice, .append(key: "x", value: "a")))
    for _ in 0..<10 { try history.perform(.step) }
    #expect(history.branches.count == 1 && history.end == end && history.step == 11)
  }

  @Test func `a refused command changes nothing`() throws {
    var history = History(Configuration(seed: 7, scheme: .ideal))
    try history.perform(.request(alice, .append(key: "x", value: "a")))
    let before = history.world
    for command: Command in [
      .restart(r0), .deliver(.number(99)), .crash(ReplicaID(9)), .release(.number(1)),
      .fire(.client(bob), .retry), .honest(r1), .partition([[.replica(r0)]]),
      .request(ClientID(5), .get(key: "x")),
    ] {
      #expect(throws: Refusal.self) { try history.perform(command) }
    }
    #expect(history.step == before.step && history.end == before.step)
    #expect(history.world == before)
  }
}
