import PBFT
import Simulation
import Testing

@Suite struct `Partitions, crashes and catching up (§4.3, §4.4)` {
  @Test(arguments: [true, false])
  func `N7: two against two make no progress and no fork, and go on when healed`(held: Bool) throws
  {
    var lab = Lab()
    try lab.request(alice, "a")
    try lab.run(until: .accepted(alice))
    try lab.run(300)
    for (one, other) in [(r0, r2), (r0, r3), (r1, r2), (r1, r3)] {
      let links = LinkPattern(from: .replica(one), to: .replica(other), bothWays: true)
      try lab.perform(held ? .holdLink(links) : .cut(links))
    }
    try lab.request(bob, "b")
    try lab.run(20_000)
    #expect(lab.world.replicas.allSatisfy { $0.lastExecuted == n1 })
    #expect(lab.entered(1).isEmpty)
    // Each side holds 2 of 3 VIEW-CHANGEs: all wait in view 1, and no timer runs.
    for replica in lab.world.replicas {
      #expect(replica.view == View(1) && !replica.isActive)
      #expect(replica.viewChangeTimer == nil)
    }

    try lab.heal()
    try lab.run(until: .accepted(bob), within: 120)
    try lab.run(until: .executed(2), within: 120)
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `N7: a client reaches only its own side, and is served after healing`() throws {
    var lab = Lab()
    try lab.perform(
      .partition([
        [.replica(r0), .replica(r1), .client(bob)], [.replica(r2), .replica(r3), .client(alice)],
      ]))
    try lab.request(alice, "a")
    try lab.run(20_000)
    // R2 and R3 have her request, ask for view 1 and hold 2 of 3 VIEW-CHANGEs; the others know nothing.
    for replica in [r2, r3] {
      #expect(lab.replica(replica).waiting.map(\.request.client) == [alice])
      #expect(lab.replica(replica).view == View(1) && !lab.replica(replica).isActive)
      #expect(lab.replica(replica).viewChangeTimer == nil)
    }
    for replica in [r0, r1] {
      #expect(lab.replica(replica).waiting.isEmpty)
      #expect(lab.replica(replica).view == v0 && lab.replica(replica).isActive)
    }
    #expect(lab.answers(to: alice).isEmpty)
    try lab.heal()
    try lab.run(until: .and(.accepted(alice), .executed(1)), within: 120)
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `N10: one replica whose timer fires early waits for the others, who go on`() throws {
    var lab = Lab()
    try lab.fire(r3)
    try lab.request(alice, "a")
    try lab.request(bob, "b")
    try lab.run(until: .and(.accepted(alice), .accepted(bob)))
    for replica in [r0, r1, r2] { #expect(lab.replica(replica).view == v0) }

    // State transfer brings it the state, not activity.
    try lab.run(until: .executed(2, by: r3))
    #expect(!lab.replica(r3).isActive && lab.replica(r3).view == View(1))
    // f others bring it back.
    try lab.fire(r2)
    try lab.run(until: .view(View(1), .allCorrect))
  }

  @Test func `N11: a backup that restarts goes on in its view where it was`() throws {
    var lab = Lab()
    try lab.request(alice, "a")
    try lab.run(until: .phase(.prepared, n1, nil, .replica(r3)))
    try lab.perform(.crash(r3))
    try lab.run(until: .accepted(alice))
    try lab.run(300)
    try lab.perform(.restart(r3))
    try lab.run(until: .executed(1))
    #expect(lab.world.replicas.allSatisfy { $0.view == v0 && $0.isActive })
  }

  @Test func `N13: two of four are down: nothing happens, and one that returns is enough`() throws {
    var lab = Lab()
    try lab.perform(.crash(r2))
    try lab.perform(.crash(r3))
    try lab.request(alice, "a")
    try lab.run(20_000)
    #expect(lab.executed(by: r0).isEmpty && lab.executed(by: r1).isEmpty)

    try lab.perform(.restart(r3))
    try lab.run(until: .accepted(alice), within: 120)
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `N17: a replica left behind beyond H fetches the state and follows`() throws {
    var lab = Lab()
    try lab.isolate(r3)
    for text in ["a", "b", "c", "d", "e", "f"] { try lab.request(alice, text) }
    try lab.run(until: .accepted(alice, 6))
    try lab.run(500)
    try lab.heal()
    for text in ["g", "h"] { try lab.request(alice, text) }
    try lab.run(until: .executed(8, by: r3))

    #expect(lab.held(.stateTransfer) == [r3])
    #expect(lab.replica(r3).state == lab.replica(r0).state)
    try lab.request(alice, "i")
    try lab.run(until: .executed(9))
  }

  @Test func `N18: a checkpoint discarded while it is fetched is replaced by a later one`() throws {
    var lab = Lab(checkpointInterval: 2, logSize: 4)
    try lab.isolate(r3)
    for text in ["a", "b"] { try lab.request(alice, text) }
    try lab.run(until: .stable(SequenceNumber(2), .replica(r0)))
    try lab.run(until: .stable(SequenceNumber(2), .replica(r1)))
    try lab.run(until: .stable(SequenceNumber(2), .replica(r2)))
    try lab.heal()
    // R3 learns in a new view that 2 is stable, and cannot fetch it: its questions are lost.
    try lab.cut(from: r3)
    for other in [r0, r1] { try lab.fire(other) }
    try lab.run(until: .view(View(1), .replica(r3)))
    #expect(lab.replica(r3).transfer?.sequence == SequenceNumber(2))
    for text in ["c", "d"] { try lab.request(alice, text) }
    try lab.run(until: .stable(SequenceNumber(4), .replica(r0)))
    try lab.run(until: .stable(SequenceNumber(4), .replica(r1)))
    try lab.run(until: .stable(SequenceNumber(4), .replica(r2)))
    try lab.heal()

    try lab.run(until: .executed(4, by: r3))
    #expect(lab.replica(r3).state == lab.replica(r0).state)
  }

  @Test func `a checkpoint that the faulty one helped to make stable is proved to the one behind`()
    throws
  {
    var lab = Lab()
    try lab.isolate(r3)
    for text in ["a", "b"] { try lab.request(alice, text) }
    try lab.run(until: .stable(SequenceNumber(2), .replica(r1)))
    try lab.run(until: .stable(SequenceNumber(2), .replica(r2)))
    // From now on only R1 and R2 speak for the checkpoint, and the log below it is gone.
    try lab.perform(.silence(r0))
    try lab.heal()
    try lab.forge(r0, r3, .request(request(alice, 2)))
    try lab.run(until: .executed(2, by: r3))
    #expect(lab.replica(r3).low == SequenceNumber(2))
    #expect(lab.replica(r3).state == lab.replica(r1).state)
  }

  @Test func `a request known only by its digest in O is fetched from those who prepared it`()
    throws
  {
    var lab = Lab()
    try lab.request(alice, "a")
    try lab.run(70)
    // R1, the next primary, never sees the PRE-PREPARE with the request.
    try lab.drop(.prePrepare, .replica(r0), .replica(r1))
    try lab.run(130)
    #expect(lab.phase(r2) == "prepared alice/1" && lab.phase(r3) == "prepared alice/1")
    try lab.isolate(r0)
    try lab.fire(r2)
    try lab.fire(r3)
    try lab.run(until: .executed(1, by: r1))

    #expect(lab.sent(.fetch, by: r1) > 0)
    #expect(lab.selections(of: 1) == [["1:alice/1 v0 R2 R3"]])
    #expect(lab.executed(by: r1) == ["1:alice/1"])
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `a digest without its requests gets no PREPARE, and binds no later view`() throws {
    var lab = Lab()
    try lab.perform(.silence(r0))
    try lab.request(alice, "a")
    for backup in [r1, r2, r3] { try lab.forge(r0, backup, .prePrepare(v0, n1, .bogus)) }
    try lab.run(300)
    for backup in [r1, r2, r3] { #expect(lab.sent(.prepare, by: backup) == 0) }
    try lab.run(until: .accepted(alice))
    #expect(lab.selections(of: 1) == [[]])
  }
}
