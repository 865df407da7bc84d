import PBFT
import Simulation
import Testing

@Suite struct `The catalogue of misbehaviours` {
  @Test(arguments: MisconductKind.allCases)
  func `every kind says what it is and can be done at once as suggested`(kind: MisconductKind)
    throws
  {
    #expect(!kind.title.isEmpty && !kind.sentence.isEmpty && !kind.sentence.hasSuffix("."))
    #expect((kind.form == .none) == kind.parameterHelp.isEmpty)
    for replica in [r0, r3] {
      var lab = Lab()
      let command = kind.suggestion(for: replica, in: lab.world)
      #expect(kind.obstacle(for: replica, in: lab.world) == nil)
      try lab.perform(command)
      #expect(lab.world.misbehaviours(of: replica).map(\.word) == [kind.word])
      #expect(lab.world.isFaulty(replica))
      try lab.request(alice, "a")
      try lab.run(until: .accepted(alice), within: 300)
      #expect(lab.world.violations.isEmpty)
    }
  }

  @Test func `the kinds of the roles are all there are, in their order`() {
    let grouped = MisconductKind.Role.allCases.flatMap { MisconductKind.all($0) }
    #expect(grouped == MisconductKind.allCases)
    #expect(Set(MisconductKind.allCases.map(\.title)).count == MisconductKind.allCases.count)
  }

