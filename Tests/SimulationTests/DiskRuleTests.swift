import PBFT
import Simulation
import Testing

/// What must be on the disk before which message, each taken away once: with the rule back the same schedule
/// does no harm.
@Suite struct `What a restart must not forget` {
  /// R0 is faulty and tells each of them what it is told to; A and B are known everywhere.
  private func underLiar(without rules: RuleSet) throws -> Lab {
    var lab = Lab(clientTimeout: .seconds(100), clients: 2, rulesOff: rules)
    try lab.perform(.silence(r0))
    // R0 hears of both; the backups run no timers on them.
    try lab.request(alice, "a")
    try lab.request(bob, "b")
    try lab.run(70)
    return lab
  }

  private func drop(_ lab: inout Lab, where unwanted: (Envelope) -> Bool) throws {
    for message in lab.world.inFlight where unwanted(message) {
      try lab.perform(.drop(.number(message.id)))
    }
  }

  /// R0 hides what it knows in its VIEW-CHANGE, and takes part in view 1, where R1 is asked for B.
  private func viewOne(_ lab: inout Lab) throws {
    try lab.forge(r0, r1, .viewChange(View(1), prepared: []))
    try lab.run(70)
    try lab.perform(.honest(r0))
    try lab.forge(r0, r1, .request(request(bob)))
    try lab.run(1_000)
  }

  /// View 1, five executed, four of them under a stable checkpoint; then R2 crashes and restarts.
  private func restarted(without rules: RuleSet) throws -> Lab {
    var lab = Lab(rulesOff: rules)
    for text in ["a", "b", "c"] { try lab.request(alice, text) }
    try lab.run(until: .executed(3))
    for backup in [r1, r2, r3] { try lab.fire(backup) }
    try lab.run(until: .view(View(1), .allCorrect))
    for text in ["d", "e"] { try lab.request(alice, text) }
    try lab.run(until: .and(.executed(5), .stable(SequenceNumber(4), .replica(r2))))
    try lab.run(500)
    try lab.perform(.crash(r2))
    try lab.perform(.restart(r2))
    return lab
  }

  @Test(arguments: [Rule.durableNewView, .durableCheckpoint, .durableExecuted])
  func `one replica that forgets something else says so, and does no harm alone`(rule: Rule) throws
  {
    var wrong = try restarted(without: [rule])
    #expect(wrong.forgotten(by: r2) == [rule])
    #expect(wrong.replica(r2).isActive == (rule != .durableNewView))
    #expect(wrong.replica(r2).lastExecuted.number == (rule == .durableExecuted ? 4 : 5))
    try wrong.request(alice, "f")
    try wrong.run(until: .executed(6, by: r2))
    #expect(wrong.replica(r2).state == wrong.replica(r0).state)
    #expect(wrong.world.violations.isEmpty)

    let right = try restarted(without: [])
    #expect(right.forgotten(by: r2) == [])
    #expect(right.replica(r2).isActive && right.replica(r2).lastExecuted.number == 5)
    #expect(right.world.violations.isEmpty)
  }

  // MARK: A21

  /// PP(A)→1,2, and 1 executes A with 2 and 0; then 2 restarts, and PP(B)→2,3 with C(B).
  private func voteForgotten(without rules: RuleSet, amnesia: Bool = false) throws -> Lab {
    var lab = try underLiar(without: rules)
    for backup in [r1, r2] { try lab.forge(r0, backup, .prePrepare(v0, n1, name(alice))) }
    // What R1 and R2 say of A does not reach R3, and nothing brings R2 to execute it.
    try lab.perform(.cut(LinkPattern(from: .replica(r1), to: .replica(r3))))
    try lab.perform(.cut(LinkPattern(from: .replica(r2), to: .replica(r3))))
    try lab.run(130)
    try lab.forge(r0, r1, .commit(v0, n1, name(alice)))
    try drop(&lab) { $0.from == .replica(r1) && $0.to == .replica(r2) }
    try lab.run(130)
    #expect(lab.executed(by: r1) == ["1:alice/1"])
    #expect(lab.executed(by: r2) == [])

    // Whatever R1 knows stays with it.
    try lab.isolate(r1)
    try lab.perform(.heal(LinkPattern(from: .replica(r2), to: .replica(r3))))
    try lab.perform(.crash(r2))
    try lab.perform(amnesia ? .restartEmpty(r2) : .restart(r2))
    for backup in [r2, r3] { try lab.forge(r0, backup, .prePrepare(v0, n1, name(bob))) }
    try lab.run(200)
    try lab.forge(r0, r3, .commit(v0, n1, name(bob)))
    try lab.run(200)
    return lab
  }

