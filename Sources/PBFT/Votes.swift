/// ⟨PRE-PREPARE, v, n, d⟩σp: the primary assigns a sequence number to a batch (§4.2).
///
/// The batch itself travels beside it and is not signed with it: certificates hold only the digest.
public struct PrePrepare: Hashable, Sendable {
  public let view: View
  public let sequence: SequenceNumber
  public let digest: Digest
  /// Who claims to have sent it.
  public let replica: ReplicaID
  public let signature: Signature

  public init(
    view: View, sequence: SequenceNumber, digest: Digest, replica: ReplicaID, by signer: Signer
  ) {
    self.view = view
    self.sequence = sequence
    self.digest = digest
    self.replica = replica
    signature = signer.sign {
      Encoder.vote("PRE-PREPARE", view, sequence, digest, replica)
    }
  }

  public var isAuthentic: Bool { signature.signedBy == .replica(replica) }
}

/// ⟨PREPARE, v, n, d, i⟩σi: a backup has accepted the PRE-PREPARE (§4.2).
public struct Prepare: Hashable, Sendable {
  public let view: View
  public let sequence: SequenceNumber
  public let digest: Digest
  public let replica: ReplicaID
  public let signature: Signature

  public init(
    view: View, sequence: SequenceNumber, digest: Digest, replica: ReplicaID, by signer: Signer
  ) {
    self.view = view
    self.sequence = sequence
    self.digest = digest
    self.replica = replica
    signature = signer.sign { Encoder.vote("PREPARE", view, sequence, digest, replica) }
  }

  public var isAuthentic: Bool { signature.signedBy == .replica(replica) }
}

/// ⟨COMMIT, v, n, d, i⟩σi: the request is prepared at its sender (§4.2).
public struct Commit: Hashable, Sendable {
  public let view: View
  public let sequence: SequenceNumber
  public let digest: Digest
  public let replica: ReplicaID
  public let signature: Signature

  public init(
    view: View, sequence: SequenceNumber, digest: Digest, replica: ReplicaID, by signer: Signer
  ) {
    self.view = view
    self.sequence = sequence
    self.digest = digest
    self.replica = replica
    signature = signer.sign { Encoder.vote("COMMIT", view, sequence, digest, replica) }
  }

  public var isAuthentic: Bool { signature.signedBy == .replica(replica) }
}

/// ⟨CHECKPOINT, n, d, i⟩σi: the state of its sender after executing n has digest d (§4.3).
public struct Checkpoint: Hashable, Sendable {
  public let sequence: SequenceNumber
  public let digest: Digest
  public let replica: ReplicaID
  public let signature: Signature

  public init(
    sequence: SequenceNumber, digest: Digest, replica: ReplicaID, by signer: Signer
  ) {
    self.sequence = sequence
    self.digest = digest
    self.replica = replica
    signature = signer.sign {
      Encoder.vote("CHECKPOINT", View(0), sequence, digest, replica)
    }
  }

  public var isAuthentic: Bool { signature.signedBy == .replica(replica) }
}

/// ⟨REPLY, v, t, c, i, r⟩σi: the result of a request, and the view its sender is in (§4.1).
public struct Reply: Hashable, Sendable {
  public let view: View
  public let timestamp: Timestamp
  public let client: ClientID
  public let replica: ReplicaID
  public let result: String
  public let signature: Signature

  public init(
    view: View, timestamp: Timestamp, client: ClientID, replica: ReplicaID, result: String,
    by signer: Signer
  ) {
    self.view = view
    self.timestamp = timestamp
    self.client = client
    self.replica = replica
    self.result = result
    signature = signer.sign {
      var encoder = Encoder(tag: "REPLY")
      encoder.append(view.number)
      encoder.append(timestamp.number)
      encoder.append(client.index)
      encoder.append(replica.index)
      encoder.append(result)
      return encoder
    }
  }

  public var isAuthentic: Bool { signature.signedBy == .replica(replica) }
}

extension Encoder {
  /// The bytes of the messages of the three phases.
  ///
  /// The tag keeps a PREPARE from being a COMMIT.
  static func vote(
    _ tag: String, _ view: View, _ sequence: SequenceNumber, _ digest: Digest,
    _ replica: ReplicaID
  ) -> Encoder {
    var encoder = Encoder(tag: tag)
    encoder.append(view.number)
    encoder.append(sequence.number)
    encoder.append(digest)
    encoder.append(replica.index)
    return encoder
  }
}
