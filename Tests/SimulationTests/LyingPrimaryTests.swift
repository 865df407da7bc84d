import PBFT
import Simulation
import Testing

@Suite struct `A primary that proposes what it should not (§4.2)` {
  @Test func `E3: a second proposal at the same number is refused by who has the first`() throws {
    var lab = Lab()
    try lab.perform(
      .equivocate(
        r0,
        Equivocation(shares: [
          .init(request(alice), [r1, r2]), .init(request(bob), [r3]),
        ])))
    try lab.misbehave(r0, .secondProposal)
    try lab.request(alice, "a")
    try lab.request(bob, "b")
    try lab.run(800)
    for backup in [r1, r2, r3] {
      #expect(
        lab.verdicts(backup, on: .prePrepare, from: r0)
          == ["accepted one-pre-prepare", "refused one-pre-prepare"])
    }
    #expect(lab.phase(r1) == "prepared alice/1")
    #expect(lab.phase(r3) == "pre-prepared bob/1")

    try lab.run(until: .executed(2))
    #expect(lab.selections(of: 1) == [["1:alice/1 v0 R1 R2"]])
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E4: a digest that is not the request's is refused, and the next view serves`() throws
  {
    var lab = Lab()
    try lab.misbehave(r0, .wrongDigest)
    try lab.request(alice, "a")
    try lab.run(1_500)
    for backup in [r1, r2, r3] {
      #expect(lab.verdicts(backup, on: .prePrepare, from: r0) == ["refused digest-matches"])
      #expect(lab.sent(.prepare, by: backup) == 0)
      #expect(lab.phase(backup) == "empty")
    }

    try lab.run(until: .executed(1))
    #expect(lab.held(.timeout).count >= 1)
    #expect(lab.selections(of: 1) == [[]])
    #expect(lab.phase(r1, 1, in: 1) == "committed alice/1")
    try lab.run(until: .accepted(alice))
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E5: a request at two numbers is run once`() throws {
    var lab = Lab()
    try lab.misbehave(r0, .repeatRequest)
    try lab.request(alice, "a")
    try lab.run(1_000)
    for backup in [r1, r2, r3] {
      #expect(lab.phase(backup, 1) == "committed alice/1")
      #expect(lab.phase(backup, 2) == "committed alice/1")
      #expect(lab.executed(by: backup) == ["1:alice/1", "2:(alice/1)"])
      #expect(lab.replica(backup).state.store["x"] == "a")
      #expect(lab.replica(backup).view == v0)
    }
    // It goes on serving, one number further each time.
    try lab.request(bob, "b")
    try lab.run(until: .accepted(bob))
    #expect(lab.replica(r1).state.store["x"] == "ab")
    #expect(lab.entered(1).isEmpty)
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E6: a request that no client has signed is not pre-prepared`() throws {
    var lab = Lab()
    try lab.misbehave(r0, .inventRequest)
    try lab.request(alice, "a")
    try lab.run(1_500)
    for backup in [r1, r2, r3] {
      #expect(lab.verdicts(backup, on: .prePrepare, from: r0) == ["refused requests-authentic"])
      #expect(lab.phase(backup) == "empty")
      #expect(lab.sent(.prepare, by: backup) == 0)
    }
    try lab.run(until: .and(.executed(1), .accepted(alice)))
    #expect(lab.selections(of: 1) == [[]])
    #expect(lab.allAnswers == ["alice/1 a"])
    #expect(lab.world.correct.allSatisfy { lab.replica($0).state.store["x"] == "a" })
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E14: a proposal for a view that it does not lead is never taken up`() throws {
    var lab = Lab()
    try lab.misbehave(r0, .wrongView)
    try lab.request(alice, "a")
    try lab.run(1_500)
    for backup in [r1, r2, r3] {
      // Kept for view 1; sent again, it is there already.
      #expect(
        lab.verdicts(backup, on: .prePrepare, from: r0)
          == ["kept higher-view-kept", "refused one-vote"])
      #expect(lab.phase(backup) == "empty")
      #expect(lab.sent(.prepare, by: backup) == 0)
    }
    try lab.run(until: .and(.executed(1), .accepted(alice)))
    // Kept until view 1 came, and then found to come from a backup of it.
    for backup in [r2, r3] { #expect(lab.refusals(.fromPrimary, by: backup) >= 1) }
    #expect(lab.selections(of: 1) == [[]])
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E14: a PRE-PREPARE of a backup is ignored`() throws {
    var lab = Lab()
    try lab.misbehave(r3, .usurp)
    // alice asks R3 too, which would lead.
    try lab.request(alice, "a")
    try lab.perform(.fire(.client(alice), .retry))
    try lab.run(1_000)
    #expect(lab.sent(.prePrepare, by: r3) >= 3)
    for other in [r0, r1, r2] {
      #expect(lab.verdicts(other, on: .prePrepare, from: r3) == ["refused from-primary"])
      #expect(lab.executed(by: other) == ["1:alice/1"])
      #expect(lab.replica(other).view == v0)
    }
    #expect(lab.world.violations.isEmpty)
  }
}
