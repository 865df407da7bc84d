import Testing
import TmuxSupport

extension RealTerminal {
  @Suite struct `Leaving` {
    /// A way to leave: what is pressed, the status the shell sees, and what is to be read afterwards.
    struct Way: CustomTestStringConvertible, Sendable {
      let keys: String
      let status: Int
      var message = ""
      var testDescription: String { "\(keys): \(status)" }
    }

    @Test(arguments: [
      Way(keys: "q", status: 0),
      Way(keys: "E", status: 3),
      Way(keys: "C-c", status: 130, message: "saved on interrupt"),
      Way(keys: "C-\\", status: 131, message: "saved on quit"),
      Way(keys: "F", status: crash, message: "Fatal error: the probe fell over"),
      Way(keys: "T", status: crash),
      Way(keys: "S", status: 139),
      Way(keys: "O", status: 139),
      Way(keys: "A", status: 134),
    ])
    func `by key, the terminal is as it was`(way: Way) async throws {
      try await leave(status: way.status, message: way.message) { terminal in
        try terminal.press(way.keys)
      }
    }

    @Test(arguments: [
      ("INT", 130, "saved on interrupt"), ("TERM", 143, "saved on terminate"),
      ("HUP", 129, "saved on hangUp"), ("QUIT", 131, "saved on quit"),
      ("SEGV", 139, ""), ("BUS", 135, ""), ("ABRT", 134, ""),
    ])
    func `by signal, the terminal is as it was`(
      signal: String, status: Int, message: String
    ) async throws {
      try await leave(status: status, message: message) { terminal in
        let process = try #require(try terminal.probeID())
        try Tmux.shell("kill -\(signal) \(process)")
      }
    }

    @Test(arguments: [("SEGV", 139), ("ABRT", 134)])
    func `by signal, although somebody writes backtraces`(
      signal: String, status: Int
    ) async throws {
      let before = "SWIFT_BACKTRACE=enable=yes,interactive=no"
      try await leave(status: status, message: "", before: before) { terminal in
        let process = try #require(try terminal.probeID())
        try Tmux.shell("kill -\(signal) \(process)")
      }
    }

    /// How a trap ends a process: by SIGILL on Intel, by SIGTRAP on ARM.
    #if arch(x86_64)
      static let crash = 132
    #else
      static let crash = 133
    #endif

    private func leave(
      status: Int, message: String, before: String = "", by leaving: (Tmux) throws -> Void
    ) async throws {
      let terminal = try Tmux()
      try await terminal.shows("$")
      let modes = try terminal.modes()
      let lineModes = try terminal.lineModes()
      // On some systems a core dump would be written for each crash.
      try terminal.runProbe(before: "ulimit -c 0; \(before)")
      try await terminal.shows("probe 80x24")
      #expect(try terminal.modes().hasPrefix("alternate 1 cursor 0 mouse 1"))

      try leaving(terminal)

      try await terminal.leftWith(status)
      #expect(try message.isEmpty || terminal.screen().contains(message))
      try await terminal.eventually("its modes are as before", terminal.modes) { $0 == modes }
      try await terminal.eventually("its line is as before", terminal.lineModes) {
        $0 == lineModes
      }
    }

    @Test func `Ctrl-Z lends the terminal to the shell, and fg takes it back`() async throws {
      let terminal = try Tmux()
      try await terminal.shows("$")
      let modes = try terminal.modes()
      try terminal.runProbe()
      try await terminal.shows("probe 80x24")

      try terminal.press("C-z")
      try await terminal.eventually("the shell has it", terminal.modes) { $0 == modes }
      try terminal.resize(columns: 70, rows: 20)
      try terminal.run("fg")

      try await terminal.shows("probe 70x20")
      try await terminal.eventually("the program has it", terminal.modes) {
        $0.hasPrefix("alternate 1 cursor 0 mouse 1")
      }
      try terminal.press("a")
      try await terminal.shows("key a")
      try terminal.press("q")
      try await terminal.eventually("the shell has it", terminal.modes) { $0 == modes }
    }

    @Test func `what goes to stderr waits until there is a place to read it`() async throws {
      let terminal = try await Probe.started()

      try terminal.press("W")
      try await terminal.shows("key W")
      #expect(!(try terminal.screen().contains("a warning")))

      try terminal.press("q")
      try await terminal.leftWith(0)
      try await terminal.shows("a warning\n$")
    }

    @Test func `a program that answers nobody is ended by insisting`() async throws {
      let terminal = try await Probe.started()
      try terminal.press("H")
      try await terminal.eventually(
        "it is interrupted",
        {
          try terminal.press("C-c")
          return try terminal.modes()
        }
      ) { $0.hasPrefix("alternate 0 cursor 1 mouse 0") }
      try await terminal.leftWith(130)
    }

    /// Told by SIGHUP; or not told, and left to notice that nobody is there any more.
    @Test(arguments: ["", "trap '' HUP;"])
    func `when the terminal goes, so does the program`(before: String) async throws {
      let terminal = try Tmux()
      try terminal.runProbe(before: before)
      try await terminal.shows("probe 80x24")
      let process = try #require(try terminal.probeID())

      try terminal.close()

      try await terminal.eventually(
        "it has ended", { (try? Tmux.shell("kill -0 \(process)")) == nil }
      ) { $0 }
    }
  }
}
