import PBFT
import Search
import SeedSupport
@testable import Simulation
import Testing

/// What a rule keeps out must not trap where the laboratory has taken the rule away.
@Suite struct `Nothing that faulty replicas send traps where rules are off` {
  private static let parts = 4
  private static let runs = 160
  private static let rounds = 60
  private static let perRound = 4
  private static let all = Rule.allCases.filter { $0.cannotBeOff == nil }

  @Test(arguments: 0..<parts)
  func `whatever arrives, and whichever rules are missing`(part: Int) throws {
    for seed in Seeds.part(part, of: Self.parts, outOf: Self.runs) {
      var dice = Dice(seed ^ 0xF0F0)
      var rulesOff: RuleSet = []
      for _ in 0..<dice.number(1...4) { rulesOff.insert(dice.one(of: Self.all)) }
      var storm = Walk(seed: seed, rulesOff: rulesOff)
      storm.rage(rounds: storm.dice.number(5...40))
      var world = storm.world
      let victim = try world.surroundOne(seed)
      let judged = try world.besiege(
        victim, rounds: Self.rounds, each: Self.perRound, &storm.dice)
      // It restarts from a disk that has seen all this.
      _ = try world.perform(.crash(victim))
      _ = try world.perform(.restart(victim))
      #expect(
        judged == Self.rounds * Self.perRound,
        "seed \(seed), without \(rulesOff.rules.map(\.name))")
    }
  }

  /// A world in which only R0 is correct, and what the three others sign.
  private func forsaken(without rulesOff: RuleSet) throws -> (World, [Fuzzer]) {
    var lab = Lab(rulesOff: rulesOff)
    for liar in [r1, r2, r3] { try lab.perform(.silence(liar)) }
    return (lab.world, [r1, r2, r3].map { Fuzzer(lab.world, as: $0, Dice(1)) })
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5])
  func `a checkpoint near the highest number there can be is fetched and followed`(below: Int)
    throws
  {
    var (world, liars) = try forsaken(without: [.checkpointInterval])
    let n = SequenceNumber(.max - below)
    let state = world.replicas[0].state
    for liar in liars {
      let checkpoint = Checkpoint(
        sequence: n, digest: state.digest, replica: liar.own, by: liar.key)
      liar.deliver(.checkpoint(checkpoint), to: .replica(r0), in: &world)
    }
    #expect(world.replicas[0].transfer?.sequence == n)
    let data = DataMessage(
      .state(n, state.digest), .state(state), replica: r1, by: liars[0].key)
    liars[0].deliver(.data(data), to: .replica(r0), in: &world)
    #expect(world.replicas[0].lastExecuted == n)
    #expect(world.replicas[0].low == n)
    #expect(world.replicas[0].high.number == .max - max(0, below - 4))
    // It leads view 0 and has as many numbers to give as there are above.
    for client in [alice, bob, carol] {
      _ = try world.perform(.request(client, .get(key: "x")))
    }
    _ = try world.perform(.run(.milliseconds(500)))
    #expect(world.replicas[0].lastAssigned.number == (n + 3).number)
    for _ in 0..<3 { _ = try world.perform(.fire(.replica(r0), .resend)) }
    _ = try world.perform(.crash(r0))
    _ = try world.perform(.restart(r0))
    #expect(world.replicas[0].low == n)
  }

  @Test(arguments: [
    [Rule.newViewQuorum], [.newViewQuorum, .withinWatermarks], [.newViewQuorum, .newViewComputed],
    [.newViewQuorum, .newViewComputed, .nullRequest, .highestView],
  ])
  func `a NEW-VIEW of VIEW-CHANGEs that prove nothing brings no more than fits`(rules: [Rule])
    throws
  {
    var (world, liars) = try forsaken(without: rules.reduce(into: []) { $0.insert($1) })
    let digest = Digest(of: [1])
    for (view, low, high) in [
      (1, 0, Int.max), (5, .max - 2, .max), (9, .max, .max), (13, -5, .min), (17, .min, .max),
    ] {
      let proposal = PrePrepare(
        view: View(-1), sequence: SequenceNumber(high), digest: digest, replica: ReplicaID(255),
        by: liars[0].key)
      let vote = Prepare(
        view: View(.min), sequence: SequenceNumber(high), digest: digest, replica: ReplicaID(200),
        by: liars[0].key)
      let checkpoint = Checkpoint(
        sequence: SequenceNumber(low), digest: digest, replica: ReplicaID(99), by: liars[0].key)
      let viewChange = ViewChange(
        view: View(view),
        stable: StableProof(
          sequence: SequenceNumber(low), digest: digest, checkpoints: [checkpoint]),
        prepared: [PreparedProof(prePrepare: proposal, prepares: [vote])], replica: r1,
        by: liars[0].key)
      let own = PrePrepare(
        view: View(view), sequence: SequenceNumber(high), digest: digest, replica: r1,
        by: liars[0].key)
      let newView = NewView(
        view: View(view), viewChanges: [viewChange], prePrepares: [own], replica: r1,
        by: liars[0].key)
      liars[0].deliver(.newView(newView), to: .replica(r0), in: &world)
      _ = try world.perform(.fire(.replica(r0), .resend))
      #expect(world.replicas[0].log.used.count <= 4 + Selection.mostRows)
    }
    #expect(world.replicas[0].low >= .zero)
  }

  @Test func `a proof of a checkpoint that is padded costs nobody time or memory`() throws {
    var lab = Lab()
    try lab.isolate(r3)
    for text in ["a", "b"] { try lab.request(alice, text) }
    for replica in [r0, r1, r2] {
      try lab.run(until: .stable(SequenceNumber(2), .replica(replica)))
    }
    try lab.perform(.silence(r1))
    var world = lab.world
    let keys = world.replicas.map(\.signer)
    let stable = world.replicas[0].stable
    // R1 adds a thousand CHECKPOINTs of replicas that do not exist, and of R0 in its own hand.
    let padding = (0..<1_000).map {
      Checkpoint(
        sequence: stable.sequence, digest: stable.checkpoints[0].digest,
        replica: ReplicaID($0 % 2 == 0 ? 200 : 0), by: keys[1])
    }
    let padded = StableProof(
      sequence: stable.sequence, digest: stable.digest, checkpoints: padding + stable.checkpoints)
    let viewChanges = [r1, r0, r2].map {
      ViewChange(
        view: View(1), stable: $0 == r1 ? padded : stable, prepared: [], replica: $0,
        by: keys[$0.index])
    }
    let newView = NewView(
      view: View(1), viewChanges: viewChanges, prePrepares: [], replica: r1, by: keys[1])
    Fuzzer(world, as: r1, Dice(1)).deliver(.newView(newView), to: .replica(r3), in: &world)
    #expect(world.replicas[3].view == View(1))
    #expect(world.replicas[3].stable.checkpoints.count == 3)
    #expect(world.replicas[3].transfer?.sources.sorted() == [r0, r1, r2])
  }
}
