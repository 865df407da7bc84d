import PBFT
import Simulation
import Testing

@Suite struct `One copy is altered by hand` {
  /// The COMMITs of alice's first request are on their way, and R3 counts as faulty.
  private func commitsOnTheirWay(faulty: ReplicaID? = r3) throws -> Lab {
    var lab = Lab()
    if let faulty {
      try lab.perform(.silence(faulty))
      try lab.perform(.honest(faulty))
    }
    try lab.request(alice, "a")
    try lab.run(until: .phase(.prepared, n1, nil, .allCorrect))
    return lab
  }

  private func commit(_ from: ReplicaID, _ to: ReplicaID) -> MessageReference {
    .described(.commit, from: .replica(from), to: .replica(to), view: nil, sequence: nil)
  }

  private func refusal(_ lab: Lab, _ command: Command) -> Refusal? {
    var lab = lab
    return #expect(throws: Refusal.self) { try lab.perform(command) }
  }

  @Test(arguments: [
    (Alteration.view(View(3)), Rule.higherViewKept, Verdict.kept),
    (.sequence(SequenceNumber(9)), .withinWatermarks, .refused),
    (.digest(.bogus), .voteForOtherDigest, .kept),
    (.sender(r2), .authentic, .refused),
    (.corrupt, .authentic, .refused),
  ])
  func `each field is changed for one recipient only, and judged there`(
    alteration: Alteration, rule: Rule, verdict: Verdict
  ) throws {
    var lab = try commitsOnTheirWay()
    try lab.perform(.alter(commit(r3, r1), alteration))
    try lab.run(until: .accepted(alice))
    try lab.run(200)

    func findings(_ recipient: ReplicaID) -> [Finding] {
      lab.happenings.compactMap {
        if case .receive(_, .commit, .replica(r3), .replica(recipient), let finding) = $0.kind {
          finding
        } else {
          nil
        }
      }
    }
    #expect(findings(r1).map(\.rule) == [rule])
    #expect(findings(r1).map(\.verdict) == [verdict])
    #expect(findings(r2).map(\.rule) == [.commitCounts])
    // Three of four suffice.
    #expect(lab.executed(by: r1) == ["1:alice/1"])
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `an altered vote is signed again by its sender, and by nobody else`() throws {
    var lab = try commitsOnTheirWay()
    try lab.perform(.alter(commit(r3, r1), .sequence(SequenceNumber(2))))
    let altered = try #require(
      lab.world.inFlight.first {
        $0.from == .replica(r3) && $0.to == .replica(r1) && $0.message.kind == .commit
      })
    #expect(altered.message.sequence == SequenceNumber(2))
    #expect(altered.message.isAuthentic)
    try lab.perform(.alter(.number(altered.id), .corrupt))
    let corrupt = try #require(lab.world.inFlight.first { $0.id == altered.id })
    #expect(corrupt.message.signedBy == nil)
    #expect(corrupt.due == altered.due)
  }

  @Test func `a message is withheld, repeated, or replaced by an earlier one`() throws {
    var lab = try commitsOnTheirWay()
    try lab.perform(.alter(commit(r3, r1), .withheld))
    #expect(
      lab.happenings.contains {
        if case .drop(_, .commit, .replica(r3), .replica(r1), .withheld) = $0.kind {
          true
        } else {
          false
        }
      })
    try lab.perform(.alter(commit(r3, r2), .repeated(after: .milliseconds(500))))
    try lab.run(until: .accepted(alice))
    try lab.run(700)
    #expect(lab.refusals(.withinWatermarks, by: r2) + lab.refusals(.oneVote, by: r2) == 1)

