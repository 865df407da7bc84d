import TmuxSupport

/// The program that the tests run in a terminal, and how to start it there.
enum Probe {
  static let path = builtProgram("TerminalProbe")

  /// A terminal in which the probe has drawn its first picture.
  static func started(
    columns: Int = 80, rows: Int = 24, environment: String = "", wishes: String = ""
  ) async throws -> Tmux {
    let terminal = try Tmux(columns: columns, rows: rows, environment: environment)
    try terminal.runProbe(wishes)
    try await terminal.shows("probe \(columns)x\(rows)")
    return terminal
  }
}

extension Tmux {
  /// Types a command line that starts the probe.
  func runProbe(_ wishes: String = "", before: String = "") throws {
    try run("clear; \(before) '\(Probe.path)' \(wishes)")
  }

  /// Waits until the shell has the terminal again, and asks it how the probe has ended.
  func leftWith(_ status: Int) async throws { try await left("TerminalProbe", with: status) }

  /// The probe's process.
  func probeID() throws -> Int32? { try processID(of: "TerminalProbe") }
}
