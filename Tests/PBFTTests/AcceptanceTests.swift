import PBFT
import Testing

/// A message that one condition keeps from having any effect: at replica 1, after what went before.
struct Refused: Sendable, CustomTestStringConvertible {
  let what: String
  var before: [Message] = []
  let message: Message
  let finding: Finding
  var testDescription: String { "\(finding.rule.name): \(what)" }

  static let bench = Workbench()
  static let a = bench.a
  static let b = bench.b

  static let proposed = Message.prePrepare(bench.prePrepare(0, 1, a.digest), a)
  /// Two VIEW-CHANGEs of others: it joins them, and works in no view.
  static let leaving = [2, 3].map { Message.viewChange(bench.viewChange(2, from: $0)) }
  static let entering = Message.newView(
    bench.newView(2, [0, 2, 3].map { bench.viewChange(2, from: $0) }))

  static func hash(_ batch: Batch) -> Int { batch.digest.number }

  static let proposals: [Refused] = [
    Refused(
      what: "signed by another than it names",
      message: .prePrepare(bench.prePrepare(0, 1, a.digest, by: bench.key(2)), a),
      finding: .refused(.authentic)),
    Refused(
      what: "by nobody of this cluster", message: .prepare(bench.prepare(0, 1, a.digest, from: 7)),
      finding: .refused(.knownSender, Values(.replica, 7))),
    Refused(
      what: "from a backup", message: .prePrepare(bench.prePrepare(0, 1, a.digest, from: 2), a),
      finding: .refused(.fromPrimary, Values(.replica, 2, .need, 0, .view, 0))),
    Refused(
      what: "with other requests", message: .prePrepare(bench.prePrepare(0, 1, a.digest), b),
      finding: .refused(.digestMatches, Values(.offered, hash(a), .held, hash(b)))),
    Refused(
      what: "with an invented request",
      message: { () -> Message in
        let invented = Batch([bench.request(1, by: bench.key(0))])
        return .prePrepare(bench.prePrepare(0, 1, invented.digest), invented)
      }(), finding: .refused(.requestsAuthentic, Values(.client, 1))),
    Refused(
      what: "a second one for the number", before: [proposed],
      message: .prePrepare(bench.prePrepare(0, 1, b.digest), b),
      finding: .refused(.onePrePrepare, Values(.n, 1, .held, hash(a), .offered, hash(b)))),
    Refused(
      what: "at h", message: .prePrepare(bench.prePrepare(0, 0, a.digest), a),
      finding: .refused(.withinWatermarks, Values(.n, 0, .low, 0, .high, 4))),
    Refused(
      what: "above H", message: .prePrepare(bench.prePrepare(0, 5, a.digest), a),
      finding: .refused(.withinWatermarks, Values(.n, 5, .low, 0, .high, 4))),
    Refused(
      what: "while the view changes", before: leaving, message: proposed,
      finding: .refused(.active, Values(.view, 0, .ownView, 2))),
    Refused(
      what: "of a view left behind", before: [entering], message: proposed,
      finding: .refused(.sameView, Values(.view, 0, .ownView, 2))),
  ]

  static let votes: [Refused] = [
    Refused(
      what: "a PREPARE of the primary", before: [proposed],
      message: .prepare(bench.prepare(0, 1, a.digest, from: 0)),
      finding: .refused(.notFromPrimary, Values(.replica, 0, .view, 0))),
    Refused(
      what: "a second PREPARE", before: [.prepare(bench.prepare(0, 1, a.digest, from: 2))],
      message: .prepare(bench.prepare(0, 1, b.digest, from: 2)),
      finding: .refused(
        .oneVote, Values(.replica, 2, .n, 1, .held, hash(a), .offered, hash(b)))),
    Refused(
      what: "a second COMMIT", before: [.commit(bench.commit(0, 1, a.digest, from: 0))],
      message: .commit(bench.commit(0, 1, b.digest, from: 0)),
      finding: .refused(
        .oneVote, Values(.replica, 0, .n, 1, .held, hash(a), .offered, hash(b)))),
    Refused(
      what: "a COMMIT above H", message: .commit(bench.commit(0, 5, a.digest, from: 0)),
      finding: .refused(.withinWatermarks, Values(.n, 5, .low, 0, .high, 4))),
    Refused(
      what: "a CHECKPOINT between two checkpoints",
      message: .checkpoint(bench.checkpoint(3, a.digest, from: 0)),
      finding: .refused(.checkpointInterval, Values(.n, 3, .interval, 2))),
    Refused(
      what: "a CHECKPOINT at 0", message: .checkpoint(bench.checkpoint(0, a.digest, from: 0)),
      finding: .refused(.checkpointInterval, Values(.n, 0, .interval, 2))),
    Refused(
      what: "a second CHECKPOINT",
      before: [.checkpoint(bench.checkpoint(2, a.digest, from: 0))],
      message: .checkpoint(bench.checkpoint(2, b.digest, from: 0)),
      finding: .refused(
        .oneVote, Values(.replica, 0, .n, 2, .held, hash(a), .offered, hash(b)))),
    Refused(
      what: "more of higher views than are kept",
      before: (0..<16).map { .commit(bench.commit($0 / 4 + 1, $0 % 4 + 1, a.digest, from: 0)) },
      message: .commit(bench.commit(9, 1, a.digest, from: 0)),
      finding: .refused(.bufferBound, Values(.replica, 0, .have, 16, .need, 16))),
  ]

