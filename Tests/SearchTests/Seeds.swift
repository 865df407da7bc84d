private import Foundation
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
