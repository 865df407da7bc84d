import Language
import PBFT
import Simulation
import Testing

private let digestA = Digest(of: [1])
private let digestB = Digest(of: [2])
private let speaker = Speaker(digests: [digestA, digestB])
private let r2 = Principal.replica(ReplicaID(2))
private let signer = Signer(owner: r2, seed: 1, scheme: .ideal)

private func prepare(_ digest: Digest) -> Message {
  .prepare(
    Prepare(
      view: View(0), sequence: SequenceNumber(1), digest: digest, replica: ReplicaID(2), by: signer)
  )
}

@Suite struct `Sentences` {
  @Test(arguments: Rule.allCases)
  func `tell every verdict of every rule, with and without its values`(rule: Rule) {
    let values: [Values] = [
      .none, Values(.have, 2, .need, 3, .n, 14, .high, 10),
      Values(.view, 1, .ownView, 0, .replica, 999, .client, -1),
      Values(.held, .min, .offered, .max, .timestamp, 3, .lastTimestamp, 4),
    ]
    for value in values {
      for finding in [
        Finding.accepted(rule, value), .kept(rule, value), .refused(rule, value),
      ] {
        let sentence = speaker.sentence(finding)
        #expect(!sentence.isEmpty)
        #expect(!sentence.contains("Optional") && !sentence.contains("\n"))
      }
    }
  }

  @Test(arguments: [
    (
      Finding.refused(.withinWatermarks, Values(.n, 14, .low, 0, .high, 10)),
      "n = 14 is above H = 10: only h < n <= H counts (4.2)"
    ),
    (
      .refused(.withinWatermarks, Values(.n, 5, .low, 5, .high, 15)),
      "n = 5 is not above h = 5: only h < n <= H counts (4.2)"
    ),
    (.refused(.withinWatermarks), "n is outside the watermarks: only h < n <= H counts (4.2)"),
    (.accepted(.prepared, Values(.have, 2, .need, 2)), "2 of 2f = 2 matching PREPAREs: prepared"),
    (.accepted(.prepareCounts, Values(.have, 1, .need, 2, .n, 1)), "1 of 2f = 2 matching PREPAREs"),
    (
      .accepted(.committed, Values(.have, 3, .need, 3)),
      "prepared, and 3 of 2f + 1 = 3 matching COMMITs: committed"
    ),
    (.refused(.sameView, Values(.view, 0, .ownView, 1)), "v0 is not v1, the replica's own (4.2)"),
    (
      .kept(.voteForOtherDigest, Values(.held, digestA.number, .offered, digestB.number)),
      "kept, and not counted: it votes for b, the accepted PRE-PREPARE has a (4.2)"
    ),
    (
      .accepted(.join, Values(.have, 2, .need, 2, .view, 3)),
      "2 of f + 1 = 2 VIEW-CHANGEs of others for higher views: it joins v3"
    ),
    (
      .accepted(.backOff, Values(.view, 2, .duration, 4_000_000)),
      "each view change in a row waits twice as long: 4s for v2"
    ),
  ])
  func `carry the values of a finding`(finding: Finding, sentence: String) {
    #expect(speaker.sentence(finding) == sentence)
  }

  @Test func `name digests by letter, null request or first digits`() {
    #expect(speaker.name(of: digestB) == "b")
    #expect(speaker.name(of: Batch.null.digest) == "null")
    #expect(Speaker(unicode: true).name(of: Batch.null.digest) == "∅")
    let other = Digest(of: [3])
    #expect(speaker.name(of: other) == String(other.description.prefix(4)))
  }

