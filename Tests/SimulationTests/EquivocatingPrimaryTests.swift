import PBFT
import Simulation
import Testing

@Suite struct `A primary that equivocates (§4.2, §4.4)` {
  /// PP(A)→1,2; PP(B)→3; nothing more from R0.
  private func split(clientTimeout: PBFT.Duration = .seconds(1)) throws -> Lab {
    var lab = Lab(clientTimeout: clientTimeout, clients: 2)
    try lab.perform(
      .equivocate(
        r0,
        Equivocation(shares: [
          .init(request(alice), [r1, r2]), .init(request(bob), [r3]),
        ])))
    try lab.request(alice, "a")
    try lab.request(bob, "b")
    try lab.run(100)
    return lab
  }

  @Test func `E1a: what two prepared wins the next view, and nothing executes before`() throws {
    var lab = try split()
    try lab.run(400)

    #expect(lab.phase(r1) == "prepared alice/1")
    #expect(lab.phase(r2) == "prepared alice/1")
    #expect(lab.phase(r3) == "pre-prepared bob/1")
    #expect(lab.tally(r1, .prepared) == 2)
    #expect([r1, r2, r3].allSatisfy { lab.executed(by: $0).isEmpty })

    try lab.run(until: .executed(2))
    #expect(lab.selections(of: 1) == [["1:alice/1 v0 R1 R2"]])
    #expect(lab.proofs(of: r3, for: 1) == [])
    for replica in [r1, r2, r3] {
      #expect(lab.executed(by: replica) == ["1:alice/1", "2:bob/1"])
      #expect(lab.replica(replica).view == View(1))
      #expect(lab.replica(replica).state.store["x"] == "ab")
    }
    try lab.run(until: .and(.accepted(alice), .accepted(bob)))
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E1b: one replica executes alone, and the next view keeps what it executed`() throws {
    var lab = try split()
    try lab.forge(r0, r1, .commit(v0, n1, name(alice)))
    try lab.perform(
      .forge(
        Forgery(
          from: r0, to: .client(alice), content: .reply(v0, request(alice), result: "a"))))
    try lab.run(500)

    #expect(lab.executed(by: r1) == ["1:alice/1"])
    #expect(lab.executed(by: r2) == [])
    #expect(lab.executed(by: r3) == [])
    #expect(lab.answers(to: alice) == ["a from R0 R1"])

    try lab.run(until: .executed(2))
    #expect(Set(lab.held(.timeout)) == [r2, r3])
    #expect(lab.held(.join).contains(r1))
    #expect(lab.selections(of: 1) == [["1:alice/1 v0 R1 R2"]])
    for replica in [r1, r2, r3] {
      // R1 went through the phases a second time and did not run the request again.
      #expect(lab.executed(by: replica) == ["1:alice/1", "2:bob/1"])
      #expect(lab.phase(replica, 1, in: 1) == "committed alice/1")
    }
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E1c: one VIEW-CHANGE is not enough; a broadcast brings the others along`() throws {
    // bob waits long before he broadcasts.
    var lab = try split(clientTimeout: .seconds(10))
    try lab.forge(r0, r1, .commit(v0, n1, name(alice)))
    try lab.forge(r0, r2, .commit(v0, n1, name(alice)))
    try lab.run(9_000)

    #expect(lab.executed(by: r1) == ["1:alice/1"])
    #expect(lab.executed(by: r2) == ["1:alice/1"])
    #expect(lab.answers(to: alice) == ["a from R1 R2"])
    #expect(lab.askedFor(1).filter(lab.world.correct.contains) == [r3])
    #expect(!lab.replica(r3).isActive && lab.replica(r3).view == View(1))
    #expect(lab.replica(r1).isActive && lab.replica(r1).view == v0)
    #expect(lab.replica(r2).isActive && lab.replica(r2).view == v0)
    #expect(lab.entered(1).isEmpty)

    // Now bob broadcasts: R1 and R2 wait for B too.
    try lab.run(until: .executed(2))
    #expect(lab.selections(of: 1) == [["1:alice/1 v0 R1 R2"]])
    for replica in [r1, r2, r3] {
      #expect(lab.executed(by: replica) == ["1:alice/1", "2:bob/1"])
    }
    try lab.run(until: .accepted(bob))
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E2: three requests to three backups prepare nowhere, and O is empty`() throws {
    var lab = Lab()
    try lab.perform(
      .equivocate(
        r0,
        Equivocation(
          shares: [
            .init(request(alice), [r1]), .init(request(bob), [r2]), .init(request(carol), [r3]),
          ], votes: true)))
    try lab.request(alice, "a")
    try lab.request(bob, "b")
    try lab.request(carol, "d")
    try lab.run(500)

    #expect(lab.phase(r1) == "pre-prepared alice/1")
    #expect(lab.phase(r2) == "pre-prepared bob/1")
    #expect(lab.phase(r3) == "pre-prepared carol/1")

    try lab.run(until: .executed(3))
    for replica in [r1, r2, r3] {
      #expect(lab.proofs(of: replica, for: 1) == [])
      #expect(lab.executed(by: replica) == ["1:alice/1", "2:bob/1", "3:carol/1"])
      #expect(lab.replica(replica).state.store["x"] == "abd")
    }
    #expect(lab.selections(of: 1) == [[]])
    #expect(lab.world.violations.isEmpty)
  }
}
