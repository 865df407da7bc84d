import PBFT
import Testing

/// A certificate with one thing wrong with it, and the rule that finds it.
struct Corruption: Sendable, CustomTestStringConvertible {
  let what: String
  let rule: Rule
  let viewChange: ViewChange
  var testDescription: String { what }

  static let bench = Workbench()
  static let digest = bench.a.digest
  static let other = bench.b.digest

  private static func proof(
    _ what: String, _ prePrepare: PrePrepare, _ prepares: [Prepare]
  ) -> Corruption {
    Corruption(
      what: what, rule: .preparedProofs,
      viewChange: bench.viewChange(
        2, from: 2, [PreparedProof(prePrepare: prePrepare, prepares: prepares)]))
  }

  private static func stable(_ what: String, _ proof: StableProof) -> Corruption {
    Corruption(
      what: what, rule: .stableProof, viewChange: bench.viewChange(2, from: 2, stable: proof))
  }

  static let all: [Corruption] = {
    let good = bench.prePrepare(0, 1, digest)
    let one = bench.prepare(0, 1, digest, from: 1)
    let two = bench.prepare(0, 1, digest, from: 2)
    let state = Snapshot().digest
    let marks = [0, 1].map { bench.checkpoint(2, state, from: $0) }
    func c(_ checkpoints: [Checkpoint], digest: Digest? = state) -> StableProof {
      StableProof(sequence: SequenceNumber(2), digest: digest, checkpoints: checkpoints)
    }
    return [
      proof("one PREPARE too few", good, [one]),
      proof("one PREPARE twice", good, [one, one]),
      proof("a PREPARE of the primary", good, [one, bench.prepare(0, 1, digest, from: 0)]),
      proof("a PREPARE for another digest", good, [one, bench.prepare(0, 1, other, from: 2)]),
      proof("a PREPARE for another number", good, [one, bench.prepare(0, 2, digest, from: 2)]),
      proof("a PREPARE of another view", good, [one, bench.prepare(1, 1, digest, from: 2)]),
      proof(
        "a PREPARE signed by another", good,
        [one, bench.prepare(0, 1, digest, from: 3, by: bench.key(2))]),
      proof("a PREPARE of nobody here", good, [one, bench.prepare(0, 1, digest, from: 9)]),
      proof("a PRE-PREPARE of a backup", bench.prePrepare(0, 1, digest, from: 3), [one, two]),
      proof(
        "a PRE-PREPARE signed by another", bench.prePrepare(0, 1, digest, by: bench.key(2)),
        [one, two]),
      proof(
        "a proof of the view asked for", bench.prePrepare(2, 1, digest),
        [bench.prepare(2, 1, digest, from: 1), bench.prepare(2, 1, digest, from: 3)]),
      proof("a proof of view -1", bench.prePrepare(-1, 1, digest, from: 3), [one, two]),
      proof(
        "a proof above the window", bench.prePrepare(0, 5, digest),
        [1, 2].map { bench.prepare(0, 5, digest, from: $0) }),
      proof(
        "a proof for number 0", bench.prePrepare(0, 0, digest),
        [1, 2].map { bench.prepare(0, 0, digest, from: $0) }),
      Corruption(
        what: "two proofs for one number", rule: .preparedProofs,
        viewChange: bench.viewChange(
          2, from: 2,
          [
            PreparedProof(prePrepare: good, prepares: [one, two]),
            bench.proof(1, 1, bench.b, from: [0, 2]),
          ])),
      Corruption(
        what: "a proof below the stable checkpoint", rule: .preparedProofs,
        viewChange: bench.viewChange(
          2, from: 2, [PreparedProof(prePrepare: good, prepares: [one, two])],
          stable: bench.stable(2))),
      stable("one CHECKPOINT too few", c(marks)),
      stable("one CHECKPOINT twice", c(marks + [marks[0]])),
      stable("a CHECKPOINT of another state", c(marks + [bench.checkpoint(2, other, from: 2)])),
      stable("a CHECKPOINT of another number", c(marks + [bench.checkpoint(4, state, from: 2)])),
      stable(
        "a CHECKPOINT signed by another",
        c(marks + [bench.checkpoint(2, state, from: 3, by: bench.key(2))])),
      stable(
        "a CHECKPOINT of nobody here",
        c(marks + [bench.checkpoint(2, state, from: 9, by: bench.key(9))])),
      stable("a stable checkpoint without a digest", c(marks, digest: nil)),
      stable(
        "a stable checkpoint below 0",
        StableProof(sequence: SequenceNumber(-2), digest: nil, checkpoints: [])),
    ]
  }()
}

@Suite struct `Certificates in a VIEW-CHANGE (§4.4)` {
  let bench = Workbench()

  @Test(arguments: Corruption.all)
  func `with one thing wrong are refused and change nothing`(corruption: Corruption) {
    var replica = bench.replica(1)
    let before = replica

    let finding = replica.take(.viewChange(corruption.viewChange))

    #expect(finding?.verdict == .refused)
    #expect(finding?.rule == corruption.rule)
    #expect(replica == before)
  }

  @Test func `that are right count`() {
    var replica = bench.replica(1)
    let whole = bench.viewChange(
      2, from: 2,
      [
        bench.proof(0, 3, bench.a, from: [1, 2]), bench.proof(1, 4, bench.b, from: [0, 3]),
      ], stable: bench.stable(2))

    let finding = replica.take(.viewChange(whole))

    #expect(finding == .accepted(.viewChangeCounts, Values(.have, 1, .need, 3, .view, 2)))
    #expect(replica.viewChanges == [whole])
  }
}
