internal import Foundation

/// Where one of the package's programs was built: beside the tests, whatever the build folder is called.
public func builtProgram(_ name: String) -> String {
  for argument in CommandLine.arguments where argument.contains("/") {
    var folder = URL(fileURLWithPath: argument).deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appendingPathComponent(name)
      if isProgram(candidate) { return candidate.path }
      folder.deleteLastPathComponent()
    }
  }
  return checkout.appendingPathComponent(".build/debug/\(name)").path
}

/// The path of a file of the checkout that the tests were built from.
public func checkedOut(_ path: String) -> String { checkout.appendingPathComponent(path).path }

private let checkout = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

private func isProgram(_ place: URL) -> Bool {
  var isFolder: ObjCBool = false
  return FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder)
    && !isFolder.boolValue && FileManager.default.isExecutableFile(atPath: place.path)
}

extension Tmux {
  /// Waits until the shell has the terminal again, and asks it how the program has ended.
  public func left(_ program: String, with status: Int) async throws {
    try await eventually("the shell is back", { try value("#{pane_current_command}") }) {
      $0 != program
    }
    try run(#"echo "left with $?""#)
    try await shows("left with \(status)\n")
  }

  /// The process of a program that the shell has started.
  public func processID(of program: String) throws -> Int32? {
    let shell = try value("#{pane_pid}")
    return try Int32(Self.shell("pgrep -P \(shell) -x \(program)"))
  }
}
