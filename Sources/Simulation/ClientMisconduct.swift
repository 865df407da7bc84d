public import PBFT

/// The adversary in a faulty client: what leaves in place of the requests that its honest code sends.
///
/// It signs with the key of its client and no other. Clients do not count against f.
public enum ClientMisconduct: Hashable, Sendable {
  /// `only-to R2`
  case onlyTo(ReplicaID)
  /// `mute`
  case mute
  /// `slow 3s`
  case slow(Duration)
  /// `old-timestamps`
  case oldTimestamps
  /// `two-operations`
  case twoOperations
  /// `huge-timestamp`
  case hugeTimestamp
  /// `impatient`
  case impatient
  /// `unsigned`
  case unsigned

  /// A request that leaves, so much later than it would have.
  struct Leaving {
    let request: Request
    let to: ReplicaID
    var late = Duration(microseconds: 0)
  }

  /// What leaves in place of a request that the honest code sends to a replica.
  func outgoing(_ request: Request, to replica: ReplicaID, from client: Client) -> [Leaving] {
    switch self {
    case .onlyTo(let chosen): OnlyTo(chosen).outgoing(request, to: replica, from: client)
    case .mute: []
    case .slow(let duration): [Leaving(request: request, to: replica, late: duration)]
    case .oldTimestamps: [OldTimestamps.outgoing(request, to: replica, from: client)]
    case .twoOperations: TwoOperations.outgoing(request, to: replica, from: client)
    case .hugeTimestamp: [HugeTimestamp.outgoing(request, to: replica, from: client)]
    case .impatient: Impatient.outgoing(request, to: replica, from: client)
    case .unsigned: [Unsigned.outgoing(request, to: replica)]
    }
  }

  /// How long it waits before it sends again, where its honest code would wait so long.
  func patience(_ honest: Duration) -> Duration {
    self == .impatient ? min(honest, Impatient.pause) : honest
  }

  /// The words of the language, in the order in which help shows them.
  public static let words = [
    "only-to", "mute", "slow", "old-timestamps", "two-operations", "huge-timestamp", "impatient",
    "unsigned",
  ]

  /// One word for the screen.
  public var word: String {
    switch self {
    case .onlyTo: "only-to"
    case .mute: "mute"
    case .slow: "slow"
    case .oldTimestamps: "old-timestamps"
    case .twoOperations: "two-operations"
    case .hugeTimestamp: "huge-timestamp"
    case .impatient: "impatient"
    case .unsigned: "unsigned"
    }
  }
}

extension Request {
  /// The same request, all replicas asked where the honest code asks the primary first.
  func toAll(
    _ replica: ReplicaID, from client: Client, _ choose: (ReplicaID) -> Request
  ) -> [ClientMisconduct.Leaving] {
    // When it sends again the honest code asks everybody by itself (§4.1).
    let recipients = client.retries == 0 ? client.settings.cluster.replicas : [replica]
    return recipients.map { ClientMisconduct.Leaving(request: choose($0), to: $0) }
  }
}
