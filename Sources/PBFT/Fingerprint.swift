/// 64 bits that stand for everything that has been combined into them, in its order.
///
/// Equal values leave equal fingerprints in every process and on every machine, which Swift's own `Hasher`
/// does not promise. It keeps accidents apart, not attacks: what must withstand a liar has a `Digest`.
public struct Fingerprint: Hashable, Sendable {
  @usableFromInline var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inlinable public init() {}

  /// Adds one word.
  @inlinable public mutating func combine(_ word: UInt64) {
    // Both steps can be undone, so that from one state no two words lead to the same.
    let product = (state ^ word) &* 0xD6E8_FEB8_6659_FD93
    state = product ^ (product >> 32)
  }

  /// The fingerprint of all that has been combined so far.
  public var bits: UInt64 {
    // The last words are spread over all bits.
    var source = SplitMix64(state)
    return source.next()
  }
}

/// A value whose every part can be combined into a fingerprint: equal values combine equally.
public protocol Fingerprintable {
  func combine(into fingerprint: inout Fingerprint)
}

extension UInt64: Fingerprintable {
  @inlinable public func combine(into fingerprint: inout Fingerprint) { fingerprint.combine(self) }
}

extension Int: Fingerprintable {
  @inlinable public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(UInt64(bitPattern: Int64(self)))
  }
}

extension Bool: Fingerprintable {
  @inlinable public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(self ? 1 : 0 as UInt64)
  }
}

extension String: Fingerprintable {
  /// Its length, and its bytes, eight to a word.
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(utf8.count)
    var word = UInt64(0)
    var count = 0
    for byte in utf8 {
      word = word << 8 | UInt64(byte)
      count += 1
      if count % 8 == 0 { fingerprint.combine(word) }
    }
    if count % 8 != 0 { fingerprint.combine(word) }
  }
}

extension Optional: Fingerprintable where Wrapped: Fingerprintable {
  @inlinable public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(self != nil)
    if let self { self.combine(into: &fingerprint) }
  }
}

extension Array: Fingerprintable where Element: Fingerprintable {
  /// How many there are, and each of them.
  @inlinable public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(count)
    // Read where they lie: a copy of a replica would hold on to a dozen lists.
    for index in indices { self[index].combine(into: &fingerprint) }
  }
}
