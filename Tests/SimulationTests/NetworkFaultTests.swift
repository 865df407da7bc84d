import PBFT
import Simulation
import Testing

@Suite struct `Losses, delays and partitions (§4)` {
  @Test func `E16: a silent backup has no effect`() throws {
    var lab = Lab()
    try lab.perform(.silence(r3))
    for text in ["a", "b", "c", "d", "e"] {
      try lab.request(alice, text)
    }
    try lab.run(until: .accepted(alice, 5))
    try lab.run(500)

    #expect(lab.answers(to: alice).last?.hasPrefix("abcde from") == true)
    #expect(lab.held(.timeout).isEmpty)
    #expect(lab.held(.rebroadcast).isEmpty)
    for replica in [r0, r1, r2] {
      #expect(lab.replica(replica).view == v0)
      #expect(lab.replica(replica).lastExecuted == SequenceNumber(5))
      #expect(lab.replica(replica).low == SequenceNumber(4))
    }
  }

  @Test func `N3: COMMITs, PREPAREs, then the PRE-PREPARE: it executes at once`() throws {
    var lab = Lab()
    try lab.request(alice, "a")
    try lab.run(70)
    try lab.hold(.prePrepare, r0, r3)
    // R3 gets the COMMITs of the others before their PREPAREs.
    try lab.run(55)
    try lab.hold(.prepare, r1, r3)
    try lab.hold(.prepare, r2, r3)
    try lab.run(300)
    #expect(lab.executed(by: r0) == ["1:alice/1"])
    let slot = try #require(lab.replica(r3).log[n1])
    #expect(slot.prepares.isEmpty)
    #expect(slot.commits.map(\.replica).sorted() == [r0, r1, r2])

    for backup in [r1, r2] {
      try lab.perform(
        .deliver(
          .described(
            .prepare, from: .replica(backup), to: .replica(r3), view: nil, sequence: nil)))
    }
    #expect(lab.phase(r3) == "empty")
    try lab.perform(
      .deliver(
        .described(.prePrepare, from: .replica(r0), to: .replica(r3), view: nil, sequence: nil)))

    #expect(lab.phase(r3) == "committed alice/1")
    #expect(lab.executed(by: r3) == ["1:alice/1"])
  }

  @Test func `N5: an isolated backup has no effect and catches up once it is reached again`() throws
  {
    var lab = Lab()
    try lab.isolate(r3)
    for text in ["a", "b", "c"] { try lab.request(alice, text) }
    try lab.run(until: .accepted(alice, 3))
    try lab.run(300)
    #expect(lab.executed(by: r3) == [])
    #expect(lab.held(.timeout).isEmpty)

    try lab.heal()
    try lab.request(bob, "d")
    try lab.run(until: .executed(4))
    #expect(lab.replica(r3).state.store["x"] == "abcd")
    #expect(lab.world.replicas.allSatisfy { $0.view == v0 && $0.isActive })
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `N6: an isolated primary stays behind in view 0 and joins view 1 on healing`() throws {
    var lab = Lab()
    try lab.request(alice, "a")
    try lab.perform(
      .partition([
        [.replica(r1), .replica(r2), .replica(r3), .client(alice), .client(bob)], [.replica(r0)],
      ]))
    try lab.run(until: .accepted(alice))

    for replica in [r1, r2, r3] {
      #expect(lab.replica(replica).view == View(1) && lab.replica(replica).isActive)
      #expect(lab.executed(by: replica) == ["1:alice/1"])
    }
    try lab.run(5_000)
    // The primary runs no timer, and can execute nothing.
    #expect(lab.replica(r0).view == v0 && lab.replica(r0).isActive)
    #expect(lab.replica(r0).viewChangeTimer == nil)
    #expect(lab.executed(by: r0) == [])

    try lab.heal()
    try lab.run(until: .executed(1, by: r0))
    #expect(lab.replica(r0).view == View(1) && lab.replica(r0).isActive)
    #expect(lab.executed(by: r0) == ["1:alice/1"])
    #expect(lab.world.violations.isEmpty)
  }
}
