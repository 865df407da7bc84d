import PBFT
import Simulation
import Testing

@Suite struct `A replica that lies about its state (§4.3)` {
  @Test func `E19e, X11: the others make the checkpoint stable without it`() throws {
    var lab = Lab()
    try lab.misbehave(r3, .wrongCheckpoints)
    try lab.request(alice, "a")
    try lab.request(bob, "b")
    try lab.run(800)
    for other in [r0, r1, r2] {
      #expect(lab.replica(other).low == SequenceNumber(2))
      let voters = lab.replica(other).stable.checkpoints.map(\.replica).sorted()
      #expect(voters == [r0, r1, r2])
      #expect(lab.replica(other).transfer == nil)
    }
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E19e, X12: with CHECKPOINTs to R2 lost it is stuck until they are sent again`() throws
  {
    var lab = Lab()
    try lab.misbehave(r3, .wrongCheckpoints)
    for round in 0..<2 {
      try lab.request(alice, "a\(round)")
      try lab.request(bob, "b\(round)")
      // Every CHECKPOINT of R0 and R1 to R2 is lost, once.
      for _ in 0..<70 {
        try lab.run(10)
        for message in lab.world.inFlight
        where message.message.kind == .checkpoint && message.to == .replica(r2)
          && message.from != .replica(r3)
        {
          try lab.perform(.drop(.number(message.id)))
        }
      }
    }
    for other in [r0, r1] { #expect(lab.replica(other).low == SequenceNumber(4)) }
    // h = 0, last executed = 4 = H: the next number does not fit into its window.
    #expect(lab.replica(r2).low == .zero)
    #expect(lab.replica(r2).lastExecuted == lab.replica(r2).high)
    try lab.request(carol, "c")
    try lab.run(200)
    #expect(lab.refusals(.withinWatermarks, by: r2) >= 1)
    #expect(lab.executed(by: r2).count == 4)

    // The proof of the stable checkpoint comes with the next answer to its STATUS.
    try lab.run(until: .stable(SequenceNumber(4), .replica(r2)))
    try lab.run(until: .executed(5, by: r2))
    #expect(lab.replica(r2).state.store == lab.replica(r0).state.store)
    #expect(lab.world.violations.isEmpty)
  }

  /// R2 sees nothing of n = 1 to 6, whose checkpoints are stable elsewhere, and can only fetch.
  private func leftBehind(_ lie: String?, at liar: ReplicaID) throws -> Lab {
    var lab = Lab(clientTimeout: .seconds(100))
    try lab.isolate(r2)
    for round in 0..<3 {
      try lab.request(alice, "a\(round)")
      try lab.request(bob, "b\(round)")
      try lab.run(800)
    }
    if let lie { try lab.misbehave(liar, .bogusState, .word(lie)) }
    try lab.heal()
    try lab.request(alice, "z")
    try lab.request(bob, "z")
    return lab
  }

  @Test func `E19f: a bogus state fails its digest, and the next replier is asked`() throws {
    // Whom R2 asks first when nobody lies.
    var honest = try leftBehind(nil, at: r0)
    try honest.run(until: .executed(8, by: r2))
    let asked = try #require(honest.asked(by: r2).first)

    var lab = try leftBehind("data", at: asked)
    try lab.run(until: .executed(8, by: r2))
    #expect(lab.asked(by: r2).count >= 2)
    #expect(lab.asked(by: r2).first == asked)
    #expect(lab.verdicts(r2, on: .data, from: asked) == ["refused data-digest"])
    #expect(lab.replica(r2).state.store == lab.replica(r1).state.store)
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `A17: a single CHECKPOINT for a bogus state makes nobody fetch it`() throws {
    var lab = try leftBehind("checkpoint", at: r3)
    try lab.run(until: .executed(8, by: r2))
    #expect(lab.replica(r2).state.store["x"] != "BOGUS")
    #expect(lab.replica(r2).state.store == lab.replica(r1).state.store)
    #expect(lab.verdicts(r2, on: .data, from: r3).isEmpty)
    #expect(lab.world.violations.isEmpty)
  }
}
