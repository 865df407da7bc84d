internal import PBFT

/// The copies that arrived last: a network can deliver them again, and a liar can repeat them.
///
/// Bounded, so that a world does not grow with its age.
struct CopyMemory: Sendable {
  /// How many are kept.
  static let size = 128

  private var ring: [Envelope] = []
  private var oldest = 0

  mutating func keep(_ envelope: Envelope) {
    if ring.count < Self.size {
      ring.append(envelope)
    } else {
      ring[oldest] = envelope
      oldest = (oldest + 1) % Self.size
    }
  }

  /// What is kept, in order of arrival.
  var copies: [Envelope] { Array(ring[oldest...] + ring[..<oldest]) }
}

extension CopyMemory: Equatable {
  /// The same copies in the same order, wherever the ring begins.
  static func == (one: CopyMemory, other: CopyMemory) -> Bool {
    one.oldest == other.oldest ? one.ring == other.ring : one.copies == other.copies
  }
}

extension CopyMemory: Fingerprintable {
  func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(ring.count)
    for index in ring.indices {
      ring[(oldest + index) % ring.count].combine(into: &fingerprint)
    }
  }
}