    try lab.request(alice, "b")
    try lab.run(until: .phase(.prepared, SequenceNumber(2), nil, .allCorrect))
    try lab.perform(.alter(commit(r3, r2), .stale))
    let stale = try #require(
      lab.world.inFlight.first {
        $0.from == .replica(r3) && $0.to == .replica(r2) && $0.message.kind == .commit
      })
    #expect(stale.message.sequence == n1)
    try lab.run(until: .accepted(alice, 2))
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `a PRE-PREPARE with another digest takes the requests behind it along`() throws {
    var lab = Lab()
    try lab.perform(.silence(r0))
    try lab.perform(.honest(r0))
    try lab.request(alice, "a")
    try lab.request(bob, "b")
    try lab.run(70)
    let pre = MessageReference.described(
      .prePrepare, from: .replica(r0), to: .replica(r3), view: nil, sequence: n1)
    try lab.perform(.alter(pre, .digest(name(bob))))
    let second = MessageReference.described(
      .prePrepare, from: .replica(r0), to: .replica(r2), view: nil, sequence: n1)
    // E4: d does not belong to m.
    try lab.perform(.alter(second, .digest(.bogus)))
    try lab.run(70)
    #expect(lab.refusals(.digestMatches, by: r2) == 1)
    #expect(lab.phase(r3) == "pre-prepared bob/1")
    #expect(lab.phase(r1) == "pre-prepared alice/1")
    try lab.run(until: .and(.accepted(alice), .accepted(bob)))
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E18: a lie in a REPLY is outvoted`() throws {
    var lab = try commitsOnTheirWay()
    try lab.run(until: .executed(1, by: r3))
    let reply = MessageReference.described(
      .reply, from: .replica(r3), to: .client(alice), view: nil, sequence: nil)
    try lab.perform(.alter(reply, .result("LIE")))
    try lab.perform(.deliver(reply))
    try lab.run(until: .accepted(alice))
    #expect(lab.answers(to: alice).first?.hasPrefix("a from") == true)
  }

  @Test func `what a correct sender signed stays as it is, but for what the network destroys`()
    throws
  {
    var lab = try commitsOnTheirWay()
    let refused = refusal(lab, .alter(commit(r1, r2), .view(View(3))))
    #expect(refused?.reason == "R1 is correct: its messages leave as it signs them")
    #expect(
      refused?.help
        == "`silence R1`, `equivocate R1` or `forge` makes it faulty; `corrupt` is open to the network"
    )
    // N4: corrupt bytes are a loss.
    try lab.perform(.alter(commit(r1, r2), .corrupt))
    try lab.run(until: .executed(1))
    try lab.run(100)
    #expect(lab.refusals(.authentic, by: r2) == 1)
    #expect(!lab.world.isFaulty(r1))
  }

  @Test func `an alteration that makes no sense is refused with what is possible`() throws {
    var lab = try commitsOnTheirWay()
    #expect(
      refusal(lab, .alter(commit(r3, r1), .result("LIE")))?.description
        == "a COMMIT has no result that could be altered; view, n, digest and sender can be altered"
    )
    #expect(
      refusal(lab, .alter(commit(r3, r1), .stale))?.reason.hasPrefix(
        "R3 has sent R1 no other COMMIT before") == true)
    try lab.run(until: .executed(1))
    try lab.request(alice, "b")
    try lab.run(until: .executed(2, by: r3))
    let checkpoint = MessageReference.described(
      .checkpoint, from: .replica(r3), to: .replica(r1), view: nil, sequence: nil)
    #expect(
      refusal(lab, .alter(checkpoint, .view(View(1))))?.description
        == "a CHECKPOINT has no view that could be altered; n, digest and sender can be altered")
    try lab.request(bob, "c")
    let request = MessageReference.described(
      .request, from: .client(bob), to: .replica(r0), view: nil, sequence: nil)
    #expect(
      refusal(lab, .alter(request, .withheld))?.reason
        == "bob is correct: its requests leave as it signs them")
    #expect(refusal(lab, .alter(.number(9_999), .corrupt))?.reason == "there is no message #9999")
  }

  @Test func `N2: what has arrived can arrive once more, and does nothing`() throws {
    var lab = Lab()
    try lab.request(alice, "a")
    try lab.run(until: .accepted(alice))
    try lab.run(300)
    let before = lab.world.replicas.map(\.state)
    var replayed = 0
    for happening in lab.happenings {
      if case .receive(let id, let message, .replica, .replica, _) = happening.kind,
        message.kind != .reply
      {
        try lab.perform(.duplicate(.number(id)))
        replayed += 1
      }
    }
    #expect(replayed > 20)
    try lab.run(500)
    #expect(lab.world.replicas.map(\.state) == before)

    // From an old view too: every one of them is refused.
    for replica in [r1, r2, r3] { try lab.fire(replica) }
    try lab.run(until: .view(View(1), .allCorrect))
    let votes = lab.happenings.compactMap { happening -> Int? in
      if case .receive(let id, .prepare, _, _, _) = happening.kind { id } else { nil }
    }
    for id in votes.prefix(6) { try lab.perform(.duplicate(.number(id))) }
    try lab.run(100)
    #expect([r0, r1, r2, r3].map { lab.refusals(.sameView, by: $0) }.reduce(0, +) >= 6)
    #expect(lab.world.violations.isEmpty)
  }
}
