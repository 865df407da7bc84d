import Testing
import TmuxSupport

extension RealTerminal {
  @Suite struct `Inputs` {
    @Test(arguments: [
      ("a", "key a"), ("é", "key é"), ("Up", "key up"), ("Down", "key down"),
      ("Left", "key left"), ("Right", "key right"), ("Home", "key home"), ("End", "key end"),
      ("PPage", "key pageUp"), ("NPage", "key pageDown"), ("F1", "key function(1)"),
      ("F5", "key function(5)"), ("F12", "key function(12)"), ("Tab", "key tab"),
      ("BTab", "key backTab"), ("BSpace", "key backspace"), ("DC", "key delete"),
      ("Enter", "key enter"), ("Escape", "key escape"), ("C-l", #"key control("l")"#),
      ("C-a", #"key control("a")"#), (".", "key ."),
    ])
    func `a key arrives as what is printed on it`(key: String, input: String) async throws {
      let terminal = try await Probe.started()

      try terminal.press(key)

      try await terminal.shows("┘\n\(input)\n")
    }

    @Test func `a burst of keys arrives whole and in order`() async throws {
      let terminal = try await Probe.started(rows: 60)

      try terminal.type("abcdefghijklmnoprs1234567890")

      let screen = try await terminal.shows("key 0")
      let keys = screen.split(separator: "\n").filter { $0.hasPrefix("key") }.compactMap(\.last)
      #expect(String(keys) == "abcdefghijklmnoprs1234567890")
    }

    @Test(arguments: ["\u{1B}x", "\u{1B}[99~", "\u{1B}[1;5A", "\u{1B}[I", "\u{1B}[27;5;113~"])
    func `a key that means nothing here is not taken for Escape and letters`(
      bytes: String
    ) async throws {
      let terminal = try await Probe.started()

      try terminal.send(bytes)
      try terminal.press("z")

      let screen = try await terminal.shows("key z")
      #expect(screen.hasSuffix("┘\nkey z\n"))
    }

    @Test func `Escape twice is two Escapes`() async throws {
      let terminal = try await Probe.started()

      try terminal.send("\u{1B}\u{1B}")

      try await terminal.shows("key escape\nkey escape")
    }

    @Test func `a paste is text, not keys, so a pasted q does not quit`() async throws {
      let terminal = try await Probe.started()

      try terminal.paste("crash R0\nquit\n")
      try terminal.press("z")

      try await terminal.shows("paste crash R0/quit\nkey z")
    }

    @Test(arguments: [
      ("0;5;6M", "left press at 4,5"), ("0;5;6M\u{1B}[<0;7;8m", "left release at 6,7"),
      ("1;1;1M", "middle press at 0,0"), ("2;80;24M", "right press at 79,23"),
      ("0;1;1M\u{1B}[<32;2;1M", "left press at 0,0\nmouse left drag at 1,0"),
      (
        "0;9;3M\u{1B}[<32;10;3M\u{1B}[<32;12;4M\u{1B}[<0;12;4m",
        "left press at 8,2\nmouse left drag at 9,2\nmouse left drag at 11,3\nmouse left release at 11,3"
      ),
      ("64;10;10M", "wheelUp press at 9,9"), ("65;300;10M", "wheelDown press at 299,9"),
    ])
    func `the mouse says where`(report: String, input: String) async throws {
      let terminal = try await Probe.started()

      try terminal.send("\u{1B}[<\(report)")

      try await terminal.shows("mouse \(input)")
    }

    @Test func `the mouse is understood in tmux's own terminals, which report it otherwise`()
      async throws
    {
      let terminal = try await Probe.started(environment: "TERM=screen-256color")

      try terminal.send("\u{1B}[M %&")

      try await terminal.shows("mouse left press at 4,5")
    }

    @Test func `the mouse can be given to the user and taken back`() async throws {
      let terminal = try await Probe.started()
      func mouse() throws -> String { try terminal.value("#{mouse_any_flag}") }
      #expect(try mouse() == "1")
      // Motions are told of only while a button is held.
      #expect(try terminal.value("#{mouse_button_flag}#{mouse_all_flag}") == "10")

      try terminal.press("m")
      try await terminal.eventually("the mouse is free", mouse) { $0 == "0" }

      try terminal.press("M")
      try await terminal.eventually("the mouse is taken", mouse) { $0 == "1" }
    }

    @Test func `time passes as a tick`() async throws {
      let terminal = try await Probe.started()

      try terminal.press("t")

      try await terminal.shows("waited [Cells.Input.tick]")
    }

    @Test func `input and output may be pipes`() async throws {
      let terminal = try Tmux()
      try terminal.run("clear; echo scenario | '\(Probe.path)' | cat")
      try await terminal.shows("probe 80x24")

      try terminal.press("a")

      try await terminal.shows("key a")
    }
  }
}
