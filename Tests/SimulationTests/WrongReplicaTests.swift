import PBFT
import Simulation
import Testing

/// Replicas with one rule taken away, each caught by the invariants; with the rule back the same schedule
/// does no harm.
@Suite struct `Deliberately wrong replicas` {
  /// B has reached R1 only, and its relay to R0 is held; then A is proposed to all.
  private func bWaitsAtR1(without rules: RuleSet) throws -> Lab {
    var lab = Lab(clientTimeout: .seconds(100), clients: 2, rulesOff: rules)
    for other in [r0, r2, r3] {
      try lab.perform(.cut(LinkPattern(from: .client(bob), to: .replica(other))))
    }
    try lab.perform(.holdLink(LinkPattern(from: .replica(r1), to: .replica(r0))))
    try lab.request(bob, "b")
    try lab.perform(.fire(.client(bob), .retry))
    try lab.run(70)
    try lab.request(alice, "a")
    // The PRE-PREPARE has arrived everywhere, and nothing after it.
    try lab.run(125)
    return lab
  }

  /// R0, R1 and R2 change to view 1 without R3, and R1 proposes what it knows.
  private func viewOneWithoutR3(_ lab: inout Lab) throws {
    for link in [(r0, r1), (r0, r2), (r1, r2)] {
      try lab.perform(
        .heal(LinkPattern(from: .replica(link.0), to: .replica(link.1), bothWays: true)))
    }
    // What was on its way in view 0 is lost.
    for message in lab.world.inFlight where message.message.view == v0 {
      try lab.perform(.drop(.number(message.id)))
    }
    try lab.isolate(r3)
    try lab.fire(r1)
    try lab.fire(r2)
    try lab.run(until: .view(View(1), .replica(r2)))
    try lab.run(1_000)
  }

  /// A4: every PREPARE reaches R3 only.
  private func preparesReachOnlyR3(without rules: RuleSet) throws -> Lab {
    var lab = try bWaitsAtR1(without: rules)
    for message in lab.world.inFlight
    where message.message.kind == .prepare && message.to != .replica(r3) {
      try lab.perform(.drop(.number(message.id)))
    }
    try lab.cut(from: r3)
    try lab.run(70)
    try viewOneWithoutR3(&lab)
    return lab
  }

  @Test func `A4: executing what is merely prepared forks without any villain`() throws {
    let wrong = try preparesReachOnlyR3(without: [.committed])
    #expect(wrong.executed(by: r3) == ["1:alice/1"])
    #expect(wrong.executed(by: r1).first == "1:bob/1")
    #expect(wrong.world.violations.contains { $0.invariant == .committedMeansPrepared })
    #expect(wrong.world.violations.contains { $0.invariant == .agreement })
    // alice's "a" is the first at R3 and the second elsewhere.
    #expect(wrong.world.violations.contains { $0.invariant == .oneResult })

    let right = try preparesReachOnlyR3(without: [])
    #expect(right.phase(r3) == "prepared alice/1")
    #expect(right.executed(by: r3).isEmpty)
    #expect(right.executed(by: r1).first == "1:bob/1")
    #expect(right.world.violations.isEmpty)
  }

  /// A6: everybody prepares A, and the COMMITs reach R3 only.
  private func commitsReachOnlyR3(without rules: RuleSet) throws -> Lab {
    var lab = try bWaitsAtR1(without: rules)
    try lab.perform(.heal(LinkPattern(from: .replica(r1), to: .replica(r0))))
    for message in lab.world.inFlight where message.message.kind == .request {
      try lab.perform(.drop(.number(message.id)))
    }
    try lab.run(70)
    for message in lab.world.inFlight
    where message.message.kind == .commit && message.to != .replica(r3) {
      try lab.perform(.drop(.number(message.id)))
    }
    try lab.cut(from: r3)
    try lab.run(70)
    try viewOneWithoutR3(&lab)
    return lab
  }

  @Test func `A6: a VIEW-CHANGE that forgets P forks without any villain`() throws {
    let wrong = try commitsReachOnlyR3(without: [.proofsInViewChange])
    #expect(wrong.executed(by: r3) == ["1:alice/1"])
    #expect(wrong.selections(of: 1) == [[]])
    #expect(wrong.executed(by: r1).first == "1:bob/1")
    #expect(wrong.world.violations.contains { $0.invariant == .committedSurvives })
    #expect(wrong.world.violations.contains { $0.invariant == .agreement })

    let right = try commitsReachOnlyR3(without: [])
    #expect(right.executed(by: r3) == ["1:alice/1"])
    #expect(right.selections(of: 1) == [["1:alice/1 v0 R0 R1 R2"]])
    #expect(right.executed(by: r1).first == "1:alice/1")
    #expect(right.world.violations.isEmpty)
  }

  /// A29: PP(A)→1 with a PREPARE by R0 itself; PP(B)→2,3.
  private func primaryPrepares(without rules: RuleSet) throws -> Lab {
    var lab = Lab(clients: 2, rulesOff: rules)
    try lab.perform(.silence(r0))
    try lab.request(alice, "a")
    try lab.request(bob, "b")
    try lab.forge(r0, r1, .prePrepare(v0, n1, name(alice)))
    try lab.forge(r0, r1, .prepare(v0, n1, name(alice)))
    for backup in [r2, r3] { try lab.forge(r0, backup, .prePrepare(v0, n1, name(bob))) }
    try lab.forge(r0, r3, .commit(v0, n1, name(bob)))
    try lab.run(500)
    return lab
  }

  @Test func `A29: counting the primary's PREPARE prepares two requests in one view`() throws {
    let wrong = try primaryPrepares(without: [.notFromPrimary])
    #expect(wrong.phase(r1) == "prepared alice/1")
    #expect(wrong.phase(r2) == "prepared bob/1")
    #expect(wrong.world.violations.contains { $0.invariant == .preparedUnique })

    let right = try primaryPrepares(without: [])
    #expect(right.phase(r1) == "pre-prepared alice/1")
    #expect(right.refusals(.notFromPrimary, by: r1) == 1)
    #expect(right.phase(r3) == "committed bob/1")
    #expect(right.world.violations.isEmpty)
  }
}
