import PBFT
import Search
import SeedSupport
@testable import Simulation
import Testing

@Suite struct `Nothing that a faulty replica sends traps or breaks an invariant` {
  private static let parts = 4
  private static let runs = 120
  private static let rounds = 60
  private static let perRound = 4

  @Test(arguments: 0..<parts)
  func `whatever arrives, correct replicas answer and stay in agreement`(part: Int) throws {
    for seed in Seeds.part(part, of: Self.parts, outOf: Self.runs) {
      var storm = Walk(seed: seed)
      storm.rage(rounds: storm.dice.number(5...60))
      var world = storm.world
      let faulty = storm.faulty.isEmpty ? [world.cluster.replicas[Int(seed % 4)]] : storm.faulty
      for replica in faulty where !world.isFaulty(replica) {
        if world.isCrashed(replica) { _ = try world.perform(.restart(replica)) }
        _ = try world.perform(.silence(replica))
        _ = try world.perform(.honest(replica))
      }
      var judged = 0
      for _ in 0..<Self.rounds {
        // What it has heard changes as the world goes on.
        var fuzzer = Fuzzer(world, as: storm.dice.one(of: faulty), storm.dice)
        for _ in 0..<Self.perRound where fuzzer.deliver(in: &world) { judged += 1 }
        storm.dice = fuzzer.dice
        for _ in 0..<4 { _ = try? world.perform(.step) }
      }
      #expect(judged > 0, "seed \(seed)")
      if let violation = world.violations.first {
        fail("\(violation.invariant) at \(violation.sequence)", seed)
      }
      for client in world.clients where client.accepted?.result == "LIE" {
        fail("\(client.id) accepted what only liars say", seed)
      }
    }
  }

  @Test(arguments: 0..<parts)
  func `nor does anything trap when more than f send it`(part: Int) throws {
    for seed in Seeds.part(part, of: Self.parts, outOf: Self.runs / 2) {
      var storm = Walk(seed: seed)
      storm.rage(rounds: storm.dice.number(5...60))
      var world = storm.world
      let victim = try world.surroundOne(seed)
      let judged = try world.besiege(
        victim, rounds: Self.rounds, each: Self.perRound, &storm.dice)
      #expect(judged == Self.rounds * Self.perRound, "seed \(seed)")
    }
  }

  @Test func `the highest view there can be is joined and left without a trap`() throws {
    var lab = Lab()
    for liar in [r1, r2, r3] {
      try lab.perform(.silence(liar))
      try lab.perform(.honest(liar))
    }
    var world = lab.world
    var happenings: [Happening] = []
    for liar in [r1, r2, r3] {
      let viewChange = ViewChange(
        view: View(.max), stable: .start, prepared: [], replica: liar,
        by: world.replicas[liar.index].signer)
      world.deliver(
        Envelope(
          id: 0, message: .viewChange(viewChange), from: .replica(liar), to: .replica(r0),
          sent: world.now, due: world.now, heldByLink: false), &happenings)
    }
    #expect(world.replicas[0].view == View(.max))
    for _ in 0..<2 { happenings += try world.perform(.fire(.replica(r0), .viewChange)) }
    #expect(world.replicas[0].view == View(.max))
  }
}