  @Test func `A21: a vote that is not on the disk is given a second time, and forks`() throws {
    let wrong = try voteForgotten(without: [.durablePrePrepared, .durablePrepared])
    #expect(wrong.executed(by: r1) == ["1:alice/1"])
    #expect(wrong.executed(by: r3) == ["1:bob/1"])
    let violated = wrong.world.violations.map(\.invariant)
    #expect(violated.contains(.agreement))
    #expect(violated.contains(.restartConsistent))
    #expect(wrong.forgotten(by: r2) == [.durablePrePrepared, .durablePrepared])

    let right = try voteForgotten(without: [])
    #expect(right.executed(by: r1) == ["1:alice/1"])
    #expect(right.executed(by: r3) == [])
    #expect(right.refusals(.onePrePrepare, by: r2) == 1)
    #expect(right.forgotten(by: r2) == [])
    #expect(right.world.violations.isEmpty)
  }

  @Test func `N12: a replica with amnesia counts as faulty, and one liar more is one too many`()
    throws
  {
    let lab = try voteForgotten(without: [], amnesia: true)
    #expect(lab.world.faultCount == 2 && lab.world.isFaulty(r2))
    #expect(lab.executed(by: r1) == ["1:alice/1"])
    #expect(lab.executed(by: r3) == ["1:bob/1"])
    #expect(lab.world.violations.map(\.invariant).contains(.agreement))
    #expect(!lab.world.violations.map(\.invariant).contains(.restartConsistent))
    #expect(lab.forgotten(by: r2) == [.durablePrePrepared, .durablePrepared])
  }

  @Test func `a replica with amnesia alone does no harm, and learns the state from the others`()
    throws
  {
    var lab = Lab()
    for text in ["a", "b", "c", "d"] { try lab.request(alice, text) }
    try lab.run(until: .accepted(alice, 4))
    try lab.run(300)
    try lab.perform(.crash(r2))
    try lab.perform(.restartEmpty(r2))
    #expect(lab.replica(r2).lastExecuted == .zero)
    for text in ["e", "f"] { try lab.request(alice, text) }
    try lab.run(until: .executed(6, by: r2))
    #expect(lab.replica(r2).state == lab.replica(r0).state)
    #expect(lab.world.violations.isEmpty)
  }

  // MARK: A31

  /// PP(A)→2,3; 1 and 2 ask for view 1 with nothing prepared; 2 restarts and hears of 3's PREPARE.
  private func viewForgotten(without rules: RuleSet) throws -> Lab {
    var lab = try underLiar(without: rules)
    for backup in [r2, r3] { try lab.forge(r0, backup, .prePrepare(v0, n1, name(alice))) }
    try lab.perform(.holdLink(LinkPattern(from: .replica(r3), to: .replica(r2))))
    try lab.perform(.holdLink(LinkPattern(from: .replica(r3), to: .replica(r1))))
    try lab.perform(.cut(LinkPattern(from: .replica(r1), to: .replica(r3))))
    try lab.run(70)
    // R2's PREPARE is on its way to R3; R1 and R2 ask for view 1.
    try lab.fire(r1)
    try lab.fire(r2)
    #expect(lab.proofs(of: r2, for: 1) == [])
    try drop(&lab) { $0.message.kind == .viewChange && $0.to == .replica(r3) }
    try lab.run(70)
    try lab.perform(.crash(r2))
    try lab.perform(.restart(r2))
    try drop(&lab) { $0.message.kind == .viewChange && $0.to == .replica(r3) }
    // Now R3's PREPARE reaches R2.
    try lab.perform(.heal(LinkPattern(from: .replica(r3), to: .replica(r2))))
    try lab.run(130)
    try lab.forge(r0, r3, .commit(v0, n1, name(alice)))
    try lab.run(70)
    // View 1 begins with what R1 and R2 said before, and nothing of R0.
    try lab.isolate(r3)
    try viewOne(&lab)
    return lab
  }

