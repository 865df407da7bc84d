import Testing
import TmuxSupport

extension RealProgram {
  /// The tour, which nobody is shown twice.
  @Suite struct FirstRunTests {
    @Test func `the first time one is shown round, and can leave at once`() async throws {
      let terminal = try Tmux()
      try terminal.runProgram(isFirstRun: true)
      try await terminal.shows("1/6 Press")
      try terminal.press("Right")
      try await terminal.shows("2/6")
      try terminal.press("Escape")
      try await terminal.shows("the tour is left")
      try terminal.press("q")
      try await terminal.leftWith(0)
      try terminal.runProgram(isFirstRun: true)
      let screen = try await terminal.shows("? help")
      #expect(!screen.contains("1/6"))
      try terminal.press("q")
      try await terminal.leftWith(0)
    }

    @Test func `a file is opened without it, and --tour asks for it`() async throws {
      let terminal = try Tmux()
      try terminal.runProgram("--tour --no-journal")
      try await terminal.shows("1/6 Press")
      try terminal.press("q")
      try await terminal.leftWith(0)
    }
  }
}
