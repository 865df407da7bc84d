public import PBFT

/// What one recipient holds of one vote: a lamp of the table of quorums.
public struct Lamp: Hashable, Sendable {
  /// PRE-PREPARE, PREPARE, COMMIT, CHECKPOINT or REPLY.
  public let kind: Message.Kind
  /// Whose vote it is, or would be.
  public let sender: ReplicaID
  /// The recipient is the sender itself.
  public let isOwn: Bool
  public internal(set) var state: State
  /// What it is for, where that is known.
  public internal(set) var digest: Digest?
  public internal(set) var view: View?
  /// For another digest than what is told here: a second vote of the same sender, and what refused it.
  public internal(set) var second: Second?

  /// A vote that came besides the one that is told.
  public struct Second: Hashable, Sendable {
    public let digest: Digest
    public let finding: Finding
  }

  /// What became of it.
  public enum State: Hashable, Sendable {
    /// It is held and counts; several times only where one vote of each is not the rule.
    case counts(Int)
    /// It is held and does not count: it is for another digest than that of the accepted PRE-PREPARE, or than that of
    /// the recipient's own state.
    case otherDigest
    /// It is held, and what it could count for is not there yet.
    case early
    /// It is held until its view is entered.
    case later
    /// A proposal is held whose requests are not known.
    case withoutRequests
    /// A copy is on its way; held by somebody where it has no time to arrive.
    case travelling(id: Int, arrives: Instant?)
    case refused(Finding, at: Instant)
    case lost(Happening.Loss, at: Instant)
    /// It has not come; its sender has sent it, or has not.
    case absent(isSent: Bool)
    /// The number is at or below h: what was held has been discarded (§4.3).
    case discarded
    /// Nobody sends such a vote: the primary no PREPARE, a backup no PRE-PREPARE (§4.2).
    case unexpected

    /// Whether it counts.
    public var isCounted: Bool { if case .counts = self { true } else { false } }
  }

  init(_ kind: Message.Kind, from sender: ReplicaID, isOwn: Bool, _ state: State) {
    self.kind = kind
    self.sender = sender
    self.isOwn = isOwn
    self.state = state
  }
}

/// How many votes of how many that are needed.
public struct QuorumTally: Hashable, Sendable {
  public let have: Int
  public let need: Int

  public var isReached: Bool { have >= need }
}

/// What one recipient has of a number, besides its lamps.
public struct QuorumColumn: Hashable, Sendable {
  public let replica: ReplicaID
  /// The view that its votes are of: the one that it entered last.
  public let view: View
  /// False while it changes its view.
  public let isActive: Bool
  /// The number is at or below its h: its messages are discarded.
  public let isDiscarded: Bool
  public let isExecuted: Bool
  /// The digest of the PRE-PREPARE that it has accepted in its view.
  public let accepted: Digest?
  /// Whether the requests of that are known.
  public let hasRequests: Bool
  public let prepares: QuorumTally
  public let commits: QuorumTally
  /// Of the CHECKPOINTs at the first checkpoint from the number on.
  public let checkpoints: QuorumTally
  public let isStable: Bool
  /// That something prepared there in an earlier view.
  public let certificate: PreparedProof?
}

/// The votes of one kind: a row for each sender, a lamp for each recipient.
public struct QuorumBlock: Hashable, Sendable {
  public let kind: Message.Kind
  public let rows: [Row]

  public struct Row: Hashable, Sendable {
    public let sender: ReplicaID
    /// By recipient, in the order of the columns.
    public let lamps: [Lamp]
  }
}

/// The replies to one request, a lamp for each replica that answers.
public struct ReplyRow: Hashable, Sendable {
  public let request: RequestName
  public let lamps: [Lamp]
  /// What each has answered, where that is known.
  public let results: [String?]
  public let tally: QuorumTally
  public let isAccepted: Bool
}
