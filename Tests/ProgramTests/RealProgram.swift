import Testing
import TmuxSupport

/// The program as its users meet it: in a real terminal.
///
/// Each test has a tmux of its own, and they run one at a time.
@Suite(.serialized, .enabled(if: Tmux.isInstalled)) struct RealProgram {}

extension Tmux {
  /// Types a command line that starts the program.
  func runProgram(_ arguments: String = "", before: String = "") throws {
    try run("clear; \(before) '\(builtProgram("pbftscope"))' \(arguments)")
  }

  /// Waits until the program has ended, and asks how.
  func leftWith(_ status: Int) async throws { try await left("pbftscope", with: status) }
}
