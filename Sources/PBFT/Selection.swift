/// What a new view takes over: *O*, computed from *V* (§4.4).
///
/// The new primary computes it to propose, and every backup computes it again to check: one function for
/// both.
public struct Selection: Hashable, Sendable {
  /// Why a number carries its digest into the new view.
  public enum Reason: Hashable, Sendable {
    /// A proof of this view, held by these members of V, was the one of the highest view.
    case proof(View, from: [ReplicaID])
    /// No member of V proves anything for this number.
    case null
  }

  /// One number of O.
  public struct Row: Hashable, Sendable {
    public let sequence: SequenceNumber
    public let digest: Digest
    public let reason: Reason
  }

  /// *min-s*: the latest stable checkpoint in V.
  public let minS: SequenceNumber
  /// *max-s*: the highest number with a proof in V.
  public let maxS: SequenceNumber
  /// The proof of the checkpoint at min-s.
  public let stable: StableProof
  /// A row for each number above min-s up to max-s.
  public let rows: [Row]
  /// How many numbers up to max-s have no row, because there would be more than `mostRows`.
  public let omitted: Int

  /// As many rows as the largest window can hold.
  ///
  /// With watermarks there are never more; without them one PRE-PREPARE for n = 1,000,000 makes an O of a
  /// million, of which only so many are made.
  public static let mostRows = 4_000

  /// Computes O from V.
  ///
  /// The VIEW-CHANGEs must have been found valid.
  public init(from viewChanges: [ViewChange], rulesOff: RuleSet) {
    // min-s is the latest stable checkpoint in V, max-s the highest sequence number in a P of V (§4.4).
    var stable = StableProof.start
    for viewChange in viewChanges where viewChange.stable.sequence > stable.sequence {
      stable = viewChange.stable
    }
    let minS = stable.sequence
    var maxS = minS
    for viewChange in viewChanges {
      for proof in viewChange.prepared { maxS = max(maxS, proof.sequence) }
    }
    var rows: [Row] = []
    let last = min(maxS, minS + Self.mostRows)
    for number in minS.number..<last.number {
      let n = SequenceNumber(number + 1)
      // Of several proofs for n the one of the highest view is taken; without one, null (§4.4).
      var chosen: PreparedProof?
      for viewChange in viewChanges {
        for proof in viewChange.prepared where proof.sequence == n {
          let better =
            rulesOff.contains(.highestView)
            ? proof.view < chosen?.view ?? View(.max) : proof.view > chosen?.view ?? View(-1)
          if better { chosen = proof }
        }
      }
      if let chosen {
        let holders = viewChanges.filter { viewChange in
          viewChange.prepared.contains {
            $0.sequence == n && $0.view == chosen.view && $0.digest == chosen.digest
          }
        }.map(\.replica).sorted()
        rows.append(
          Row(sequence: n, digest: chosen.digest, reason: .proof(chosen.view, from: holders)))
      } else if !rulesOff.contains(.nullRequest) {
        rows.append(Row(sequence: n, digest: Batch.null.digest, reason: .null))
      }
    }
    self.minS = minS
    self.maxS = maxS
    self.stable = stable
    self.rows = rows
    omitted = maxS.number - last.number
  }
}

extension Selection {
  /// The rules that made O, row by row: which proof won and which lost, and which numbers are filled with null.
  static func findings(
    on viewChanges: [ViewChange], _ selection: Selection, _ off: RuleSet
  ) -> [Finding] {
    var findings: [Finding] = []
    for row in selection.rows {
      let n = row.sequence
      guard case .proof(let view, _) = row.reason else {
        findings.append(.accepted(.nullRequest, Values(.n, n.number)))
        continue
      }
      if !off.contains(.highestView) {
        findings.append(.accepted(.highestView, Values(.n, n.number, .view, view.number)))
        var losers: [View] = []
        for proof in viewChanges.lazy.flatMap(\.prepared)
        where proof.sequence == n && proof.view < view && !losers.contains(proof.view) {
          losers.append(proof.view)
        }
        for loser in losers.sorted() {
          findings.append(
            .refused(
              .highestView, Values(.n, n.number, .view, loser.number, .need, view.number)))
        }
      }
      if !off.contains(.nullRequest) {
        findings.append(.refused(.nullRequest, Values(.n, n.number, .view, view.number)))
      }
    }
    return findings
  }
}
