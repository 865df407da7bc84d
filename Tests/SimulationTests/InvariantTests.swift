import PBFT
import Testing

@testable import Simulation

/// Each promise of the service, broken on purpose, and kept where nothing is wrong.
@Suite struct `Invariants of the service` {
  private static let letter = Configuration(scheme: .ideal)

  private func names(_ violations: [Violation]) -> [String] {
    violations.map(\.invariant.name)
  }

  /// E5: a faulty primary proposes one request at two numbers.
  private func proposedTwice(without rules: RuleSet) throws -> Lab {
    var lab = Lab(clients: 1, rulesOff: rules)
    try lab.perform(.silence(r0))
    try lab.request(alice, "a")
    for n in [1, 2] {
      for backup in [r1, r2, r3] {
        try lab.forge(r0, backup, .prePrepare(v0, SequenceNumber(n), name(alice)))
      }
    }
    try lab.run(400)
    return lab
  }

  @Test func `A33: without the last-reply table a request is executed twice`() throws {
    let wrong = try proposedTwice(without: [.exactlyOnce])
    #expect(wrong.executed(by: r1) == ["1:alice/1", "2:alice/1"])
    let found = try #require(
      wrong.world.violations.first { $0.invariant == .exactlyOnce })
    #expect(found.request == RequestName(alice, Timestamp(1)))
    #expect(found.witnesses.map(\.result) == ["a", "aa"])
    #expect(found.witnesses.map(\.sequence) == [n1, SequenceNumber(2)])
    #expect(wrong.world.violations.contains { $0.invariant == .oneResult })

    let right = try proposedTwice(without: [])
    #expect(right.executed(by: r1) == ["1:alice/1", "2:(alice/1)"])
    #expect(right.world.violations.isEmpty)
  }

  /// Two liars answer alice before anybody has executed anything.
  private func lied(by liars: [ReplicaID]) throws -> Lab {
    var lab = Lab(clients: 1)
    try lab.request(alice, "a")
    for liar in liars {
      try lab.perform(
        .forge(
          Forgery(
            from: liar, to: .client(alice), content: .reply(v0, request(alice), result: "LIE"))))
    }
    try lab.run(1_000)
    return lab
  }

  @Test func `two liars make a client accept what nobody executed; one does not`() throws {
    let wrong = try lied(by: [r2, r3])
    #expect(wrong.answers(to: alice) == ["LIE from R2 R3"])
    let found = try #require(
      wrong.world.violations.first { $0.invariant == .clientAgrees })
    #expect(found.accepted == "LIE")
    #expect(found.witnesses.isEmpty)

    let right = try lied(by: [r3])
    #expect(right.answers(to: alice) == ["a from R0 R1"])
    #expect(right.world.violations.isEmpty)
  }

  @Test func `what a client never sent is not to be executed, by whomever it is signed`() {
    var judge = Judge(settings: Settings(), clients: 1, forgetful: false)
    let own = Self.letter.signer(of: .client(alice))
    let forger = Self.letter.signer(of: .replica(r0))
    func request(_ timestamp: Int, by signer: Signer) -> Request {
      Request(
        .append(key: "x", value: "a"), timestamp: Timestamp(timestamp), client: alice, by: signer)
    }
    let asked = request(1, by: own)
    judge.requested(asked)
    #expect(judge.executed(n1, 0, asked, "a", r1).isEmpty)
    #expect(judge.executed(n1, 0, asked, "a", r2).isEmpty)
    let forged = judge.executed(SequenceNumber(2), 0, request(2, by: forger), "aa", r1)
    #expect(names(forged) == ["only-requested"])
    // What a faulty replica executes is its own affair.
    judge.condemn(r3)
    #expect(judge.executed(SequenceNumber(3), 0, request(3, by: own), "aaa", r3).isEmpty)
    #expect(
      names(judge.executed(SequenceNumber(3), 0, request(3, by: own), "aaa", r2)) == [
        "only-requested"
      ])
    // A faulty client may have signed it and let it come by another way; nobody else can have.
    judge.condemn(alice)
    #expect(judge.executed(SequenceNumber(4), 0, request(4, by: own), "b", r2).isEmpty)
    #expect(
      names(judge.executed(SequenceNumber(5), 0, request(5, by: forger), "b", r2)) == [
        "only-requested"
      ])
  }

  @Test func `checkpoints of correct replicas are equal at a number`() throws {
    var judge = Judge(settings: Settings(), clients: 1, forgetful: false)
    let (n, one, other) = (SequenceNumber(5), Batch.null.digest, Digest.bogus)
    judge.condemn(r3)
    #expect(judge.took(n, other, r3).isEmpty)
    #expect(judge.took(n, one, r0).isEmpty)
    #expect(judge.took(n, one, r1).isEmpty)
    #expect(judge.took(SequenceNumber(10), other, r1).isEmpty)
    let found = try #require(judge.took(n, other, r2).first)
    #expect(found.invariant == .checkpointsEqual)
    #expect(found.witnesses == [.init(r0, one), .init(r2, other)])
  }

  @Test func `a number counts only above h and up to H`() throws {
    var judge = Judge(settings: Settings(), clients: 1, forgetful: false)
    let (low, high) = (SequenceNumber(5), SequenceNumber(15))
    for n in [6, 15] { #expect(judge.uses(SequenceNumber(n), low, high, v0, r1).isEmpty) }
    for n in [5, 16] {
      let found = try #require(judge.uses(SequenceNumber(n), low, high, v0, r1).first)
      #expect(found.invariant == .withinWindow)
      #expect(found.window == Violation.Window(low: low, high: high))
    }
    judge.condemn(r2)
    #expect(judge.uses(SequenceNumber(99), low, high, v0, r2).isEmpty)
  }

  @Test func `what is forgotten is judged no more, and what is not still is`() {
    var judge = Judge(settings: Settings(), clients: 1, forgetful: true)
    let signer = Self.letter.signer(of: .client(alice))
    var requests: [Request] = []
    for t in 1...200 {
      let request = Request(
        .get(key: "x"), timestamp: Timestamp(t), client: alice, by: signer)
      requests.append(request)
      judge.requested(request)
      for replica in [r0, r1, r2] {
        #expect(judge.executed(SequenceNumber(t), 0, request, "nil", replica).isEmpty)
        #expect(judge.executed(SequenceNumber(t), request.digest, replica).isEmpty)
      }
      if t % 10 == 0 { judge.forget(upTo: t - 10) }
    }
    #expect(judge.ledgers[0].entries.count < 80)
    #expect(judge.executed(SequenceNumber(201), 0, requests[0], "nil", r0).isEmpty)
    let again = judge.executed(SequenceNumber(201), 0, requests[198], "nil", r0)
    #expect(names(again) == ["exactly-once"])
    #expect(judge.accepted(Timestamp(1), "no", alice).isEmpty)
    #expect(names(judge.accepted(Timestamp(199), "no", alice)) == ["client-agrees"])
  }
}
