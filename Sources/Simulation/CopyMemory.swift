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