  @Test func `several at once add up, and honest ends them all`() throws {
    var lab = Lab()
    try lab.misbehave(r3, .lieToClients)
    try lab.misbehave(r3, .withhold, .message(.prepare), to: [r1])
    try lab.misbehave(r3, .withhold, .message(.commit))
    try lab.misbehave(r3, .repeatVotes, .count(2))
    try lab.misbehave(r3, .repeatVotes, .count(3))
    #expect(
      lab.world.misbehaviours(of: r3).map(\.word)
        == ["lie-to-clients", "withhold", "withhold", "repeat-votes"])
    try lab.request(alice, "a")
    try lab.run(600)
    // Three PREPAREs each to R0 and R2, none to R1, no COMMIT, and the lie.
    #expect(lab.sent(.prepare, by: r3) == 6)
    #expect(lab.sent(.commit, by: r3) == 0)
    #expect(lab.answers(to: alice).first?.contains("R3") == false)
    try lab.perform(.honest(r3))
    #expect(lab.world.misbehaviours(of: r3).isEmpty && lab.world.isFaulty(r3))
    try lab.request(alice, "b")
    try lab.run(600)
    #expect(lab.sent(.commit, by: r3) == 3)
  }

  @Test func `a target confines it to recipients, numbers and views`() throws {
    var lab = Lab()
    try lab.perform(
      .misbehave(
        r3,
        Misconduct(
          .withhold, .message(.prepare),
          target: Target(
            to: [.replica(r0)], numbers: SequenceNumber(2)...SequenceNumber(3), views: v0...v0))))
    for text in ["a", "b", "c", "d"] { try lab.request(alice, text) }
    try lab.run(until: .accepted(alice, 4))
    let withheld = lab.happenings.compactMap {
      if case .drop(_, let message, _, let to, .withheld) = $0.kind {
        "\(message.kind.rawValue) \(message.view ?? v0) \(message.sequence?.number ?? 0) \(to)"
      } else {
        nil
      }
    }
    #expect(Set(withheld) == ["PREPARE v0 2 R0", "PREPARE v0 3 R0"])
  }

  private static let nonsense:
    [(ReplicaID, MisconductKind, Misconduct.Parameter?, Target, String)] = [
      (ReplicaID(9), .byHand, nil, .everything, "there is no replica R9; there are R0 to R3"),
      (
        r3, .withhold, nil, .everything,
        "withhold lacks its parameter; the kind of message that it keeps back, such as COMMIT"
      ),
      (r3, .usurp, .count(3), .everything, "usurp takes no parameter"),
      (
        r3, .censor, .client(ClientID(7)), .everything,
        "there is no client heidi; there are alice, bob, carol"
      ),
      (
        r3, .forgeSender, .replica(r3), .everything,
        "R3 in its own name is no forgery; name another replica"
      ),
      (
        r3, .askForView, .view(v0), .everything,
        "R3 is in view 0: nobody listens to a VIEW-CHANGE for view 0; ask for view 1 or a higher one"
      ),
      (
        r3, .wrongVotes, nil, Target(to: [.replica(r3)]),
        "R3 sends nothing to itself; name other recipients"
      ),
      (
        r3, .wrongVotes, nil, Target(to: [.client(alice)]),
        "alice gets none of the messages that wrong-votes is about; name a replica"
      ),
      (
        r3, .lieToClients, nil, Target(to: [.replica(r1)]),
        "R1 gets none of the messages that lie-to-clients is about; name a client"
      ),
      (
        r2, .wrongDigest, nil, Target(views: v0...View(1)),
        "R2 leads none of the views named: only a primary can do this; R2 leads view 2"
      ),
      (
        r0, .twoNewViews, nil, Target(views: v0...View(3)),
        "R0 leads none of the views named: only a primary can do this; R0 leads view 4"
      ),
      (
        r3, .hideProofs, nil, Target(numbers: n1...n1),
        "hide-proofs is about messages without a sequence number; leave `n …` out"
      ),
      (
        r3, .repeatVotes, .count(1), .everything,
        "1 times is no repetition; how often, 2 to 20 times"
      ),
      (r3, .wrongVotes, .word("lunch"), .everything, "wrong-votes lacks its parameter; "),
    ]

  @Test(arguments: nonsense.indices)
  func `what makes no sense is refused with the reason and what would help`(index: Int) throws {
    let (replica, kind, parameter, target, words) = Self.nonsense[index]
    var lab = Lab()
    let before = lab.world.step
    let command = Command.misbehave(replica, Misconduct(kind, parameter, target: target))
    let refusal = #expect(throws: Refusal.self) { try lab.perform(command) }
    #expect(refusal?.description.hasPrefix(words) == true, "\(refusal?.description ?? "")")
    #expect(lab.world.step == before && lab.world.faultCount == 0)
  }

  @Test func `a crashed or silent replica is refused, and so is a view gone by`() throws {
    var lab = Lab()
    try lab.perform(.crash(r2))
    #expect(throws: Refusal("R2 is crashed and can do nothing", help: "`restart R2` first")) {
      try lab.misbehave(r2, .lieToClients)
    }
    try lab.perform(.silence(r3))
    #expect(
      throws: Refusal(
        "R3 is silent and sends nothing that could be wrong", help: "`honest R3` first")
    ) { try lab.misbehave(r3, .lieToClients) }
    try lab.fire(r1)
    #expect(
      throws: Refusal(
        "R1 is in view 1, and views never go back", help: "view 1 or a higher one can be named")
    ) {
      try lab.perform(.misbehave(r1, Misconduct(.wrongVotes, target: Target(views: v0...v0))))
    }
  }

  @Test func `a backup is told when it begins`() {
    let world = Lab().world
    #expect(
      MisconductKind.skipNumber.delay(for: r2, in: world)
        == "R2 is a backup of view 0: it begins when R2 leads, in view 2")
    #expect(MisconductKind.skipNumber.delay(for: r0, in: world) == nil)
    #expect(MisconductKind.wrongVotes.delay(for: r2, in: world) == nil)
    #expect(
      MisconductKind.thinNewView.delay(for: r0, in: world)
        == "it begins when R0 becomes the primary of a new view, view 4 at the earliest")
  }

  @Test func `a backup has no shares to equivocate with, and nothing executed is proposed`() throws
  {
    var lab = Lab()
    let plan = Equivocation(shares: [.init(request(alice), [r1]), .init(request(bob), [r3])])
    #expect(
      throws: Refusal(
        "R2 is a backup of view 0 and does not propose alice/1",
        help: "R0 leads view 0; without shares R2 equivocates in its votes")
    ) { try lab.perform(.equivocate(r2, plan)) }
    try lab.request(alice, "a")
    try lab.run(600)
    #expect(
      throws: Refusal(
        "alice/1 has been executed and is proposed no more",
        help: "alice/2 would be its next request")
    ) { try lab.perform(.equivocate(r0, plan)) }
    #expect(lab.world.faultCount == 0)
    try lab.perform(.equivocate(r2, Equivocation()))
  }

  @Test func `a forgery names replicas that exist, and makes its forger faulty`() throws {
    var lab = Lab()
    let none = Refusal("there is no replica R9", help: "there are R0 to R3")
    let vote = Forgery.Content.commit(v0, n1, .bogus)
    let r9 = ReplicaID(9)
    #expect(throws: none) { try lab.forge(r9, r1, vote) }
    #expect(throws: none) { try lab.forge(r1, r9, vote) }
    // The name of a stranger is a name too, as long as the largest cluster has it.
    let nobody = Refusal("there is no replica R13", help: "there are R0 to R3")
    #expect(throws: nobody) {
      try lab.perform(
        .forge(Forgery(from: r1, to: .replica(r2), claim: ReplicaID(13), content: vote)))
    }
    #expect(lab.world.faultCount == 0)
    try lab.forge(r1, r2, vote)
    #expect(lab.world.isFaulty(r1))
    try lab.perform(.forge(Forgery(from: r1, to: .replica(r2), claim: r9, content: vote)))
    try lab.run(1_000)
    #expect(lab.refusals(.knownSender, by: r2) == 1)
  }
}