  static let requests: [Refused] = [
    Refused(
      what: "signed by another client",
      message: .request(bench.request(1, by: bench.key(ofClient: 0))),
      finding: .refused(.authentic)),
    Refused(
      what: "older than the one that waits", before: [.request(bench.request(0, 2))],
      message: .request(bench.request(0, 1)),
      finding: .refused(.requestNewest, Values(.timestamp, 1, .held, 2))),
    Refused(
      what: "a REPLY at a replica",
      message: .reply(
        Reply(
          view: View(0), timestamp: Timestamp(1), client: ClientID(0), replica: ReplicaID(2),
          result: "", by: bench.key(2))), finding: .refused(.replyCurrent)),
  ]

  static let views: [Refused] = [
    Refused(
      what: "for the own view", message: .viewChange(bench.viewChange(0, from: 2)),
      finding: .refused(.viewChangeCurrent, Values(.view, 0, .ownView, 0))),
    Refused(
      what: "for a view entered already", before: [entering],
      message: .viewChange(bench.viewChange(2, from: 3)),
      finding: .refused(.viewChangeCurrent, Values(.view, 2, .ownView, 2))),
    Refused(
      what: "a second one of its sender", before: [.viewChange(bench.viewChange(3, from: 2))],
      message: .viewChange(bench.viewChange(2, from: 2)),
      finding: .refused(.viewChangeOnce, Values(.replica, 2, .view, 2, .held, 3))),
    Refused(
      what: "a NEW-VIEW of another",
      message: .newView(
        bench.newView(2, [0, 2, 3].map { bench.viewChange(2, from: $0) }, from: 3)),
      finding: .refused(.newViewFromPrimary, Values(.replica, 3, .view, 2))),
    Refused(
      what: "a second NEW-VIEW", before: [entering], message: entering,
      finding: .refused(.newViewCurrent, Values(.view, 2, .ownView, 2))),
    Refused(
      what: "2f members",
      message: .newView(bench.newView(2, [0, 2].map { bench.viewChange(2, from: $0) })),
      finding: .refused(.newViewQuorum, Values(.have, 2, .need, 3, .view, 2))),
    Refused(
      what: "one member twice",
      message: .newView(bench.newView(2, [0, 2, 2].map { bench.viewChange(2, from: $0) })),
      finding: .refused(.newViewQuorum, Values(.have, 2, .need, 3, .view, 2))),
    Refused(
      what: "a member that asks for another view",
      message: .newView(
        bench.newView(
          2, [0, 2].map { bench.viewChange(2, from: $0) } + [bench.viewChange(3, from: 3)])),
      finding: .refused(.newViewQuorum, Values(.have, 2, .need, 3, .view, 2))),
    Refused(
      what: "a member with an invalid proof",
      message: .newView(
        bench.newView(
          2,
          [0, 2].map { bench.viewChange(2, from: $0) }
            + [bench.viewChange(2, from: 3, [bench.proof(0, 1, a, from: [1])])])),
      finding: .refused(.newViewQuorum, Values(.have, 2, .need, 3, .view, 2))),
    Refused(
      what: "an O that leaves out what is proved",
      message: .newView(
        bench.newView(
          2,
          [0, 2].map { bench.viewChange(2, from: $0) }
            + [bench.viewChange(2, from: 3, [bench.proof(0, 1, a, from: [1, 3])])])),
      finding: .refused(.newViewComputed, Values(.have, 0, .need, 1, .minS, 0, .maxS, 1))),
    Refused(
      what: "an O with another digest",
      message: .newView(
        bench.newView(
          2,
          [0, 2].map { bench.viewChange(2, from: $0) }
            + [bench.viewChange(2, from: 3, [bench.proof(0, 1, a, from: [1, 3])])],
          [bench.prePrepare(2, 1, b.digest)])),
      finding: .refused(.newViewComputed, Values(.have, 1, .need, 1, .minS, 0, .maxS, 1))),
  ]

