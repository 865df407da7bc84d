public import PBFT

/// What is done by hand to one copy of a message on its way out of a faulty sender.
public enum Alteration: Hashable, Sendable {
  /// `view 3`
  case view(View)
  /// `n 5`
  case sequence(SequenceNumber)
  /// `digest b`: with a PRE-PREPARE the requests behind it go along where they are known.
  case digest(DigestName)
  /// `sender R2`: it claims to come from another replica.
  case sender(ReplicaID)
  /// `result LIE`: another result in a REPLY.
  case result(String)
  /// `drop`: it is withheld.
  case withheld
  /// `repeat 500ms`: a second copy that much after the first.
  case repeated(after: Duration)
  /// `stale`: in its place goes the latest earlier message of the same kind on the same link.
  case stale
  /// `corrupt`: some of its bytes are destroyed, as the network can do to anybody's messages.
  case corrupt

  /// The words with which an alteration begins, in the order in which help shows them.
  public static let words =
    Message.Field.allCases.map(\.rawValue) + [
      "drop", "repeat", "stale", "corrupt",
    ]

  /// The field of the message that it changes, or nil.
  public var field: Message.Field? {
    switch self {
    case .view: .view
    case .sequence: .sequence
    case .digest: .digest
    case .sender: .sender
    case .result: .result
    case .withheld, .repeated, .stale, .corrupt: nil
    }
  }
}
