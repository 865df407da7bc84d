/// One of the replicas 0 … n − 1 (§4), written `R0`.
public struct ReplicaID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Counted from zero.
  public let number: UInt8

  public init(_ number: Int) {
    precondition((0...255).contains(number), "a replica's number is 0 to 255, got \(number)")
    self.number = UInt8(number)
  }

  /// The number as an index into arrays of replicas.
  @inlinable public var index: Int { Int(number) }

  public var description: String { "R\(number)" }

  @inlinable public static func < (one: Self, other: Self) -> Bool { one.number < other.number }
}

/// One of the clients *c*, written by name: `alice`, `bob`, ….
public struct ClientID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Counted from zero.
  public let number: UInt8

  public init(_ number: Int) {
    precondition((0...255).contains(number), "a client's number is 0 to 255, got \(number)")
    self.number = UInt8(number)
  }

  @inlinable public var index: Int { Int(number) }

  /// The names in the order in which clients join the world.
  public static let names = ["alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi"]

  public var description: String {
    index < Self.names.count ? Self.names[index] : "c\(number)"
  }

  @inlinable public static func < (one: Self, other: Self) -> Bool { one.number < other.number }
}

/// Whoever owns a key and can sign: a replica or a client.
public enum Principal: Hashable, Comparable, Sendable, CustomStringConvertible {
  case replica(ReplicaID)
  case client(ClientID)

  public var description: String {
    switch self {
    case .replica(let replica): replica.description
    case .client(let client): client.description
    }
  }
}

/// A view *v*: the configuration in which one replica leads (§4).
///
/// Counted from zero.
public struct View: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let number: Int

  @inlinable public init(_ number: Int) { self.number = number }

  /// The view after it; the highest there can be stays where it is, so that nobody can trap by naming it.
  public var next: View { View(number < .max ? number + 1 : number) }
  public var description: String { "v\(number)" }

  @inlinable public static func < (one: Self, other: Self) -> Bool { one.number < other.number }
}

/// A sequence number *n*: the place of a batch of requests in the total order.
///
/// The first is 1.
public struct SequenceNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let number: Int

  @inlinable public init(_ number: Int) { self.number = number }

  public static let zero = SequenceNumber(0)

  /// The number after it; the highest there can be stays where it is, so that nobody can trap by naming it.
  public var next: SequenceNumber { self + 1 }
  public var description: String { "n\(number)" }

  @inlinable public static func < (one: Self, other: Self) -> Bool { one.number < other.number }

  /// A number further up, as far as there are any.
  @inlinable public static func + (n: Self, distance: Int) -> Self {
    let (sum, isBeyond) = n.number.addingReportingOverflow(distance)
    return Self(isBeyond ? .max : sum)
  }
}

/// A client's timestamp *t*: totally orders the requests of one client (§4.1).
///
/// The first is 1.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let number: Int

  @inlinable public init(_ number: Int) { self.number = number }

  public var next: Timestamp { Timestamp(number + 1) }
  public var description: String { "t\(number)" }

  @inlinable public static func < (one: Self, other: Self) -> Bool { one.number < other.number }
}

/// A stretch of virtual time in microseconds.
public struct Duration: Hashable, Comparable, Sendable {
  public let microseconds: Int

  @inlinable public init(microseconds: Int) { self.microseconds = microseconds }

  public static func milliseconds(_ count: Int) -> Duration {
    Duration(microseconds: count * 1_000)
  }
  public static func seconds(_ count: Int) -> Duration { Duration(microseconds: count * 1_000_000) }

  /// This stretch doubled `times` times; stops growing before it could overflow.
  public func doubled(_ times: Int) -> Duration {
    Duration(microseconds: microseconds << max(0, min(times, 20)))
  }

  @inlinable public static func < (one: Self, other: Self) -> Bool {
    one.microseconds < other.microseconds
  }
}
