public import PBFT

/// A request by name: `alice/3`.
public struct RequestName: Hashable, Sendable, CustomStringConvertible {
  public let client: ClientID
  public let timestamp: Timestamp

  public init(_ client: ClientID, _ timestamp: Timestamp) {
    self.client = client
    self.timestamp = timestamp
  }

  public init(_ request: Request) {
    self.init(request.client, request.timestamp)
  }

  public var description: String { "\(client)/\(timestamp.number)" }
}

/// The digest of a batch, as a person names it.
public enum DigestName: Hashable, Sendable {
  /// `a`, `b`, …: the digests in order of their first PRE-PREPARE in this run, counted from zero.
  case letter(Int)
  /// `alice/1`, or `alice/1+bob/1` for a batch.
  case requests([RequestName])
  /// `null`
  case null
  /// `bogus`: a digest of nothing that anybody asked for.
  case bogus
}

/// One link, or several: `R1>R2`, `R1<>R2`, `R1>*`, `*>R2`.
public struct LinkPattern: Hashable, Sendable {
  /// nil stands for all.
  public let from: Principal?
  public let to: Principal?
  /// The opposite direction too.
  public let bothWays: Bool

  public init(from: Principal?, to: Principal?, bothWays: Bool = false) {
    self.from = from
    self.to = to
    self.bothWays = bothWays
  }

  /// Whether the link in this direction belongs to the pattern.
  public func matches(_ from: Principal, _ to: Principal) -> Bool {
    func fits(_ a: Principal, _ b: Principal) -> Bool {
      (self.from == nil || self.from == a) && (self.to == nil || self.to == b)
    }
    return fits(from, to) || (bothWays && fits(to, from))
  }
}

/// A message copy on its way, as a person names it.
public enum MessageReference: Hashable, Sendable {
  /// `#31`
  case number(Int)
  /// `PREPARE R2>R3 v0 n1`: the oldest copy that fits. What is nil fits all.
  case described(
    Message.Kind, from: Principal, to: Principal, view: View?, sequence: SequenceNumber?)
}
