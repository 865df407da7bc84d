import Foundation
import Testing
import TmuxSupport

extension RealProgram {
  @Suite struct `Without colour` {
    @Test(arguments: ["env NO_COLOR=1", ""])
    func `nothing of colour is sent, on any page, with any theme, and emphasis stays`(
      environment: String
    ) async throws {
      let terminal = try Tmux()
      try await terminal.shows("$")
      let recording = FileManager.default.temporaryDirectory
        .appendingPathComponent(UUID().uuidString)
      defer { try? FileManager.default.removeItem(at: recording) }
      try terminal.record(to: recording.path)

      if environment.isEmpty {
        try terminal.runProgram("--theme mono")
      } else {
        try terminal.runProgram(before: environment)
      }
      try await terminal.shows("q quit")
      for keys in ["llll", "Lt", "Q", "V", "R", "T", "C", "b"] { try terminal.type(keys) }
      try await terminal.shows("Faults of R0")
      // The first closes the window.
      try terminal.type("q")
      try await terminal.eventually("it is closed", terminal.screen) {
        !$0.contains("Faults of R0")
      }
      try terminal.type("q")
      try await terminal.leftWith(0)

      let bytes = try String(decoding: Data(contentsOf: recording), as: UTF8.self)
      #expect(bytes.contains("\u{1B}[1m") || bytes.contains(";1m"))
      #expect(bytes.contains("\u{1B}[7m") || bytes.contains(";7m"))
      #expect(!bytes.contains(#/\x1B\[([0-9;]*;)?[34][0-8](;[0-9;]*)?m/#))
    }
  }
}
