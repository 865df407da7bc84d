private import Foundation
import Simulation
import Testing

/// The seeds of the random runs: one when `PBFT_SEED` names it, all of them otherwise.
enum Seeds {
  static let chosen = ProcessInfo.processInfo.environment["PBFT_SEED"].flatMap { UInt64($0) }

  /// The seeds of one part out of several that run side by side.
  static func part(_ part: Int, of parts: Int, outOf count: Int) -> [UInt64] {
    if let chosen { return part == 0 ? [chosen] : [] }
    return stride(from: part, to: count, by: parts).map { UInt64($0) + 1 }
  }
}

/// What went wrong in one random run, in the form that reruns just it: `PBFT_SEED=3 swift test`.
struct RunFailed: Error, CustomStringConvertible {
  let description: String
}

/// Records what went wrong; the seed is in the failure line.
func fail(_ complaint: String, _ seed: UInt64) {
  Issue.record(RunFailed(description: "PBFT_SEED=\(seed): \(complaint)"))
}

/// The choices of one random run.
struct Dice {
  private var source: SplitMix64

  init(_ seed: UInt64) { source = SplitMix64(seed &* 0x2545_F491_4F6C_DD1D) }

  /// A number from 0 to `bound` − 1.
  mutating func below(_ bound: Int) -> Int { Int(source.next() >> 33) % bound }

  mutating func one<Element>(of choices: [Element]) -> Element { choices[below(choices.count)] }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }
}
