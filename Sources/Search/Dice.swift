internal import Simulation

/// The choices of one random run.
///
/// They come from its seed alone.
public struct Dice: Hashable, Sendable {
  private var source: SplitMix64

  public init(_ seed: UInt64) { source = SplitMix64(seed &* 0x2545_F491_4F6C_DD1D) }

  /// A number from 0 to `bound` − 1.
  public mutating func below(_ bound: Int) -> Int { Int(source.next() >> 33) % bound }

  public mutating func one<Element>(of choices: [Element]) -> Element {
    choices[below(choices.count)]
  }

  public mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  public mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }
}