  static let data: [Refused] = [
    Refused(
      what: "that nobody asked for",
      message: .data(
        DataMessage(
          .batch(SequenceNumber(1), a.digest), .batch(a), replica: ReplicaID(2),
          by: bench.key(2))), finding: .refused(.dataWanted, Values(.n, 1))),
    Refused(
      what: "other than what was asked for",
      before: [.prePrepare(bench.prePrepare(0, 1, a.digest), nil)],
      message: .data(
        DataMessage(
          .batch(SequenceNumber(1), a.digest), .batch(b), replica: ReplicaID(2),
          by: bench.key(2))),
      finding: .refused(.dataDigest, Values(.n, 1, .held, hash(a), .offered, hash(b)))),
    Refused(
      what: "an invented request behind a digest",
      before: [
        .prePrepare(bench.prePrepare(0, 1, Batch([bench.request(1, by: bench.key(0))]).digest), nil)
      ],
      message: { () -> Message in
        let invented = Batch([bench.request(1, by: bench.key(0))])
        return .data(
          DataMessage(
            .batch(SequenceNumber(1), invented.digest), .batch(invented), replica: ReplicaID(0),
            by: bench.key(0)))
      }(), finding: .refused(.requestsAuthentic, Values(.client, 1))),
    Refused(
      what: "a question for what is not held",
      message: .fetch(
        Fetch(.batch(SequenceNumber(1), a.digest), replica: ReplicaID(2), by: bench.key(2))),
      finding: .refused(.dataHeld, Values(.n, 1, .replica, 2))),
  ]

  static let all = proposals + votes + requests + views + data
}

@Suite struct `Every condition of acceptance (§4.1 to §4.4)` {
  @Test(arguments: Refused.all)
  func `refuses with its rule and its values, and changes nothing`(refused: Refused) {
    var replica = Refused.bench.replica(1)
    for message in refused.before { replica.take(message) }
    let before = replica

    let effects = replica.step(.receive(refused.message, link: refused.message.author))

    #expect(effects == [.judged(refused.finding)])
    #expect(replica == before)
  }

  @Test func `a stale timer does nothing`() {
    var replica = Refused.bench.replica(1)
    replica.take(Refused.proposed)
    let before = replica
    #expect(
      replica.step(.timer(.viewChange, token: 99)) == [.held(.refused(.timerCurrent))])
    #expect(replica.step(.timer(.resend, token: 99)) == [.held(.refused(.timerCurrent))])
    #expect(replica == before)
  }

  @Test func `a body that comes while the view changes brings no vote`() {
    let bench = Refused.bench
    var replica = bench.replica(1)
    replica.take(.prePrepare(bench.prePrepare(0, 1, bench.a.digest), nil))
    for other in [2, 3] { replica.take(.prepare(bench.prepare(0, 1, bench.a.digest, from: other))) }
    for message in Refused.leaving { replica.take(message) }

    let effects = replica.step(
      .receive(
        .data(
          DataMessage(
            .batch(SequenceNumber(1), bench.a.digest), .batch(bench.a), replica: ReplicaID(2),
            by: bench.key(2))), link: .replica(ReplicaID(2))))

    #expect(effects.count == 1)
    #expect(replica.log[SequenceNumber(1)]?.batch == bench.a)
  }

  @Test func `a bare digest is voted for when its requests have come`() {
    let bench = Refused.bench
    var replica = bench.replica(1)
    let bare = replica.step(
      .receive(
        .prePrepare(bench.prePrepare(0, 1, bench.a.digest), nil), link: .replica(ReplicaID(0))))
    #expect(!bare.contains(.broadcast(.prepare(bench.prepare(0, 1, bench.a.digest, from: 1)))))

    let whole = replica.step(
      .receive(
        .prePrepare(bench.prePrepare(0, 1, bench.a.digest), bench.a), link: .replica(ReplicaID(0))))
    #expect(whole.contains(.broadcast(.prepare(bench.prepare(0, 1, bench.a.digest, from: 1)))))
  }

  @Test func `a missing body is asked of all who voted for it`() {
    let bench = Refused.bench
    var replica = bench.replica(1)
    replica.take(.prePrepare(bench.prePrepare(0, 1, bench.a.digest), nil))
    for other in [2, 3] { replica.take(.prepare(bench.prepare(0, 1, bench.a.digest, from: other))) }

    let effects = replica.step(.timer(.resend, token: Replica.forcedToken))

    let fetch = Fetch(
      .batch(SequenceNumber(1), bench.a.digest), replica: ReplicaID(1), by: bench.key(1))
    for other in [0, 2, 3] {
      #expect(effects.contains(.send(.fetch(fetch), to: .replica(ReplicaID(other)))))
    }
  }

  @Test func `a state transfer does not end the wait for a NEW-VIEW`() {
    let bench = Refused.bench
    var replica = bench.replica(1)
    for message in Refused.leaving { replica.take(message) }
    #expect(replica.viewChangeTimer?.purpose == .newView)
    for other in [0, 2] {
      replica.take(.checkpoint(bench.checkpoint(6, bench.a.digest, from: other)))
    }
    #expect(replica.transfer?.sequence == SequenceNumber(6))
    #expect(replica.viewChangeTimer?.purpose == .newView)
  }
}
