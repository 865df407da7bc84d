internal import PBFT

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

  /// Something that may be done, and how often it is drawn next to the others.
  struct Choice<Act: Sendable>: Sendable {
    let weight: Int
    let act: Act

    init(_ weight: Int, _ act: Act) {
      self.weight = weight
      self.act = act
    }
  }

  /// Draws from a table, each line as often as its weight says.
  mutating func draw<Act>(from table: [Choice<Act>]) -> Act {
    var left = below(table.reduce(0) { $0 + $1.weight })
    for choice in table.dropLast() {
      if left < choice.weight { return choice.act }
      left -= choice.weight
    }
    return table[table.count - 1].act
  }
}
