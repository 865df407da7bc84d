public import PBFT

/// A misbehaviour of a replica as a person orders it: what it does, and to whom, where and when.
public struct Misconduct: Hashable, Sendable {
  public let kind: MisconductKind
  /// What the kind needs to know; nil where it needs nothing, or takes what is usual.
  public let parameter: Parameter?
  public let target: Target

  public init(
    _ kind: MisconductKind, _ parameter: Parameter? = nil, target: Target = .everything
  ) {
    self.kind = kind
    self.parameter = parameter
    self.target = target
  }

  /// What a misbehaviour may need to know.
  public enum Parameter: Hashable, Sendable {
    case message(Message.Kind)
    case client(ClientID)
    case time(Duration)
    case count(Int)
    case view(View)
    case replica(ReplicaID)
    /// One of the words of the kind.
    case word(String)
  }
}

/// What a misbehaviour is directed at; everything else is left as the honest code has it.
public struct Target: Hashable, Sendable {
  /// `to R1,R2`: for these recipients only; nil for all.
  public let recipients: [Principal]?
  /// `n 1..3`: at these sequence numbers only.
  public let numbers: ClosedRange<SequenceNumber>?
  /// `v 0..2`: in these views only.
  public let views: ClosedRange<View>?

  public static let everything = Target()

  public init(
    to recipients: [Principal]? = nil, numbers: ClosedRange<SequenceNumber>? = nil,
    views: ClosedRange<View>? = nil
  ) {
    self.recipients = recipients
    self.numbers = numbers
    self.views = views
  }

  /// Whether a message for this recipient is to be touched.
  ///
  /// A message that names no view belongs to the one that its sender is in; one that names no sequence
  /// number belongs to none.
  func covers(_ message: Message, to recipient: Principal, from replica: Replica) -> Bool {
    if let recipients, !recipients.contains(recipient) { return false }
    if let views, !views.contains(message.view ?? replica.view) { return false }
    if let numbers {
      guard let n = message.sequence, numbers.contains(n) else { return false }
    }
    return true
  }
}
