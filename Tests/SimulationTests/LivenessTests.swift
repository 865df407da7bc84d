import PBFT
import Simulation
import Testing

/// Schedules that once left requests waiting for ever, or would without one rule.
@Suite struct `Every waiting request executes at last (§4.5.2)` {
  @Test func `a request overtaken by a later one of its client keeps no timer running`() throws {
    var lab = Lab()
    // R3 hears of alice's first request only after her second has been executed there.
    try lab.request(alice, "a")
    try lab.run(until: .accepted(alice))
    try lab.request(alice, "b")
    try lab.run(until: .accepted(alice, 2))
    try lab.run(500)
    try lab.perform(.silence(r0))
    try lab.forge(r0, r3, .request(request(alice, 1)))
    try lab.run(5_000)

    #expect(lab.refusals(.requestFresh, by: r3) == 1)
    #expect(lab.replica(r3).waiting.isEmpty)
    #expect(lab.held(.timeout).isEmpty)
  }

  @Test func `a state that brings the answer ends the wait for the request`() throws {
    var lab = Lab()
    // R3 knows of the request and of nothing else until the others have a stable checkpoint.
    for other in [r0, r1, r2] { try lab.cut(other, r3) }
    try lab.request(alice, "a")
    try lab.perform(.fire(.client(alice), .retry))
    try lab.run(100)
    #expect(lab.replica(r3).waiting.map(\.request.description) == ["alice/1"])
    try lab.run(until: .accepted(alice))
    try lab.request(bob, "b")
    try lab.run(until: .stable(SequenceNumber(2), .replica(r0)))
    try lab.heal()
    try lab.run(until: .executed(2, by: r3))

    #expect(lab.replica(r3).waiting.isEmpty)
    #expect(lab.replica(r3).viewChangeTimer == nil)
    try lab.run(until: .idle, within: 30)
    #expect(lab.replica(r3).isActive && lab.replica(r3).view == v0)
  }

  @Test func `one VIEW-CHANGE lost and one replica ahead: views above count too`() throws {
    var lab = Lab()
    try lab.request(alice, "a")
    try lab.perform(.crash(r0))
    try lab.run(1_500)
    // R3's VIEW-CHANGE for view 1 is lost, and R3 goes on to view 2 alone.
    try lab.cut(from: r3)
    try lab.fire(r3)
    try lab.fire(r3)
    #expect(lab.replica(r3).view == View(2))
    try lab.run(until: .changing(View(1), .replica(r1)))
    try lab.run(until: .changing(View(1), .replica(r2)))
    try lab.heal()
    try lab.run(until: .accepted(alice))

    try lab.run(until: .executed(1, by: r3))
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `the first VIEW-CHANGEs are all lost: they are sent again`() throws {
    var lab = Lab()
    try lab.perform(.crash(r0))
    try lab.request(alice, "a")
    try lab.run(until: .time(Instant(microseconds: 2_000_000)))
    for backup in [r1, r2, r3] { try lab.cut(from: backup) }
    try lab.run(until: .changing(View(1), .replica(r1)))
    try lab.run(until: .changing(View(1), .replica(r2)))
    try lab.run(until: .changing(View(1), .replica(r3)))
    try lab.heal()
    try lab.run(until: .accepted(alice))
    #expect(lab.replica(r1).view == View(1))
  }

  @Test func `an idle cluster whose timers are fired by hand changes view once and comes to rest`()
    throws
  {
    var lab = Lab()
    try lab.fire(r1)
    try lab.fire(r2)
    try lab.run(until: .idle)

    for replica in [r0, r1, r2, r3] {
      #expect(lab.replica(replica).view == View(1) && lab.replica(replica).isActive)
      #expect(lab.replica(replica).viewChangeTimer == nil)
    }
    #expect(lab.held(.timeout).count == 2)
  }

  @Test func `views in a row wait twice as long, and an execution takes the wait back to T`() throws
  {
    var lab = Lab()
    let base = lab.world.settings.viewChangeTimeout
    for _ in 1...3 {
      try lab.fire(r1)
      try lab.fire(r2)
      try lab.run(until: .idle)
    }
    #expect(lab.replica(r1).view == View(3))
    #expect(lab.replica(r1).timeout == base.doubled(2))
    try lab.request(alice, "a")
    try lab.run(until: .executed(1))
    #expect(lab.replica(r1).timeout == base)
  }

  @Test func `a lossy network is repaired message by message`() throws {
    var lab = Lab()
    try lab.perform(.lose(LinkPattern(from: nil, to: nil), percent: 30))
    for text in ["a", "b", "c"] { try lab.request(alice, text) }
    try lab.run(10_000)
    try lab.heal()
    try lab.run(until: .accepted(alice, 3), within: 120)
    try lab.run(until: .executed(3), within: 120)
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `a healed cut that lost every COMMIT is repaired by asking`() throws {
    var lab = Lab()
    try lab.request(alice, "a")
    try lab.run(until: .phase(.prepared, n1, nil, .anyCorrect))
    for replica in [r0, r1, r2, r3] { try lab.cut(from: replica) }
    try lab.run(400)
    #expect(lab.executed(by: r0).isEmpty)
    try lab.heal()
    try lab.run(until: .executed(1))
    #expect(lab.world.replicas.allSatisfy { $0.view == v0 })
  }

  @Test func `a primary is sent the votes of those who have moved on or fallen silent since`()
    throws
  {
    var lab = Lab(clients: 2)
    // R2 executes with the COMMITs of all; R0, the primary, and R1 get none.
    try lab.request(alice, "a")
    try lab.run(until: .phase(.prepared, n1, nil, .allCorrect))
    for message in lab.world.inFlight
    where message.message.kind == .commit && message.to != .replica(r2) {
      try lab.perform(.drop(.number(message.id)))
    }
    try lab.run(until: .executed(1, by: r2))
    try lab.perform(.silence(r3))
    try lab.fire(r1)
    try lab.run(1_000)
    #expect(lab.executed(by: r0).isEmpty && lab.executed(by: r1).isEmpty)

    // R1 is alone in view 1 and R3 says nothing: only R2 can tell R0 what they said before.
    try lab.run(until: .accepted(alice), within: 120)
    try lab.run(until: .executed(1, by: r0), within: 120)
    #expect(lab.replica(r0).view == v0)
    // A request that waits moves the others to view 1, and R1 executes both with them.
    try lab.request(bob, "b")
    try lab.run(until: .executed(2), within: 120)
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `a primary is not left alone when nobody can complete what it lacks`() throws {
    var lab = Lab(clients: 2)
    // R2 alone executes in view 0.
    try lab.request(alice, "a")
    try lab.run(until: .phase(.prepared, n1, nil, .allCorrect))
    for message in lab.world.inFlight
    where message.message.kind == .commit && message.to != .replica(r2) {
      try lab.perform(.drop(.number(message.id)))
    }
    try lab.run(until: .executed(1, by: r2))
    // R3 misses view 1 and asks for view 2; R0 helps view 1 into being and falls silent for good.
    try lab.isolate(r3)
    try lab.fire(r3)
    try lab.fire(r3)
    try lab.fire(r1)
    try lab.fire(r2)
    try lab.run(until: .view(View(1), .replica(r1)))
    try lab.perform(.silence(r0))
    try lab.run(until: .view(View(1), .replica(r2)))
    try lab.heal()

    try lab.run(until: .accepted(alice), within: 300)
    try lab.run(until: .executed(1), within: 300)
    #expect(lab.world.violations.isEmpty)
  }
}
