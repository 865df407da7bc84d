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
    var n = minS.next
    while n <= maxS {
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
      n = n.next
    }
    self.minS = minS
    self.maxS = maxS
    self.stable = stable
    self.rows = rows
  }
}
