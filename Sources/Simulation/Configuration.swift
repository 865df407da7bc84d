public import PBFT

/// Simulated time, in microseconds since the start of the run.
public struct Instant: Hashable, Comparable, Sendable {
  public let microseconds: Int

  @inlinable public init(microseconds: Int) { self.microseconds = microseconds }

  public static let start = Instant(microseconds: 0)

  @inlinable public static func < (one: Self, other: Self) -> Bool {
    one.microseconds < other.microseconds
  }
  @inlinable public static func + (instant: Self, duration: Duration) -> Self {
    Instant(microseconds: instant.microseconds + duration.microseconds)
  }
}

/// Everything that a world is made from.
///
/// Equal configurations make equal worlds.
public struct Configuration: Hashable, Sendable {
  public var settings: Settings
  /// The one seed of all chance and of all keys.
  public var seed: UInt64
  /// How many clients there are, 1 to 64.
  public var clientCount: Int
  /// A message takes between these times, ends included.
  public var leastLatency: Duration
  public var mostLatency: Duration
  public var scheme: Scheme

  public init(
    settings: Settings = Settings(), seed: UInt64 = 1, clientCount: Int = 2,
    leastLatency: Duration = .milliseconds(50), mostLatency: Duration = .milliseconds(100),
    scheme: Scheme = .ed25519
  ) {
    self.settings = settings
    self.seed = seed
    self.clientCount = clientCount
    self.leastLatency = leastLatency
    self.mostLatency = mostLatency
    self.scheme = scheme
  }

  /// What makes no sense in it, or nil.
  public var problem: String? {
    if let problem = settings.problem { return problem }
    if !(1...64).contains(clientCount) {
      return "clients = \(clientCount): expected a number from 1 to 64"
    }
    if leastLatency < Duration(microseconds: 1) || mostLatency < leastLatency
      || mostLatency > .seconds(3_600)
    {
      return "latency \(leastLatency.microseconds) to \(mostLatency.microseconds) us: "
        + "expected 1 us to 3600 s, the least first"
    }
    return nil
  }
}
