import PBFT
import Simulation
import Testing

@Suite struct `Faulty clients harm nobody but themselves (§4.1)` {
  private func lab(_ misconduct: ClientMisconduct, rulesOff: RuleSet = []) throws -> Lab {
    var lab = Lab(rulesOff: rulesOff)
    try lab.perform(.misbehaveClient(alice, misconduct))
    return lab
  }

  /// Whatever alice does, bob is served and nobody counts her against f.
  private func expectHarmless(_ lab: inout Lab) throws {
    try lab.request(bob, "z")
    try lab.run(until: .accepted(bob))
    #expect(lab.world.violations.isEmpty)
    #expect(lab.world.isFaulty(alice) && !lab.world.isFaulty(bob))
    #expect(lab.world.faultCount == 0)
  }

  @Test func `C4: a client that sends nothing changes nothing, and is served once it is honest`()
    throws
  {
    var lab = try lab(.mute)
    try lab.request(alice, "a")
    try lab.run(5_000)
    #expect(lab.executed(by: r0).isEmpty && lab.held(.timeout).isEmpty)
    try expectHarmless(&lab)
    try lab.perform(.honestClient(alice))
    try lab.run(until: .accepted(alice))
    #expect(lab.world.isFaulty(alice))
  }

  @Test func `C4: a slow client waits, and nobody else`() throws {
    var lab = try lab(.slow(.seconds(3)))
    try lab.request(alice, "a")
    try expectHarmless(&lab)
    #expect(lab.answers(to: alice).isEmpty)
    try lab.run(until: .accepted(alice))
    #expect(lab.world.now.microseconds > 3_000_000)
    #expect(lab.held(.timeout).isEmpty)
  }

  @Test func `C4: a request sent to a backup only is relayed to the primary`() throws {
    var lab = try lab(.onlyTo(r2))
    try lab.request(alice, "a")
    try lab.run(until: .accepted(alice))
    #expect(lab.sent(.request, by: r2) > 0)
    #expect(lab.held(.timeout).isEmpty && lab.held(.rebroadcast).isEmpty)
    try expectHarmless(&lab)
  }

  @Test func `C4: without relaying it is not served, and the timer of that backup runs in vain`()
    throws
  {
    var lab = try lab(.onlyTo(r2), rulesOff: [.relayRequest])
    try lab.request(alice, "a")
    try lab.run(20_000)
    #expect(lab.executed(by: r0).isEmpty && lab.answers(to: alice).isEmpty)
    #expect(!lab.held(.timeout).isEmpty && Set(lab.held(.timeout)) == [r2])
    #expect([r0, r1, r3].allSatisfy { lab.replica($0).view == v0 })
    // An honest client broadcasts.
    try lab.perform(.honestClient(alice))
    try lab.run(until: .accepted(alice))
  }

  @Test func `C4: an old timestamp gets the stored reply, or nothing`() throws {
    var lab = Lab()
    for text in ["a", "b"] { try lab.request(alice, text) }
    try lab.run(until: .accepted(alice, 2))
    try lab.run(300)
    try lab.perform(.misbehaveClient(alice, .oldTimestamps))
    let replies = lab.sent(.reply, by: r0)
    try lab.request(alice, "c")
    try lab.run(2_000)
    // What she asks for now is not run; the reply that is stored for that timestamp is sent again.
    #expect(lab.sent(.reply, by: r0) > replies)
    #expect(lab.executed(by: r0) == ["1:alice/1", "2:alice/2"])
    #expect(lab.answers(to: alice).count == 2)
    try lab.perform(.honestClient(alice))
    try lab.run(until: .accepted(alice, 3))
    try lab.run(300)
    // Older still: dropped.
    try lab.perform(.duplicate(.number(try firstRequest(lab))))
    try lab.run(100)
    #expect(lab.refusals(.requestFresh, by: r0) == 1)
    try expectHarmless(&lab)
  }

  private func firstRequest(_ lab: Lab) throws -> Int {
    try #require(
      lab.happenings.compactMap { happening -> Int? in
        if case .receive(let id, .request(let request), _, .replica(r0), _) = happening.kind,
          request.timestamp == Timestamp(1)
        {
          id
        } else {
          nil
        }
      }.first)
  }

  @Test func `C4: of two operations under one timestamp the one ordered first is run`() throws {
    var lab = try lab(.twoOperations)
    try lab.request(alice, "a")
    try lab.run(until: .executed(1))
    try lab.run(3_000)
    let values = Set(lab.world.replicas.map { $0.state.store["x"] })
    #expect(values == ["a"])
    let runs = lab.happenings.count {
      if case .execute(r1, _, _, let request, _, false) = $0.kind {
        request.client == alice
      } else {
        false
      }
    }
    #expect(runs == 1)
    try expectHarmless(&lab)
  }

  @Test func `C4: the next primary orders the operation that it has, and that one alone is run`()
    throws
  {
    var lab = try lab(.twoOperations)
    try lab.perform(.silence(r0))
    try lab.request(alice, "a")
    // The odd replicas have the other operation: R1 leads view 1 and proposes what it has.
    try lab.run(until: .executed(1))
    try lab.run(5_000)
    #expect(Set([r1, r2, r3].map { lab.replica($0).state.store["x"] }) == ["other"])
    #expect(lab.world.violations.isEmpty)
    try lab.request(bob, "z")
    try lab.run(until: .accepted(bob))
    for replica in [r1, r2, r3] {
      #expect(lab.executed(by: replica) == ["1:alice/1", "2:bob/1"])
    }
  }

  @Test func `C4: a huge timestamp blocks its own client and no other`() throws {
    var lab = try lab(.hugeTimestamp)
    try lab.request(alice, "a")
    try lab.run(until: .executed(1))
    try lab.run(2_000)
    #expect(lab.answers(to: alice).isEmpty)
    try expectHarmless(&lab)
    try lab.perform(.honestClient(alice))
    try lab.run(10_000)
    #expect(lab.answers(to: alice).isEmpty)
    #expect(lab.refusals(.requestFresh, by: r0) > 0)
    #expect(lab.held(.timeout).isEmpty)
  }

  @Test func `C4: an impatient client asks all again and again, and is served once`() throws {
    var lab = try lab(.impatient)
    try lab.request(alice, "a")
    try lab.run(until: .accepted(alice))
    try lab.run(1_000)
    let asked = lab.happenings.count {
      if case .send(_, .request, .client(alice), _, _) = $0.kind { true } else { false }
    }
    #expect(asked >= 12)
    #expect(lab.executed(by: r1) == ["1:alice/1"])
    #expect(lab.held(.timeout).isEmpty)
    try expectHarmless(&lab)
  }

  @Test func `C4: a request that nobody's key verifies is refused everywhere`() throws {
    var lab = try lab(.unsigned)
    try lab.request(alice, "a")
    try lab.run(3_000)
    #expect([r0, r1, r2, r3].allSatisfy { lab.refusals(.authentic, by: $0) > 0 })
    #expect(lab.executed(by: r0).isEmpty && lab.held(.timeout).isEmpty)
    try expectHarmless(&lab)
  }

  @Test func `a client that does not misbehave cannot be made honest`() throws {
    var lab = Lab()
    let refusal = #expect(throws: Refusal.self) { try lab.perform(.honestClient(bob)) }
    #expect(refusal?.reason == "bob does not misbehave")
  }
}
