import Foundation
import Testing
import TmuxSupport

/// The program as its users meet it: in a real terminal.
///
/// Each test has a tmux of its own, and they run one at a time.
@Suite(.serialized, .enabled(if: Tmux.isInstalled)) struct RealProgram {}

extension Tmux {
  /// Types a command line that starts the program; nobody is there for the first time, unless that is said.
  func runProgram(
    _ arguments: String = "", before: String = "", isFirstRun: Bool = false
  ) throws {
    if !isFirstRun {
      let folder = stateHome + "/pbftscope"
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      try Data().write(to: URL(fileURLWithPath: folder + "/toured"))
    }
    try run("clear; \(before) '\(builtProgram("pbftscope"))' \(arguments)")
  }

  /// Waits until the program has ended, and asks how.
  func leftWith(_ status: Int) async throws { try await left("pbftscope", with: status) }
}
