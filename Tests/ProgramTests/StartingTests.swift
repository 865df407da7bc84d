import Cells
import Terminal
import Testing
import TmuxSupport

extension RealProgram {
  @Suite struct `Starting` {
    @Test func `without arguments there are four replicas and what happens next`() async throws {
      let twin = try await Twin.started()

      let screen = try twin.terminal.screen()

      for words in ["R0 ★ primary", "R1 backup", "R2 backup", "R3 backup", "why", "next", "q quit"]
      {
        #expect(screen.contains(words))
      }
    }

    @Test(arguments: [
      ("NO_COLOR=1", "[1m"), ("TERM=xterm", "[32m"), ("TERM=vt100", "[1m"),
      ("TERM=screen-256color", "38;5;"),
    ])
    func `any terminal shows the same picture in its own colours`(
      environment: String, sequence: String
    ) async throws {
      var twin = try await Twin.started(environment: environment)
      try twin.type("llll")
      try await twin.agree()

      let screen = try twin.terminal.colouredScreen()

      #expect(screen.contains(sequence))
      if sequence == "[1m" { #expect(!screen.contains("[38;5;") && !screen.contains("[32m")) }
    }

    @Test(arguments: ["LC_ALL=C", "LANG=POSIX", "TERM=linux"])
    func `without line drawing it is plain ASCII`(environment: String) async throws {
      var twin = try await Twin.started(environment: environment, glyphs: .ascii)
      try twin.type("llll")

      let screen = try await twin.agree()

      #expect(screen.unicodeScalars.allSatisfy { $0.isASCII })
    }

    @Test(arguments: [
      ("-u TERM", ConsoleError.noName), ("TERM=", .noName), ("TERM=dumb", .dumb("dumb")),
      ("TERM=nonsense", .unknownName("nonsense")),
    ])
    func `a terminal that shows no pictures: one line, and what to try`(
      environment: String, error: ConsoleError
    ) async throws {
      let terminal = try Tmux(columns: 140)
      try await terminal.shows("$")
      let modes = try terminal.modes()

      try terminal.runProgram(before: "env \(environment)")

      let line = "pbftscope: " + error.description.split(separator: "\n").joined(separator: "; ")
      #expect(line.contains("try: TERM="))
      try await terminal.shows(line + "; or `pbftscope --plain`\n$")
      try await terminal.leftWith(2)
      #expect(try terminal.modes() == modes)
    }

    @Test func `without a terminal: one line, and what to try`() async throws {
      let terminal = try Tmux(columns: 200)
      try terminal.runProgram("| cat")
      try await terminal.shows("try `pbftscope --plain`")
    }
  }

  @Suite struct `Leaving` {
    enum Way: CaseIterable { case q, interrupt, terminated, hungUp }

    @Test(arguments: Way.allCases)
    func `each way out gives the terminal back as it was`(way: Way) async throws {
      let terminal = try Tmux()
      try await terminal.shows("$")
      let (modes, line) = (try terminal.modes(), try terminal.lineModes())
      try terminal.runProgram()
      try await terminal.shows("q quit")
      #expect(try terminal.modes().hasPrefix("alternate 1 cursor 0 mouse 1"))
      let process = try #require(try terminal.processID(of: "pbftscope"))

      let status: Int
      switch way {
      case .q:
        try terminal.press("q")
        status = 0
      case .interrupt:
        try terminal.press("C-c")
        status = 130
      case .terminated:
        try Tmux.shell("kill -TERM \(process)")
        status = 143
      case .hungUp:
        try Tmux.shell("kill -HUP \(process)")
        status = 129
      }

      try await terminal.leftWith(status)
      try await terminal.eventually("its modes are as before", terminal.modes) { $0 == modes }
      try await terminal.eventually("its line is as before", terminal.lineModes) { $0 == line }
    }
  }
}
