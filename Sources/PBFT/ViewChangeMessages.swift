/// *P_m*: proof that a batch prepared at a replica: its PRE-PREPARE without the requests, and 2f
/// matching PREPAREs of different backups (§4.4).
public struct PreparedProof: Hashable, Sendable {
  public let prePrepare: PrePrepare
  public let prepares: [Prepare]

  public init(prePrepare: PrePrepare, prepares: [Prepare]) {
    self.prePrepare = prePrepare
    self.prepares = prepares
  }

  public var view: View { prePrepare.view }
  public var sequence: SequenceNumber { prePrepare.sequence }
  public var digest: Digest { prePrepare.digest }
}

/// *C*: proof that a checkpoint is stable: 2f + 1 matching CHECKPOINTs of different replicas
/// (§4.3).
///
/// The start of everything, n = 0, needs none.
public struct StableProof: Hashable, Sendable {
  public let sequence: SequenceNumber
  /// The digest of the state; nil for n = 0.
  public let digest: Digest?
  public let checkpoints: [Checkpoint]

  public static let start = StableProof(sequence: .zero, digest: nil, checkpoints: [])

  public init(sequence: SequenceNumber, digest: Digest?, checkpoints: [Checkpoint]) {
    self.sequence = sequence
    self.digest = digest
    self.checkpoints = checkpoints
  }
}

extension StableProof {
  /// The same proof with only what proves it: of each replica the first CHECKPOINT that matches.
  func withoutPadding(in cluster: Cluster) -> StableProof {
    var proving: [Checkpoint] = []
    for one in checkpoints
    where one.sequence == sequence && one.digest == digest && one.isAuthentic
      && one.replica.index < cluster.replicaCount
      && !proving.contains(where: { $0.replica == one.replica })
    {
      proving.append(one)
    }
    return StableProof(sequence: sequence, digest: digest, checkpoints: proving)
  }
}

/// ⟨VIEW-CHANGE, v + 1, n, C, P, i⟩σi (§4.4).
public struct ViewChange: Hashable, Sendable {
  /// The view that its sender wants to enter: *v + 1*.
  public let view: View
  /// The sender's last stable checkpoint *n* and its proof *C*.
  public let stable: StableProof
  /// *P*: a proof for each n above the stable checkpoint that prepared at the sender, by n.
  public let prepared: [PreparedProof]
  public let replica: ReplicaID
  public let signature: Signature
  /// Digest of its content; names it in a NEW-VIEW's signature.
  public let digest: Digest

  public init(
    view: View, stable: StableProof, prepared: [PreparedProof], replica: ReplicaID,
    by signer: Signer
  ) {
    self.view = view
    self.stable = stable
    self.prepared = prepared
    self.replica = replica
    var encoder = Encoder(tag: "VIEW-CHANGE")
    encoder.append(view.number)
    encoder.append(stable.sequence.number)
    if let digest = stable.digest { encoder.append(digest) }
    encoder.append(stable.checkpoints.count)
    for checkpoint in stable.checkpoints {
      encoder.append(checkpoint.replica.index)
      encoder.append(checkpoint.sequence.number)
      encoder.append(checkpoint.digest)
      encoder.append(checkpoint.signature.signedBy)
    }
    encoder.append(prepared.count)
    for proof in prepared {
      encoder.append(proof.view.number)
      encoder.append(proof.sequence.number)
      encoder.append(proof.digest)
      encoder.append(proof.prePrepare.replica.index)
      encoder.append(proof.prePrepare.signature.signedBy)
      encoder.append(proof.prepares.count)
      for prepare in proof.prepares {
        encoder.append(prepare.view.number)
        encoder.append(prepare.sequence.number)
        encoder.append(prepare.digest)
        encoder.append(prepare.replica.index)
        encoder.append(prepare.signature.signedBy)
      }
    }
    encoder.append(replica.index)
    digest = Digest(of: encoder)
    signature = signer.sign { encoder }
  }

  public var isAuthentic: Bool { signature.signedBy == .replica(replica) }
}

/// ⟨NEW-VIEW, v + 1, V, O⟩σp: the new primary shows why what it proposes again is right (§4.4).
public struct NewView: Hashable, Sendable {
  public let view: View
  /// *V*: the 2f + 1 VIEW-CHANGEs it has collected, its own included.
  public let viewChanges: [ViewChange]
  /// *O*: a PRE-PREPARE for each n between min-s and max-s.
  public let prePrepares: [PrePrepare]
  public let replica: ReplicaID
  public let signature: Signature

  public init(
    view: View, viewChanges: [ViewChange], prePrepares: [PrePrepare], replica: ReplicaID,
    by signer: Signer
  ) {
    self.view = view
    self.viewChanges = viewChanges
    self.prePrepares = prePrepares
    self.replica = replica
    signature = signer.sign {
      var encoder = Encoder(tag: "NEW-VIEW")
      encoder.append(view.number)
      encoder.append(viewChanges.count)
      for viewChange in viewChanges {
        encoder.append(viewChange.replica.index)
        encoder.append(viewChange.digest)
      }
      encoder.append(prePrepares.count)
      for prePrepare in prePrepares {
        encoder.append(prePrepare.view.number)
        encoder.append(prePrepare.sequence.number)
        encoder.append(prePrepare.digest)
        encoder.append(prePrepare.signature.signedBy)
      }
      encoder.append(replica.index)
      return encoder
    }
  }

  public var isAuthentic: Bool { signature.signedBy == .replica(replica) }
}
