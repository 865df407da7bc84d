import Foundation
import Testing
import TmuxSupport

extension RealTerminal {
  @Suite struct `Pictures` {
    @Test func `what is drawn is what is seen`() async throws {
      let terminal = try await Probe.started()

      let screen = try terminal.screen()

      #expect(
        screen == """
          probe 80x24 indexed256
          ┌─title────────────┐
          │●●●●●●            │
          └──────────────────┘

          """)
    }

    @Test(arguments: [
      ("LANG=C.UTF-8", "●"), ("-u LANG", "●"), ("LANG=xx_XX.UTF-8", "●"),
      ("LANG=C", "*"), ("LC_ALL=POSIX", "*"), ("TERM=linux", "*"),
    ])
    func `dots are drawn where the locale and the terminal have them`(
      environment: String, dot: String
    ) async throws {
      let terminal = try await Probe.started(environment: environment)

      #expect(try terminal.screen().contains(dot + dot + dot))
    }

    @Test(arguments: [
      ("TERM=xterm-256color", "indexed256", "38;5;75"), ("TERM=xterm", "sixteen", "[31m"),
      ("TERM=vt100", "none", "[1m"),
    ])
    func `colours are those of the terminal's depth`(
      environment: String, depth: String, sequence: String
    ) async throws {
      let terminal = try await Probe.started(environment: environment)

      let screen = try terminal.colouredScreen()

      #expect(screen.contains(depth))
      #expect(screen.contains(sequence))
    }

    @Test(.enabled(if: Tmux.canDescribeTerminals))
    func `where colours are given as light, a palette's index becomes that colour`() async throws {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let description = #"""
        probe-direct|colours as 24 bits, use=xterm-256color, RGB, colors#0x1000000, pairs#0x7FFF,
          setaf=\E[38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm,
          setab=\E[48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm,
        """#
      let source = folder.appendingPathComponent("source")
      try Data((description + "\n").utf8).write(to: source)
      try Tmux.shell("tic -x -o '\(folder.path)' '\(source.path)'")

      let terminal = try await Probe.started(
        environment:
          "TERM=probe-direct TERMINFO_DIRS=\(folder.path):/usr/share/terminfo:/lib/terminfo")

      #expect(try terminal.colouredScreen().contains("38;2;95;175;255"))
    }

    @Test func `without colour there is still emphasis, and nothing of colour is sent`()
      async throws
    {
      let terminal = try Tmux()
      let recording = FileManager.default.temporaryDirectory
        .appendingPathComponent(UUID().uuidString)
      defer { try? FileManager.default.removeItem(at: recording) }
      try terminal.record(to: recording.path)

      try terminal.runProbe("--no-colour")
      try await terminal.shows("probe 80x24")
      try terminal.press("q")
      try await terminal.leftWith(0)

      let bytes = try String(decoding: Data(contentsOf: recording), as: UTF8.self)
      #expect(bytes.contains("\u{1B}[1m") || bytes.contains(";1m"))
      #expect(!bytes.contains(#/\x1B\[([0-9;]*;)?[34][0-9](;[0-9;]*)?m/#))
    }

    @Test func `the size is the terminal's, not what LINES and COLUMNS say`() async throws {
      _ = try await Probe.started(columns: 70, rows: 20, environment: "LINES=30 COLUMNS=90")
    }

    @Test func `a storm of sizes, down to one cell, ends with the right picture`() async throws {
      let terminal = try await Probe.started()

      for step in 0..<12 {
        try terminal.resize(
          columns: step % 3 == 0 ? 1 : 40 + step, rows: step % 3 == 0 ? 1 : 30 - step)
      }
      try terminal.resize(columns: 64, rows: 20)

      try await terminal.shows("probe 64x20")
      try await terminal.shows("└──────────────────┘\n")
      try await terminal.shows("resize 64x20")
    }

    @Test func `what somebody else wrote on the screen is gone after Ctrl-L`() async throws {
      let terminal = try await Probe.started()
      try Tmux.shell("printf 'broadcast message' > \(terminal.value("#{pane_tty}"))")
      try await terminal.shows("broadcast")

      try terminal.press("C-l")

      try await terminal.eventually("it is gone", terminal.screen) { !$0.contains("broadcast") }
      try await terminal.shows("probe 80x24")
    }

    #if os(Linux)
      @Test func `nothing is burnt while idle`() async throws {
        let terminal = try await Probe.started()
        let process = try #require(try terminal.probeID())
        func switches() throws -> String {
          try Tmux.shell("grep ctxt_switches /proc/\(process)/status")
        }

        let before = try switches()
        try await Task.sleep(for: .milliseconds(500))

        #expect(try switches() == before)
      }
    #endif
  }
}

extension Tmux {
  /// Whether a terminal can be made up for a test.
  static let canDescribeTerminals = (try? shell("command -v tic")) != nil
}
