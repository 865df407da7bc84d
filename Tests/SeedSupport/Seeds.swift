private import Foundation
internal import Testing

/// The seeds of the random runs: one when `PBFT_SEED` names it, all of them otherwise.
public enum Seeds {
  /// The seed that the environment asks for.
  public static let chosen = ProcessInfo.processInfo.environment["PBFT_SEED"].flatMap { UInt64($0) }

  /// The seeds of one part out of several that run side by side.
  public static func part(_ part: Int, of parts: Int, outOf count: Int) -> [UInt64] {
    if let chosen { return part == 0 ? [chosen] : [] }
    return stride(from: part, to: count, by: parts).map { UInt64($0) + 1 }
  }
}

/// What went wrong in one random run, in the form that reruns just it: `PBFT_SEED=3 swift test`.
public struct RunFailed: Error, CustomStringConvertible {
  public let description: String
}

/// Records what went wrong; the seed is in the failure line.
public func fail(_ complaint: String, _ seed: UInt64) {
  Issue.record(RunFailed(description: "PBFT_SEED=\(seed): \(complaint)"))
}
