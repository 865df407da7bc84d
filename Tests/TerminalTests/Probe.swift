import Foundation

/// The program that the tests run in a terminal, and how to start it there.
enum Probe {
  /// Where it was built: beside the tests, whatever the build folder is called.
  static let path: String = {
    let name = "TerminalProbe"
    for argument in CommandLine.arguments where argument.contains("/") {
      var folder = URL(fileURLWithPath: argument).deletingLastPathComponent()
      while folder.path != "/" {
        let candidate = folder.appendingPathComponent(name)
        if isProgram(candidate) { return candidate.path }
        folder.deleteLastPathComponent()
      }
    }
    let package = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return package.appendingPathComponent(".build/debug/\(name)").path
  }()

  private static func isProgram(_ place: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder)
      && !isFolder.boolValue && FileManager.default.isExecutableFile(atPath: place.path)
  }

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
  func leftWith(_ status: Int) async throws {
    try await eventually("the shell is back", { try value("#{pane_current_command}") }) {
      $0 != "TerminalProbe"
    }
    try run(#"echo "left with $?""#)
    try await shows("left with \(status)\n")
  }

  /// The probe's process.
  func probeID() throws -> Int32? {
    let shell = try value("#{pane_pid}")
    return try Int32(Self.shell("pgrep -P \(shell) -x TerminalProbe"))
  }
}
