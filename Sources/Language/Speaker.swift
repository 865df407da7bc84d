public import PBFT
public import Simulation

/// Tells what happened, and why, in sentences.
///
/// It knows the names that the digests have on the screen.
public struct Speaker: Hashable, Sendable {
  /// The digests that are named a, b, …, in the order of their first PRE-PREPARE.
  public var digests: [Digest]
  public var cluster: Cluster
  /// Whether it may write `∅` and the like.
  public var unicode: Bool

  public init(digests: [Digest] = [], cluster: Cluster = .four, unicode: Bool = false) {
    self.digests = digests
    self.cluster = cluster
    self.unicode = unicode
  }

  /// The name of a digest: its letter, the sign of the null request, or its first four digits.
  public func name(of digest: Digest) -> String {
    if digest == Batch.null.digest { return null }
    if let index = digests.firstIndex(of: digest) { return Letters.name(of: index) }
    return Self.digits(of: digest.first)
  }

  /// The name of the digest whose first eight bytes these are.
  func name(ofDigestNumbered number: Int) -> String {
    let first = UInt64(bitPattern: Int64(number))
    if first == Batch.null.digest.first { return null }
    if let index = digests.firstIndex(where: { $0.first == first }) {
      return Letters.name(of: index)
    }
    return Self.digits(of: first)
  }

  /// How the null request is written.
  public var null: String { unicode ? "∅" : "null" }

  /// The first four of the sixteen digits.
  private static func digits(of number: UInt64) -> String {
    let digits = String(number >> 48, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// A moment in seconds: `3.42 s`.
  public static func seconds(_ instant: Instant) -> String {
    decimal(instant.microseconds, atLeast: 2) + " s"
  }

  /// So many microseconds in seconds, with this many decimals or more.
  static func decimal(_ microseconds: Int, atLeast least: Int) -> String {
    let magnitude = microseconds.magnitude
    let fraction = Times.fraction(Int(magnitude % 1_000_000), places: 6, atLeast: least)
    return (microseconds < 0 ? "-" : "") + String(magnitude / 1_000_000) + "." + fraction
  }

  /// Names in a row: `R0, R1 and R2`.
  static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  static func list(_ replicas: [ReplicaID]) -> String { list(replicas.map(\.description)) }
}