  @Test func `tell what happened`() {
    let finding = Finding.accepted(.prepareCounts, Values(.have, 2, .need, 2, .n, 1))
    let happening = Happening(
      step: 16, time: Instant(microseconds: 342_000),
      kind: .receive(
        id: 31, prepare(digestA), from: r2, to: .replica(ReplicaID(1)), finding))
    #expect(
      speaker.sentence(happening)
        == "R1 receives PREPARE v0 n1 a from R2: 2 of 2f = 2 matching PREPAREs: prepared")
    #expect(
      speaker.plain(happening)
        == "   16     0.342     receive    R1 <- R2     #31 PREPARE v0 n1 a  accepted  prepare-counts 2 of 2"
    )
  }

  @Test func `in plain lines stand in stable columns`() {
    let kinds: [Happening.Kind] = [
      .crash(ReplicaID(0)), .fault(.cut(LinkPattern(from: r2, to: nil))),
      .drop(id: 2, prepare(digestB), from: r2, to: .client(ClientID(0)), .cut),
      .timerSet(r2, .viewChange, for: Instant(microseconds: 2_500_001)),
    ]
    let lines = kinds.map {
      speaker.plain(Happening(step: 1_000, time: Instant(microseconds: 12_000_345), kind: $0))
    }
    #expect(
      lines == [
        " 1000    12.000345  crash      R0",
        " 1000    12.000345  fault      -            cut R2>*",
        " 1000    12.000345  drop       R2 -> alice  #2 PREPARE v0 n1 b  cut",
        " 1000    12.000345  timer      R2           view-change set  at 2.500001",
      ])
  }

  @Test func `of a whole run with a crash and a view change are complete`() throws {
    let script = try Script(
      parsing: """
        request alice append x 1
        request bob append x b
        run until executed 2 within 5s
        forge R2>R1 PREPARE v7 n99 bogus
        crash R0
        request alice append x 2
        run until R1 executed 3 and R2 executed 3 within 60s
        restart R0
        run until executed 3 within 60s
        misbehave alice two-operations
        request alice append x 4
        request bob append x 5
        alter REQUEST alice>R1 corrupt
        alter REQUEST alice>R2 drop
        run until executed 4 within 60s
        honest alice
        twin R2 R1 alice | R0 R3
        request alice append x 6
        run 2s
        honest R2
        partition R0 R1 | R2
        """)
    var world = World(script.configuration)
    var lines: [String] = []
    for command in script.commands {
      let happenings = try world.perform(command)
      let speaker = Speaker(digests: world.letters, cluster: world.cluster)
      for happening in happenings {
        let sentence = speaker.sentence(happening)
        #expect(!sentence.isEmpty && !sentence.contains("Optional"))
        #expect(!speaker.plain(happening).contains { $0.isNewline })
        lines.append(sentence)
      }
    }
    #expect(
      lines.contains(
        "from now on alice sends two operations under one timestamp to different replicas; "
          + "clients do not count against f"))
    #expect(
      lines.contains { $0.contains("from alice to R1 is altered, corrupt: it is now REQUEST") })
    #expect(
      lines.contains(
        "from now on R2 runs as two honest copies with one key: the first with R1 and alice, "
          + "the second with R0 and R3; who is not named talks to both"))
    #expect(lines.contains { $0.hasPrefix("second copy: R2 receives") })
    #expect(
      lines.contains(
        "from now on: partition R0 R1 | R2; replicas and clients that are not named are with "
          + "R0 and R1"))
    #expect(lines.contains("R2 makes up PREPARE v7 n99 bogus for R1"))
    #expect(lines.contains { $0.hasPrefix("R1 enters v1: min-s = 0, max-s = 2, takes over n1 a") })
  }

  @Test(arguments: [
    (
      "misbehave R0 withhold COMMIT to R1,R2 n 1..3 v 0",
      "from now on R0 keeps every COMMIT back (withhold), for R1 and R2, at n1 to n3, in v0"
    ),
    (
      "misbehave R0 slow 1.8s",
      "from now on R0 keeps each PRE-PREPARE back for 1.8s, and never lets two leave within it (slow)"
    ),
    (
      "misbehave R3 wrong-votes n 2",
      "from now on R3 changes the digest of each of its PREPAREs and COMMITs (wrong-votes), at n2"
    ),
    (
      "misbehave R1 thin-new-view",
      "from now on R1 sends its NEW-VIEW with a V of 2f = 2 VIEW-CHANGEs (thin-new-view)"
    ),
    (
      "misbehave R3 usurp v 0..2",
      "from now on R3 sends PRE-PREPAREs as if it led, while it is a backup (usurp), in v0 to v2"
    ),
  ])
  func `tell of a misbehaviour with its values`(line: String, sentence: String) throws {
    let command = try Command(parsing: line, in: Vocabulary())
    let happening = Happening(
      step: 1, time: Instant(microseconds: 0), kind: .fault(command))
    #expect(speaker.sentence(happening) == sentence)
    #expect(speaker.plain(happening).hasSuffix(line))
  }

  @Test func `tell what is written to a disk, and what a restart has forgotten`() throws {
    let prepare = PrePrepare(
      view: View(0), sequence: SequenceNumber(1), digest: digestA, replica: ReplicaID(0),
      by: signer)
    let writes = [ReplicaID(0), ReplicaID(1)].map {
      speaker.sentence(
        Happening(step: 1, time: .start, kind: .write($0, .prePrepared(prepare, nil))))
    }
    #expect(
      writes == [
        "R0 writes its PRE-PREPARE v0 n1 a to its disk",
        "R1 writes its PREPARE v0 n1 a to its disk",
      ])
    #expect(
      speaker.sentence(.refused(.durableView, Values(.view, 1, .ownView, 0)))
        == "that it asked for v1 is not on its disk: it is back in v0 (stable storage)")
    #expect(
      try Script(parsing: "restart R2 amnesia\ncorrupt R1\ntimers tie\ntimers spread").commands
        == [
          .restartEmpty(ReplicaID(2)), .corruptState(ReplicaID(1)),
          .spreadTimers(by: .seconds(0)), .spreadTimers(by: World.ordinarySpread),
        ])
    let races = [Duration.seconds(0), .milliseconds(250)].map {
      speaker.sentence(Happening(step: 1, time: .start, kind: .fault(.spreadTimers(by: $0))))
    }
    #expect(
      races == [
        "the view-change timers that are set tie: all run out when the last of them would have",
        "the view-change timers that are set run out one after another, 250ms apart, "
          + "by the number of the replica",
      ])
    let violation = Violation(
      .restartConsistent, SequenceNumber(1), View(0),
      [.init(ReplicaID(2), digestA), .init(ReplicaID(2), digestB)])
    #expect(
      speaker.sentence(violation)
        == "restart-consistent is violated: a restarted replica contradicts what it said before, at n1 in v0: R2 said a, and says b"
    )
  }

  @Test func `open a message into its fields`() {
    let fields = speaker.fields(prepare(digestA))
    #expect(
      fields.map(\.name) == ["type", "v view", "n sequence", "d digest", "sender", "signed by"])
    #expect(fields.last?.value == "R2")
    let forged = Message.prepare(
      Prepare(
        view: View(0), sequence: SequenceNumber(1), digest: digestA, replica: ReplicaID(1),
        by: signer))
    #expect(speaker.fields(forged).last?.value == "R2, but names R1")
  }

  @Test func `tell times in seconds`() {
    #expect(Speaker.seconds(Instant(microseconds: 3_420_000)) == "3.42 s")
    #expect(Speaker.seconds(.start) == "0.00 s")
    #expect(Speaker.seconds(Instant(microseconds: 1_234_567)) == "1.234567 s")
  }
}
