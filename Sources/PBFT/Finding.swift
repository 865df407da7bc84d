/// What a replica or client made of a message.
public enum Verdict: UInt8, Hashable, Sendable {
  /// It counts.
  case accepted
  /// It is stored for later, or for another digest.
  case kept
  /// A rule keeps it from having any effect.
  case refused

  public var word: String {
    switch self {
    case .accepted: "accepted"
    case .kept: "kept"
    case .refused: "refused"
    }
  }
}

/// The name of a number in a finding.
public enum Quantity: UInt8, Hashable, Sendable {
  case none
  /// *n* of the message, *h* and *H* of the replica.
  case n, low, high
  /// The view of the message, and the replica's own.
  case view, ownView
  /// How many there are, and how many it takes.
  case have, need
  /// A replica's or a client's number.
  case replica, client
  /// A timestamp, and the last executed one.
  case timestamp, lastTimestamp
  /// The first eight bytes of two digests: what is held, and what was offered.
  case held, offered
  /// A time in microseconds.
  case duration
  /// min-s and max-s.
  case minS, maxS
  /// *K*, *W*, and the last executed sequence number.
  case interval, window, executed
}

/// Up to four named numbers that a finding rests on.
public struct Values: Hashable, Sendable {
  private var names: (Quantity, Quantity, Quantity, Quantity) = (.none, .none, .none, .none)
  private var first = 0
  private var second = 0
  private var third = 0
  private var fourth = 0

  public static let none = Values()

  public init() {}

  public init(_ one: Quantity, _ a: Int) {
    names.0 = one
    first = a
  }

  public init(_ one: Quantity, _ a: Int, _ two: Quantity, _ b: Int) {
    self.init(one, a)
    names.1 = two
    second = b
  }

  public init(_ one: Quantity, _ a: Int, _ two: Quantity, _ b: Int, _ three: Quantity, _ c: Int) {
    self.init(one, a, two, b)
    names.2 = three
    third = c
  }

  public init(
    _ one: Quantity, _ a: Int, _ two: Quantity, _ b: Int, _ three: Quantity, _ c: Int,
    _ four: Quantity, _ d: Int
  ) {
    self.init(one, a, two, b, three, c)
    names.3 = four
    fourth = d
  }

  /// The number with this name, or nil.
  public subscript(name: Quantity) -> Int? {
    if names.0 == name { return first }
    if names.1 == name { return second }
    if names.2 == name { return third }
    if names.3 == name { return fourth }
    return nil
  }

  /// Every name with its number, in the order in which they were given.
  public var all: [(name: Quantity, number: Int)] {
    [(names.0, first), (names.1, second), (names.2, third), (names.3, fourth)]
      .filter { $0.0 != .none }.map { (name: $0.0, number: $0.1) }
  }

  public static func == (one: Self, other: Self) -> Bool {
    one.names == other.names && one.first == other.first && one.second == other.second
      && one.third == other.third && one.fourth == other.fourth
  }
  public func hash(into hasher: inout Hasher) {
    for (name, number) in all {
      hasher.combine(name)
      hasher.combine(number)
    }
  }
}

extension Values: CustomStringConvertible {
  public var description: String {
    all.map { "\($0.name) \($0.number)" }.joined(separator: ", ")
  }
}

/// A rule, what it decided, and the numbers it decided on.
public struct Finding: Hashable, Sendable {
  public let rule: Rule
  public let verdict: Verdict
  public let values: Values

  public init(_ rule: Rule, _ verdict: Verdict, _ values: Values = .none) {
    self.rule = rule
    self.verdict = verdict
    self.values = values
  }

  public static func accepted(_ rule: Rule, _ values: Values = .none) -> Finding {
    Finding(rule, .accepted, values)
  }
  public static func kept(_ rule: Rule, _ values: Values = .none) -> Finding {
    Finding(rule, .kept, values)
  }
  public static func refused(_ rule: Rule, _ values: Values = .none) -> Finding {
    Finding(rule, .refused, values)
  }
}
