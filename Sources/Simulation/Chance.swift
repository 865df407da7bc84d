internal import PBFT

/// Steele, Lea and Flood's SplitMix64: a small generator whose whole state is one number.
public struct SplitMix64: RandomNumberGenerator, Hashable, Sendable {
  private var state: UInt64

  public init(_ seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 to `bound` − 1, every one as likely as the next to within 2⁻³².
  mutating func below(_ bound: Int) -> Int {
    Int((next() >> 32).multipliedFullWidth(by: UInt64(bound)).low >> 32)
  }
}

/// All chance of a world: one stream for each thing left to it, so that a draw more in one leaves the
/// others alone and old seeds keep their stories.
struct Chance: Hashable, Sendable {
  var latency: SplitMix64
  var loss: SplitMix64
  var timers: SplitMix64

  init(seed: UInt64) {
    var source = SplitMix64(seed)
    latency = SplitMix64(source.next())
    loss = SplitMix64(source.next())
    timers = SplitMix64(source.next())
  }
}
