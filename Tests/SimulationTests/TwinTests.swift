import PBFT
@testable import Simulation
import Testing

@Suite struct `One replica as two honest copies with one key` {
  private func twin(
    _ replica: ReplicaID, _ first: [Principal], _ second: [Principal]
  ) -> Command { .twin(replica, [first, second]) }

  @Test func `twins of the primary equivocate without any code that lies`() throws {
    let seven = try #require(Cluster(replicaCount: 7))
    var lab = Lab(cluster: seven)
    let upper = (1...3).map { Principal.replica(ReplicaID($0)) }
    let lower = (4...6).map { Principal.replica(ReplicaID($0)) }
    try lab.perform(twin(r0, [.client(alice)] + upper, [.client(bob)] + lower))
    try lab.request(alice, "a")
    try lab.request(bob, "b")
    try lab.run(500)

    #expect(lab.phase(r1) == "pre-prepared alice/1")
    #expect(lab.phase(ReplicaID(4)) == "pre-prepared bob/1")
    // Three PREPAREs on either side: 2f = 4 are needed.
    #expect(lab.world.replicas.allSatisfy { $0.lastExecuted == .zero })
    try lab.run(until: .and(.accepted(alice), .accepted(bob)))
    try lab.run(until: .executed(2))
    for replica in 1...6 {
      #expect(lab.replica(ReplicaID(replica)).view >= View(1))
      #expect(lab.replica(ReplicaID(replica)).state == lab.replica(r1).state)
    }
    #expect(lab.world.violations.isEmpty)
    #expect(lab.world.faultCount == 1)
  }

  @Test func `with four, one side commits with the vote of its copy, and the rest follows`() throws
  {
    var lab = Lab()
    try lab.perform(
      twin(r0, [.client(alice), .replica(r1)], [.client(bob), .replica(r2), .replica(r3)]))
    try lab.request(alice, "a")
    try lab.request(bob, "b")
    try lab.run(400)
    #expect(lab.phase(r1) == "pre-prepared alice/1")
    #expect(lab.executed(by: r2) == ["1:bob/1"] && lab.executed(by: r3) == ["1:bob/1"])
    try lab.run(until: .and(.accepted(alice), .accepted(bob)))
    try lab.run(until: .executed(2))
    #expect(Set([r1, r2, r3].map { lab.replica($0).state.store["x"] }) == ["ba"])
    #expect(lab.world.violations.isEmpty)
  }

  @Test(arguments: [true, false])
  func `twins of a backup do no harm`(apart: Bool) throws {
    var lab = Lab()
    let groups: [[Principal]] =
      apart ? [[.replica(r1), .client(alice)], [.replica(r0), .replica(r2)]] : []
    try lab.perform(.twin(r3, groups))
    for text in ["a", "b", "c", "d", "e"] { try lab.request(alice, text) }
    try lab.run(until: .accepted(alice, 5))
    try lab.run(1_000)
    #expect(lab.answers(to: alice).last?.hasPrefix("abcde from") == true)
    #expect([r0, r1, r2].allSatisfy { lab.replica($0).view == v0 })
    #expect([r0, r1, r2].allSatisfy { lab.replica($0).low == SequenceNumber(4) })
    #expect(lab.world.violations.isEmpty)
    if !apart {
      // Both hear everybody, so both have executed everything.
      #expect(lab.world.twin(of: r3)?.state == lab.replica(r0).state)
      #expect(lab.replica(r3).state == lab.replica(r0).state)
    }
  }

  @Test func `each copy has its own latency, its own timers and its own life`() throws {
    var lab = Lab()
    try lab.perform(.twin(r3, [[.client(alice)], [.replica(r0), .replica(r1), .replica(r2)]]))
    // Only the first copy hears alice, and nobody else reaches it: its timer runs alone.
    try lab.request(alice, "a")
    try lab.perform(.fire(.client(alice), .retry))
    try lab.run(5_000)
    #expect(lab.answers(to: alice).count == 1)
    #expect(lab.replica(r3).lastExecuted == .zero && !lab.replica(r3).isActive)
    let second = try #require(lab.world.twin(of: r3))
    #expect(second.lastExecuted == n1 && second.isActive && second.view == v0)

    try lab.perform(.honest(r3))
    #expect(lab.world.twin(of: r3) == nil)
    #expect(lab.world.inFlight.allSatisfy { !$0.toTwin })
    #expect(lab.world.alarms.allSatisfy { !$0.isTwin })
    #expect(lab.world.isFaulty(r3))
    // What the second copy had got goes to the one that is left when it comes again.
    let last = try #require(
      lab.happenings.compactMap { happening -> Int? in
        if case .ofTwin(.receive(let id, .checkpoint, _, _, _)) = happening.kind {
          id
        } else if case .ofTwin(.receive(let id, .commit, _, _, _)) = happening.kind {
          id
        } else {
          nil
        }
      }.last)
    try lab.perform(.duplicate(.number(last)))
    try lab.run(100)
    #expect(lab.world.twin(of: r3) == nil)
    try lab.request(bob, "b")
    try lab.run(until: .accepted(bob))
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `twins of two of four fork the cluster: f is exceeded`() throws {
    var lab = Lab(clients: 2)
    for replica in [r0, r3] {
      try lab.perform(
        twin(replica, [.client(alice), .replica(r1)], [.client(bob), .replica(r2)]))
    }
    #expect(lab.world.faultCount == 2)
    try lab.request(alice, "a")
    try lab.request(bob, "b")
    // The network keeps the two worlds apart: the first copies hear of A only, the second of B only.
    for _ in 0..<200 {
      for message in lab.world.inFlight
      where message.to == .replica(r0) || message.to == .replica(r3) {
        guard let digest = message.message.digest, message.message.sequence == n1 else { continue }
        if lab.name(of: digest) != (message.toTwin ? "bob/1" : "alice/1") {
          try lab.perform(.drop(.number(message.id)))
        }
      }
      if lab.world.violations.contains(where: { $0.invariant == .agreement }) { break }
      try lab.perform(.step)
    }
    #expect(lab.executed(by: r1) == ["1:alice/1"])
    #expect(lab.executed(by: r2) == ["1:bob/1"])
    #expect(lab.world.violations.contains { $0.invariant == .agreement })
  }

  @Test func `a second copy is refused where there can be none`() throws {
    var lab = Lab()
    try lab.perform(.twin(r3, []))
    var refusal = #expect(throws: Refusal.self) { try lab.perform(.twin(r3, [])) }
    #expect(
      refusal?.description
        == "R3 runs as two copies already; `honest R3` ends the second")
    try lab.perform(.crash(r3))
    #expect(lab.world.twin(of: r3) == nil)
    refusal = #expect(throws: Refusal.self) { try lab.perform(.twin(r3, [])) }
    #expect(refusal?.reason == "R3 is crashed: there is nothing to make a second copy of")
    refusal = #expect(throws: Refusal.self) {
      try lab.perform(.twin(r2, [[.replica(r2)], [.replica(r1)]]))
    }
    #expect(refusal?.reason == "R2 does not talk to itself")
    refusal = #expect(throws: Refusal.self) {
      try lab.perform(.twin(r2, [[.replica(r1)], [.replica(r1)]]))
    }
    #expect(refusal?.reason == "R1 is in two groups")
  }
}
