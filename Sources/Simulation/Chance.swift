internal import PBFT

extension SplitMix64 {
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
