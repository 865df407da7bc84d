import PBFT
import Simulation
import Testing

@Suite struct `A new primary that misbehaves (§4.4)` {
  /// A is prepared everywhere and executed at R3 only; then all ask for view 1, whose primary is R1.
  private func viewChange(
    _ kind: MisconductKind, _ parameter: Misconduct.Parameter? = nil, to: [ReplicaID]? = nil
  ) throws -> Lab {
    var lab = Lab(clientTimeout: .seconds(10))
    try lab.request(alice, "a")
    try lab.run(190)
    for message in lab.world.inFlight
    where message.message.kind == .commit && message.to != .replica(r3) {
      try lab.perform(.drop(.number(message.id)))
    }
    try lab.run(70)
    #expect(lab.executed(by: r3) == ["1:alice/1"])
    #expect([r0, r1, r2].allSatisfy { lab.executed(by: $0).isEmpty })
    try lab.misbehave(r1, kind, parameter, to: to)
    for replica in [r0, r2, r3] { try lab.fire(replica) }
    return lab
  }

  @Test func `E20: a NEW-VIEW that omits what V proves is refused, and view 2 keeps it`() throws {
    var lab = try viewChange(.omitInNewView)
    try lab.run(1_000)
    for backup in [r0, r2, r3] {
      #expect(lab.refusals(.newViewComputed, by: backup) >= 1)
      #expect(!lab.entered(1).contains(backup))
    }
    try lab.run(until: .executed(1))
    // Three were fired by hand; the refused NEW-VIEW lets a timer run out.
    #expect(lab.held(.timeout).count > 3)
    #expect(lab.selections(of: 2).count == 1)
    #expect(lab.selections(of: 2).first?.first?.hasPrefix("1:alice/1 v0") == true)
    for replica in [r0, r2] { #expect(lab.executed(by: replica) == ["1:alice/1"]) }
    #expect(lab.executed(by: r3) == ["1:alice/1"])
    #expect(lab.world.violations.isEmpty)
  }

  @Test(arguments: ["few", "twice", "other"])
  func `E22: a NEW-VIEW whose V proves too little is refused`(flaw: String) throws {
    var lab = try viewChange(.thinNewView, .word(flaw))
    try lab.run(1_000)
    for backup in [r0, r2, r3] {
      #expect(lab.refusals(.newViewQuorum, by: backup) >= 1)
      #expect(!lab.entered(1).contains(backup))
    }
    try lab.run(until: .executed(1))
    #expect(lab.selections(of: 2).first?.first?.hasPrefix("1:alice/1 v0") == true)
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E23: without a NEW-VIEW Tw expires, and view 2 comes with 2 Tw`() throws {
    var lab = try viewChange(.withhold, .message(.newView))
    try lab.run(1_000)
    #expect(lab.entered(1) == [r1])
    try lab.run(until: .executed(1))
    let backOffs = lab.happenings.compactMap {
      if case .rule(_, let finding) = $0.kind, finding.rule == .backOff,
        finding.verdict == .accepted
      {
        finding.values[.duration]
      } else {
        nil
      }
    }
    #expect(backOffs.first == 4_000_000)
    #expect(Set(lab.entered(2)).isSuperset(of: [r0, r2, r3]))
    #expect(lab.selections(of: 2).first?.first?.hasPrefix("1:alice/1 v0") == true)
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E23, X10: of seven, the primaries of views 0 and 1 are faulty, and view 2 works`()
    throws
  {
    let seven = try #require(Cluster(replicaCount: 7))
    var lab = Lab(cluster: seven)
    try lab.perform(.silence(r0))
    try lab.misbehave(r1, .withhold, .message(.newView))
    try lab.request(alice, "a")
    try lab.run(until: .and(.executed(1), .accepted(alice)))
    #expect(lab.world.correct.allSatisfy { lab.replica($0).view == View(2) })
    #expect(lab.sent(.newView, by: r2) >= 5)
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E24: who got the NEW-VIEW passes it on, and all work in view 1`() throws {
    var lab = try viewChange(.withhold, .message(.newView), to: [r0, r3])
    try lab.run(500)
    #expect(lab.entered(1).filter { $0 != r1 } == [r2])
    // It is signed by R1: R2 answers the STATUS of the others with it.
    try lab.run(until: .and(.executed(1), .accepted(alice)))
    #expect(Set(lab.entered(1)) == [r0, r1, r2, r3])
    #expect(lab.held(.timeout).filter { $0 == r0 }.count == 1)
    #expect(lab.verdicts(r0, on: .newView, from: r2).first == "accepted new-view-computed")
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E24: who cannot pass it on is active alone, and follows f + 1 into view 2`() throws {
    var lab = try viewChange(.withhold, .message(.newView), to: [r0, r3])
    try lab.run(190)
    try lab.perform(.cut(LinkPattern(from: .replica(r2), to: nil)))
    try lab.run(1_000)
    #expect(lab.entered(1).filter { $0 != r1 } == [r2])
    #expect(!lab.replica(r0).isActive && !lab.replica(r3).isActive)
    // Their timers run out a little before its own.
    for replica in [r0, r3] { try lab.fire(replica) }
    try lab.heal()
    // It leads view 2: with the VIEW-CHANGEs of R0 and R3 and its own it enters at once.
    try lab.run(until: .view(View(2), .replica(r2)))
    #expect(lab.held(.join).contains(r2))
    try lab.run(until: .executed(1))
    #expect(Set(lab.entered(2)).isSuperset(of: [r0, r2, r3]))
    #expect(lab.selections(of: 2).first?.first?.hasPrefix("1:alice/1") == true)
    #expect(lab.world.violations.isEmpty)
  }

  /// A is prepared at R1 only: its own VIEW-CHANGE decides whether O holds A.
  private func preparedAtR1(to recipients: [ReplicaID]?) throws -> Lab {
    var lab = Lab(clientTimeout: .seconds(10))
    try lab.request(alice, "a")
    try lab.run(125)
    for message in lab.world.inFlight
    where message.message.kind == .prepare && message.to != .replica(r1) {
      try lab.perform(.drop(.number(message.id)))
    }
    try lab.run(60)
    #expect(lab.phase(r1) == "prepared alice/1")
    #expect(lab.phase(r2) == "pre-prepared alice/1")
    try lab.misbehave(r1, .twoNewViews, to: recipients)
    for replica in [r0, r2, r3] { try lab.fire(replica) }
    try lab.run(500)
    return lab
  }

  @Test func `E21: of two valid NEW-VIEWs at most one gathers quorums`() throws {
    var lab = try preparedAtR1(to: nil)
    // R0 and R2 entered view 1 with A, R3 without: both were valid.
    #expect(lab.selections(of: 1) == [["1:alice/1 v0 R1"], []])
    #expect(Set(lab.entered(1)) == [r0, r1, r2, r3])
    #expect(lab.phase(r0, 1, in: 1) == "committed alice/1")
    #expect(lab.phase(r3, 1, in: 1) == "empty")
    try lab.run(until: .and(.executed(1), .accepted(alice)))
    #expect(lab.world.correct.allSatisfy { lab.replica($0).state.store["x"] == "a" })
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E21: split evenly nothing commits at once, and then only one of the two`() throws {
    var lab = try preparedAtR1(to: [r2, r3])
    #expect(lab.selections(of: 1).count == 2)
    // R1 votes for A; R0 alone agrees.
    #expect(lab.world.correct.allSatisfy { lab.phase($0, 1, in: 1) != "committed alice/1" })
    try lab.run(until: .and(.executed(1), .accepted(alice)))
    // R2 and R3 hold nothing at n = 1 and say so; R1 proposes A to them, and only A can gather a quorum.
    #expect(lab.world.correct.allSatisfy { lab.phase($0, 1, in: 1) == "committed alice/1" })
    #expect(lab.world.correct.allSatisfy { lab.replica($0).state.store["x"] == "a" })
    #expect(lab.world.violations.isEmpty)
  }
}
