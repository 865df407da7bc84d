/// What a replica still lacks for one sequence number, as its STATUS tells it.
public struct Lack: Hashable, Sendable {
  public let sequence: SequenceNumber
  /// Whether it holds the PRE-PREPARE with its requests.
  public let hasPrePrepare: Bool
  /// Bit i: it holds replica i's PREPARE.
  public let prepares: UInt16
  /// Bit i: it holds replica i's COMMIT.
  public let commits: UInt16

  public init(
    sequence: SequenceNumber, hasPrePrepare: Bool, prepares: UInt16, commits: UInt16
  ) {
    self.sequence = sequence
    self.hasPrePrepare = hasPrePrepare
    self.prepares = prepares
    self.commits = commits
  }
}

/// STATUS: where its sender is and what it lacks; a request to send that again.
public struct Status: Hashable, Sendable {
  public let view: View
  public let isActive: Bool
  /// *h*, the last stable checkpoint.
  public let lowWatermark: SequenceNumber
  public let lastExecuted: SequenceNumber
  /// What is missing for each sequence number of its window that is not committed here in this view.
  public let lacks: [Lack]
  /// How many periods it has waited in vain since its last progress.
  public let periods: Int
  public let replica: ReplicaID
  public let signature: Signature

  public init(
    view: View, isActive: Bool, lowWatermark: SequenceNumber, lastExecuted: SequenceNumber,
    lacks: [Lack], periods: Int, replica: ReplicaID, by signer: Signer
  ) {
    self.periods = periods
    self.view = view
    self.isActive = isActive
    self.lowWatermark = lowWatermark
    self.lastExecuted = lastExecuted
    self.lacks = lacks
    self.replica = replica
    signature = signer.sign {
      var encoder = Encoder(tag: "STATUS")
      encoder.append(view.number)
      encoder.append(isActive ? 1 : 0)
      encoder.append(lowWatermark.number)
      encoder.append(lastExecuted.number)
      encoder.append(lacks.count)
      for lack in lacks {
        encoder.append(lack.sequence.number)
        encoder.append(lack.hasPrePrepare ? 1 : 0)
        encoder.append(Int(lack.prepares))
        encoder.append(Int(lack.commits))
      }
      encoder.append(periods)
      encoder.append(replica.index)
      return encoder
    }
  }

  public var isAuthentic: Bool { signature.signedBy == .replica(replica) }
}

/// What a FETCH asks for.
public enum FetchItem: Hashable, Sendable {
  /// The requests with this digest, ordered at n.
  case batch(SequenceNumber, Digest)
  /// The checkpoint of n with this digest.
  case state(SequenceNumber, Digest)

  public var sequence: SequenceNumber {
    switch self {
    case .batch(let sequence, _), .state(let sequence, _): sequence
    }
  }

  public var digest: Digest {
    switch self {
    case .batch(_, let digest), .state(_, let digest): digest
    }
  }
}

/// FETCH: asks one replica for something known only by its digest (§4.3, §4.4).
public struct Fetch: Hashable, Sendable {
  public let item: FetchItem
  public let replica: ReplicaID
  public let signature: Signature

  public init(_ item: FetchItem, replica: ReplicaID, by signer: Signer) {
    self.item = item
    self.replica = replica
    signature = signer.sign { .item("FETCH", item, replica) }
  }

  public var isAuthentic: Bool { signature.signedBy == .replica(replica) }
}

/// DATA: the answer to a FETCH.
///
/// It is checked against the digest, so any one replica may send it.
public struct DataMessage: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    case batch(Batch)
    case state(Snapshot)

    /// The digest computed from what was sent.
    public var digest: Digest {
      switch self {
      case .batch(let batch): batch.digest
      case .state(let snapshot): snapshot.digest
      }
    }
  }

  public let item: FetchItem
  public let content: Content
  public let replica: ReplicaID
  public let signature: Signature

  public init(_ item: FetchItem, _ content: Content, replica: ReplicaID, by signer: Signer) {
    self.item = item
    self.content = content
    self.replica = replica
    signature = signer.sign { .item("DATA", item, replica) }
  }

  public var isAuthentic: Bool { signature.signedBy == .replica(replica) }
}

extension Encoder {
  static func item(_ tag: String, _ item: FetchItem, _ replica: ReplicaID) -> Encoder {
    var encoder = Encoder(tag: tag)
    switch item {
    case .batch: encoder.append("batch")
    case .state: encoder.append("state")
    }
    encoder.append(item.sequence.number)
    encoder.append(item.digest)
    encoder.append(replica.index)
    return encoder
  }
}
