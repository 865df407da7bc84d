import PBFT
import Simulation
import Testing

@Suite struct `A primary that leaves out or goes too far (§4.2, §4.4)` {
  @Test func `E7: a proposal to one backup only prepares nowhere, and is made again`() throws {
    // alice waits long before she broadcasts.
    var lab = Lab(clientTimeout: .seconds(10))
    try lab.perform(.equivocate(r0, Equivocation(shares: [.init(request(alice), [r1])])))
    try lab.request(alice, "a")
    try lab.run(9_000)

    #expect(lab.sent(.prepare, by: r1) >= 3)
    #expect(lab.phase(r1) == "pre-prepared alice/1")
    #expect(lab.phase(r2) == "empty")
    #expect(lab.phase(r3) == "empty")
    // R1 alone asks for view 1: one is less than f + 1.
    #expect(lab.askedFor(1).filter(lab.world.correct.contains) == [r1])
    #expect(lab.replica(r2).view == v0 && lab.replica(r3).view == v0)

    try lab.run(until: .executed(1))
    #expect(lab.selections(of: 1) == [[]])
    for replica in [r1, r2, r3] { #expect(lab.executed(by: replica) == ["1:alice/1"]) }
    try lab.run(until: .accepted(alice))
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E9: a gap is filled with the null request`() throws {
    var lab = Lab()
    try lab.perform(.silence(r0))
    try lab.request(alice, "a")
    try lab.request(carol, "d")
    for backup in [r1, r2, r3] {
      try lab.forge(r0, backup, .prePrepare(v0, n1, name(alice)))
      try lab.forge(r0, backup, .prePrepare(v0, SequenceNumber(3), name(carol)))
    }
    try lab.run(500)

    for replica in [r1, r2, r3] {
      #expect(lab.phase(replica, 3) == "committed carol/1")
      #expect(lab.executed(by: replica) == ["1:alice/1"])
    }

    try lab.run(until: .executed(3))
    #expect(
      lab.selections(of: 1) == [["1:alice/1 v0 R1 R2 R3", "2:null", "3:carol/1 v0 R1 R2 R3"]])
    for replica in [r1, r2, r3] {
      #expect(lab.executed(by: replica) == ["1:alice/1", "2:null", "3:carol/1"])
      #expect(lab.replica(replica).state.store["x"] == "ad")
    }
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E10: a number beyond H is refused by everybody and leaves no trace`() throws {
    var lab = Lab()
    try lab.perform(.silence(r0))
    try lab.request(alice, "a")
    let before = lab.world.replicas
    for backup in [r1, r2, r3] {
      try lab.forge(r0, backup, .prePrepare(v0, SequenceNumber(5), name(alice)))
    }
    try lab.run(100)

    for backup in [r1, r2, r3] {
      #expect(lab.refusals(.withinWatermarks, by: backup) == 1)
      #expect(lab.replica(backup) == before[backup.index])
    }
  }

  @Test func `E12: three timeouts replace a silent primary, and O is empty`() throws {
    // A VIEW-CHANGE takes longer than the clocks differ, so nobody joins before its own timeout.
    var lab = Lab(latency: 120...120)
    try lab.perform(.silence(r0))
    try lab.request(alice, "a")
    try lab.run(until: .executed(1))

    #expect(Set(lab.held(.timeout)) == [r1, r2, r3])
    #expect(lab.held(.timeout).count == 3)
    #expect(Set(lab.askedFor(1)).isSuperset(of: [r1, r2, r3]))
    #expect(lab.selections(of: 1) == [[]])
    #expect(lab.phase(r1, 1, in: 1) == "committed alice/1")
    #expect(lab.sent(.prePrepare, by: r1) >= 3)
    try lab.run(until: .accepted(alice))
    #expect(lab.world.violations.isEmpty)
  }
}
