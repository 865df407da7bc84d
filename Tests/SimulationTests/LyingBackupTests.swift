import PBFT
import Simulation
import Testing

@Suite struct `A backup that lies (§4.1, §4.2, §4.3)` {
  @Test(arguments: ["digest", "view", "number"])
  func `E17: wrong votes are not counted, and nothing changes`(part: String) throws {
    var lab = Lab()
    try lab.misbehave(r3, .wrongVotes, .word(part))
    try lab.request(alice, "a")
    try lab.run(600)
    for other in [r0, r1, r2] {
      let verdicts = lab.verdicts(other, on: .prepare, from: r3)
      switch part {
      case "digest": #expect(verdicts == ["kept vote-for-other-digest"])
      case "view": #expect(verdicts == ["kept higher-view-kept"])
      default: #expect(verdicts == ["kept vote-before-proposal"])
      }
      // R1's and R2's PREPAREs, and the COMMITs of R0, R1 and R2: none of R3's.
      #expect(lab.tally(other, .prepared) == 2)
      #expect(lab.tally(other, .committed) == 3)
      #expect(lab.executed(by: other) == ["1:alice/1"])
      let slot = lab.replica(other).log[n1]
      #expect(slot?.matchingCommits() == 3)
    }
    #expect(lab.answers(to: alice).count == 1)
    #expect(lab.entered(1).isEmpty && lab.world.violations.isEmpty)
  }

  @Test func `E17: a vote repeated is one vote`() throws {
    var lab = Lab()
    try lab.misbehave(r3, .repeatVotes, .count(5))
    // Without R2 the votes of R3 are needed, and one of them is not enough for two.
    try lab.perform(.crash(r2))
    try lab.perform(.crash(r1))
    try lab.request(alice, "a")
    try lab.run(600)
    #expect(lab.refusals(.oneVote, by: r0) == 4)
    #expect(lab.replica(r0).log[n1]?.prepares.count == 1)
    #expect(lab.phase(r0) == "pre-prepared alice/1")
    try lab.perform(.restart(r1))
    try lab.run(until: .accepted(alice))
    #expect(lab.executed(by: r0) == ["1:alice/1"])
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E18: a lying reply is outvoted`() throws {
    var lab = Lab()
    try lab.misbehave(r3, .lieToClients)
    // The lie comes first, and nobody repeats it.
    for replica in [r0, r1, r2] {
      try lab.perform(
        .delay(
          LinkPattern(from: .replica(replica), to: .client(alice)), by: .milliseconds(100)))
    }
    try lab.request(alice, "a")
    try lab.run(300)
    #expect(lab.world.clients[0].replies.map(\.result) == ["LIE"])
    #expect(lab.answers(to: alice).isEmpty)
    try lab.run(600)
    let answers = lab.answers(to: alice)
    #expect(answers.count == 1)
    #expect(answers.first?.hasPrefix("a from") == true && answers.first?.contains("R3") == false)
  }

  @Test func `E19: a lone VIEW-CHANGE for a high view moves nobody, however often it comes`() throws
  {
    var lab = Lab(checkpointInterval: 5, logSize: 10)
    try lab.misbehave(r3, .askForView, .view(View(9)))
    for round in 0..<8 {
      try lab.request(alice, "\(round)")
      try lab.run(1_000)
    }
    // Sent again after each resend period, to three others each time.
    #expect(lab.sent(.viewChange, by: r3) >= 9)
    for other in [r0, r1, r2] {
      #expect(
        lab.verdicts(other, on: .viewChange, from: r3)
          == ["accepted view-change-counts", "refused view-change-once"])
      #expect(lab.replica(other).view == v0 && lab.replica(other).isActive)
    }
    #expect(lab.answers(to: alice).count == 8)
    #expect(lab.held(.join).isEmpty)
  }

  @Test func `E19: with one honest VIEW-CHANGE for view 1 all go to view 1, not to 9`() throws {
    var lab = Lab()
    try lab.misbehave(r3, .askForView, .view(View(9)))
    try lab.run(100)
    try lab.fire(r2)
    try lab.run(1_000)
    // f + 1 = 2 ask for views above 0: R0 and R1 join the smallest of them.
    #expect(Set(lab.held(.join)).subtracting([r3]) == [r0, r1])
    for other in [r0, r1, r2] { #expect(lab.replica(other).view == View(1)) }
    #expect(lab.askedFor(9).isEmpty)
    try lab.request(alice, "a")
    try lab.run(until: .accepted(alice))
    #expect([r0, r1, r2].allSatisfy { lab.replica($0).view == View(1) })
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E19g: what claims another's name fails authentication`() throws {
    var lab = Lab()
    try lab.misbehave(r3, .forgeSender, .replica(r2))
    try lab.request(alice, "a")
    try lab.run(600)
    for other in [r0, r1, r2] {
      // A PREPARE and a COMMIT in R2's name.
      #expect(lab.refusals(.authentic, by: other) == 2)
      #expect(lab.executed(by: other) == ["1:alice/1"])
      #expect(lab.replica(other).view == v0)
    }
    let authors = lab.replica(r0).log[n1]?.prepares.map(\.replica).sorted()
    #expect(authors == [r1, r2, r3])
    #expect(lab.world.violations.isEmpty)
  }
}