  @Test func `A31: a view that is not on the disk is voted in again after leaving it, and forks`()
    throws
  {
    let wrong = try viewForgotten(without: [.durableView])
    #expect(wrong.forgotten(by: r2) == [.durableView])
    #expect(wrong.phase(r2) == "prepared alice/1")
    #expect(wrong.executed(by: r3) == ["1:alice/1"])
    #expect(wrong.selections(of: 1) == [[]])
    #expect(wrong.executed(by: r1).first == "1:bob/1")
    let violated = wrong.world.violations.map(\.invariant)
    #expect(violated.contains(.agreement) && violated.contains(.restartConsistent))

    let right = try viewForgotten(without: [])
    #expect(right.forgotten(by: r2) == [])
    #expect(right.phase(r2) == "pre-prepared alice/1")
    #expect(right.executed(by: r3) == [])
    #expect(right.executed(by: r1).first == "1:bob/1")
    #expect(right.world.violations.isEmpty)
  }

  // MARK: A32

  /// 3 executes A with 2 and 0; 2 restarts, and view 1 begins with R1, R0 and R2.
  private func certificateForgotten(without rules: RuleSet) throws -> Lab {
    var lab = try underLiar(without: rules)
    for backup in [r2, r3] { try lab.forge(r0, backup, .prePrepare(v0, n1, name(alice))) }
    try lab.perform(.cut(LinkPattern(from: .replica(r2), to: .replica(r1), bothWays: true)))
    try lab.perform(.cut(LinkPattern(from: .replica(r3), to: .replica(r1), bothWays: true)))
    try lab.run(130)
    try lab.forge(r0, r3, .commit(v0, n1, name(alice)))
    try drop(&lab) { $0.from == .replica(r3) && $0.to == .replica(r2) }
    try lab.run(70)
    #expect(lab.executed(by: r3) == ["1:alice/1"])
    try lab.isolate(r3)
    try lab.perform(.crash(r2))
    try lab.perform(.restart(r2))
    try lab.perform(.heal(LinkPattern(from: .replica(r2), to: .replica(r1), bothWays: true)))
    try lab.fire(r1)
    try lab.fire(r2)
    try lab.run(70)
    try viewOne(&lab)
    return lab
  }

  @Test func `A32: a certificate that is not on the disk is missing in the next view, and forks`()
    throws
  {
    let wrong = try certificateForgotten(without: [.durablePrepared])
    #expect(wrong.forgotten(by: r2) == [.durablePrepared])
    #expect(wrong.selections(of: 1) == [[]])
    #expect(wrong.executed(by: r1).first == "1:bob/1")
    let violated = wrong.world.violations.map(\.invariant)
    #expect(violated.contains(.agreement) && violated.contains(.restartConsistent))

    let right = try certificateForgotten(without: [])
    #expect(right.forgotten(by: r2) == [])
    #expect(right.selections(of: 1) == [["1:alice/1 v0 R2"]])
    #expect(right.executed(by: r1).first == "1:alice/1")
    #expect(right.world.violations.isEmpty)
  }
}

extension Lab {
  /// The rules that the restarts of a replica found disobeyed, each once.
  func forgotten(by replica: ReplicaID) -> [Rule] {
    happenings.reduce(into: []) { rules, happening in
      if case .rule(.replica(replica), let finding) = happening.kind,
        finding.rule.entry.section == "stable storage", finding.verdict == .refused,
        !rules.contains(finding.rule)
      {
        rules.append(finding.rule)
      }
    }
  }
}
