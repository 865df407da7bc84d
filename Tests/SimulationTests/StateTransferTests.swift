import PBFT
import Simulation
import Testing

@Suite struct `A state that is wrong or missing (§4.3)` {
  @Test func `N19: a replica whose memory is corrupted discards its state and fetches the others'`()
    throws
  {
    var lab = Lab()
    try lab.request(alice, "a")
    try lab.run(until: .executed(1))
    try lab.perform(.corruptState(r2))
    #expect(lab.replica(r2).state.store["x"] == "a?")
    #expect(lab.world.isFaulty(r2))
    try lab.request(alice, "b")
    try lab.run(until: .stable(SequenceNumber(2), .allCorrect))
    // R2 said otherwise, alone.
    let digests = lab.checkpointDigests(at: 2)
    #expect(digests[r2] != digests[r0] && digests[r1] == digests[r0] && digests[r3] == digests[r0])

    try lab.run(1_000)
    #expect(lab.held(.stateTransfer) == [r2])
    #expect(lab.replica(r2).state == lab.replica(r0).state)
    #expect(lab.replica(r2).low == SequenceNumber(2))
    try lab.request(alice, "c")
    try lab.run(until: .executed(3, by: r2))
    #expect(lab.replica(r2).state.store["x"] == "abc")
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `a corrupted replica that went on executing takes the newest checkpoint there is`()
    throws
  {
    var lab = Lab()
    try lab.request(alice, "a")
    try lab.run(until: .executed(1))
    try lab.perform(.corruptState(r2))
    try lab.cut(from: r2)
    for text in ["b", "c", "d"] { try lab.request(alice, text) }
    for _ in 0..<200 where lab.replica(r2).lastExecuted < SequenceNumber(4) {
      try lab.run(10)
      for one in lab.checkpoints(to: r2) where !one.isHeld {
        try lab.perform(.hold(.number(one.id)))
      }
    }
    try lab.run(300)
    for n in [2, 4] {
      for one in lab.checkpoints(to: r2) where one.message.sequence == SequenceNumber(n) {
        try lab.perform(.release(.number(one.id)))
      }
      try lab.run(300)
      #expect(lab.replica(r2).transfer?.sequence == SequenceNumber(2))
    }
    // Nobody has the state of 2 any more.
    #expect([r0, r1, r3].allSatisfy { lab.replica($0).low == SequenceNumber(4) })
    try lab.heal()
    try lab.run(10_000)
    #expect(lab.replica(r2).state == lab.replica(r0).state)
    #expect(lab.replica(r2).lastExecuted == SequenceNumber(4))
  }

  @Test func `N19: an empty store is corrupted with a bogus key`() throws {
    var lab = Lab()
    try lab.perform(.corruptState(r2))
    #expect(lab.replica(r2).state.store["bogus"] == "?")
    for text in ["a", "b"] { try lab.request(alice, text) }
    try lab.run(until: .executed(2))
    try lab.run(1_000)
    #expect(lab.replica(r2).state == lab.replica(r0).state)
  }

  /// R3 has missed everything up to a stable checkpoint above its H, and is told of it now.
  private func leftBehind() throws -> Lab {
    var lab = Lab()
    try lab.isolate(r3)
    for text in ["a", "b", "c", "d", "e", "f"] { try lab.request(alice, text) }
    try lab.run(until: .accepted(alice, 6))
    try lab.run(500)
    try lab.heal()
    return lab
  }

  /// Runs until R3 asks for a state, and returns whom it asks.
  private func asks(_ lab: inout Lab) throws -> (source: ReplicaID, n: SequenceNumber) {
    for text in ["g", "h"] { try lab.request(alice, text) }
    for _ in 0..<400 where lab.replica(r3).transfer == nil { try lab.run(10) }
    let transfer = try #require(lab.replica(r3).transfer)
    return (transfer.source, transfer.sequence)
  }

  @Test func `E19f: a state that does not fit the digest is refused, and the next replica asked`()
    throws
  {
    var lab = try leftBehind()
    let (liar, n) = try asks(&lab)
    try lab.perform(.silence(liar))
    try lab.forge(liar, r3, .dataState(n))
    try lab.run(100)
    #expect(lab.refusals(.dataDigest, by: r3) == 1)
    #expect(lab.replica(r3).lastExecuted == .zero)

    try lab.run(until: .executed(n.number, by: r3))
    let honest = try #require([r0, r1, r2].first { $0 != liar })
    #expect(lab.replica(r3).state == lab.replica(honest).state)
    #expect(lab.asked(by: r3).count >= 2)
    #expect(lab.asked(by: r3)[0] == liar && lab.asked(by: r3)[1] != liar)
    #expect(lab.world.violations.isEmpty)
  }

  @Test
  func `a replica that crashes before it sends the state is passed over after a resend period`()
    throws
  {
    var lab = try leftBehind()
    let (source, n) = try asks(&lab)
    let asked = lab.world.now
    try lab.perform(.crash(source))
    try lab.run(until: .executed(n.number, by: r3))
    #expect(lab.asked(by: r3)[0] == source)
    #expect(lab.asked(by: r3)[1] != source)
    #expect(lab.world.now.microseconds - asked.microseconds >= 1_000_000)
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `N18: a slow transfer starts again at the newer checkpoint when the others move on`()
    throws
  {
    var lab = try leftBehind()
    let (source, n) = try asks(&lab)
    // What R3 asks is on its way for very long.
    try lab.hold(.fetch, r3, source)
    let asked = try #require(lab.world.inFlight.first { $0.message.kind == .fetch })
    for text in ["i", "j", "k", "l", "m", "n"] { try lab.request(alice, text) }
    try lab.run(until: .accepted(alice, 14))
    try lab.run(until: .executed(12, by: r3))
    let wanted = lab.statesWanted(by: r3)
    #expect(wanted.first == n && (wanted.last ?? .zero) > n)
    #expect(lab.replica(r3).state.store["x"]?.hasPrefix("abcdefghijkl") == true)
    // The old question arrives at last: the state it asks for is gone.
    try lab.perform(.release(.number(asked.id)))
    try lab.run(200)
    #expect(lab.refusals(.dataHeld, by: source) > 0)
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `a forged state for what nobody asked for is a mistake of the person`() throws {
    var lab = Lab()
    #expect(throws: Refusal.self) { try lab.forge(r0, r3, .dataState(SequenceNumber(2))) }
  }
}

extension Lab {
  /// The CHECKPOINTs on their way to a replica.
  fileprivate func checkpoints(to replica: ReplicaID) -> [Envelope] {
    world.inFlight.filter { $0.message.kind == .checkpoint && $0.to == .replica(replica) }
  }

  /// What each replica says of the checkpoint at n.
  fileprivate func checkpointDigests(at n: Int) -> [ReplicaID: Digest] {
    happenings.reduce(into: [:]) { digests, happening in
      if case .send(_, .checkpoint(let own), .replica(let sender), _, _) = happening.kind,
        own.replica == sender, own.sequence.number == n, digests[sender] == nil
      {
        digests[sender] = own.digest
      }
    }
  }

  /// The checkpoints whose state a replica asked for, in order.
  fileprivate func statesWanted(by replica: ReplicaID) -> [SequenceNumber] {
    happenings.compactMap {
      if case .send(_, .fetch(let fetch), .replica(replica), _, _) = $0.kind,
        case .state(let n, _) = fetch.item
      {
        n
      } else {
        nil
      }
    }
  }
}
