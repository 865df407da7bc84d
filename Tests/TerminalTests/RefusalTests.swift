import Terminal
import Testing
import TmuxSupport

extension RealTerminal {
  @Suite struct `Refusals` {
    @Test(arguments: [
      ("-u TERM", ConsoleError.noName), ("TERM=", .noName),
      ("TERM=nonsense", .unknownName("nonsense")), ("TERM=dumb", .dumb("dumb")),
    ])
    func `a terminal that cannot show pictures is told so, and nothing else`(
      environment: String, error: ConsoleError
    ) async throws {
      let terminal = try Tmux()
      try await terminal.shows("$")
      let modes = try terminal.modes()

      try terminal.runProbe(before: "env \(environment)")

      try await terminal.shows("probe: \(error)\n$")
      try await terminal.leftWith(1)
      #expect(try terminal.modes() == modes)
    }

    @Test(.enabled(if: (try? Tmux.shell("command -v setsid")) != nil))
    func `a program without a terminal is told so`() async throws {
      let terminal = try Tmux()

      try terminal.runProbe(before: "setsid -w")

      try await terminal.shows("probe: \(ConsoleError.noTerminal)\n$")
    }

    @Test func `a terminal newer than the system's list is taken for xterm`() async throws {
      let terminal = try await Probe.started(environment: "TERM=xterm-newer-than-all")

      #expect(try terminal.screen().contains("indexed256"))
    }

    @Test func `every refusal says what to try`() {
      #expect(
        ConsoleError.unknownName("nonsense").description == """
          this system has no description of TERM=nonsense
          try: TERM=xterm-256color pbftscope
          """)
    }
  }
}
