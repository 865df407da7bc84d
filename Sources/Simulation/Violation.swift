public import PBFT

/// An invariant that does not hold, with the facts that show it.
public struct Violation: Hashable, Sendable {
  public let invariant: Invariant
  /// Where in the order; zero where nothing has been ordered.
  public let sequence: SequenceNumber
  public let view: View
  /// Who says what; the one that showed it first.
  public let witnesses: [Witness]
  /// The request that it is about, where it is about one.
  public let request: RequestName?
  /// What a client has accepted.
  public let accepted: String?
  /// The watermarks that do not hold the number.
  public let window: Window?

  public struct Witness: Hashable, Sendable {
    public let replica: ReplicaID
    public let digest: Digest?
    /// The result of the request there.
    public let result: String?
    /// Where it was executed there.
    public let sequence: SequenceNumber?

    public init(
      _ replica: ReplicaID, _ digest: Digest?, result: String? = nil,
      at sequence: SequenceNumber? = nil
    ) {
      self.replica = replica
      self.digest = digest
      self.result = result
      self.sequence = sequence
    }
  }

  /// *h* and *H* of a replica.
  public struct Window: Hashable, Sendable {
    public let low: SequenceNumber
    public let high: SequenceNumber

    public init(low: SequenceNumber, high: SequenceNumber) {
      self.low = low
      self.high = high
    }
  }

  public init(
    _ invariant: Invariant, _ sequence: SequenceNumber, _ view: View, _ witnesses: [Witness],
    request: RequestName? = nil, accepted: String? = nil, window: Window? = nil
  ) {
    self.invariant = invariant
    self.sequence = sequence
    self.view = view
    self.witnesses = witnesses
    self.request = request
    self.accepted = accepted
    self.window = window
  }
}
