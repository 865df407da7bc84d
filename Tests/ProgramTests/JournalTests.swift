import Cells
import Foundation
import Language
import PBFT
import Screens
import Simulation
import Testing
import TmuxSupport

extension RealProgram {
  @Suite struct `Sessions that survive` {
    @Test(arguments: ["step 1", "crsh R0\n", "st\u{0}\u{0}\u{0}", "\u{0}\u{0}\u{0}\u{0}"])
    func `a torn last line is cut off, and that is said`(line: String) async throws {
      var twin = try await Twin.started()
      for _ in 0..<4 { try twin.press(.right, "Right") }
      try await twin.agree()
      try twin.kill()
      let journal = try #require(try twin.journals().first)
      let whole = try String(contentsOfFile: journal, encoding: .utf8)
      #expect(whole.hasSuffix("\n"))
      try (whole + line).write(toFile: journal, atomically: false, encoding: .utf8)

      let resumed = try await twin.resumed(saying: "the last line of the journal was torn")

      #expect(try String(contentsOfFile: journal, encoding: .utf8) == whole)
      #expect(resumed.model.history.step == 5)
    }

    @Test func `without anything done there is no journal, and with --no-journal never`()
      async throws
    {
      var twin = try await Twin.started()
      try twin.type("?")
      try await twin.agree()
      #expect(try twin.journals() == [])
      try twin.kill()
      let terminal = twin.terminal
      try terminal.restart()
      try terminal.runProgram("--no-journal")
      try await terminal.shows("q quit")
      try terminal.press("Right", "Right")
      try await terminal.shows("step 3")
      #expect(try twin.journals() == [])
      try terminal.press("q")
      try await terminal.leftWith(0)
      try terminal.runProgram("resume")
      try await terminal.shows("there is nothing to resume in")
      try await terminal.leftWith(2)
    }

    @Test func `those who are open are listed and not taken`() async throws {
      var twin = try await Twin.started()
      try twin.press(.right, "Right")
      try await twin.agree()
      let program = builtProgram("pbftscope")
      let environment = "XDG_STATE_HOME='\(twin.terminal.stateHome)'"
      let list = try Tmux.shell("\(environment) '\(program)' resume --list")
      #expect(
        list.contains(
          #/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  step 2  open now  without a page  \/.*\.pbft$/#),
        "\(list)")
      let taken = try Tmux.shell("\(environment) '\(program)' resume || echo $?")
      #expect(taken.contains("is open in a running program"))
      #expect(taken.hasSuffix("\n2"), "\(taken)")

      try twin.kill()
      let free = try Tmux.shell("\(environment) '\(program)' resume --list")
      #expect(!free.contains("open now") && free.contains("step 2"), "\(free)")
    }

    @Test func `the newest twenty are kept`() async throws {
      let terminal = try Tmux()
      let folder = terminal.stateHome + "/pbftscope"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let names = (10..<40).map { "2026-01-01-0000\($0)-7.pbft" }
      for (index, name) in names.enumerated() {
        try "world seed=1\n".write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
        let date = Date(timeIntervalSince1970: 1_000_000 + Double(index))
        try FileManager.default.setAttributes(
          [.modificationDate: date], ofItemAtPath: "\(folder)/\(name)")
      }
      try "mine".write(toFile: folder + "/notes.txt", atomically: false, encoding: .utf8)
      try terminal.runProgram()
      try await terminal.shows("q quit")
      let left = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(left == names.suffix(20) + ["notes.txt", "toured"])
    }

    @Test func `where there is no place for a journal, that is said`() async throws {
      let terminal = try Tmux(columns: 120, environment: "-u HOME -u XDG_STATE_HOME")
      try terminal.runProgram()
      try await terminal.shows(
        "this session is not journalled: neither XDG_STATE_HOME nor HOME names a folder")
    }

    @Test func `a journal that cannot be written is told of once, and all else goes on`()
      async throws
    {
      let terminal = try Tmux(columns: 200, environment: "XDG_STATE_HOME=/dev/null")
      try terminal.runProgram()
      try await terminal.shows("q quit")
      try terminal.press("Right")
      try await terminal.shows("this session is not journalled any more: /dev/null")
      try terminal.press("Right")
      try await terminal.eventually("all goes on without it", terminal.screen) {
        $0.contains("step 3") && !$0.contains("journalled")
      }
      try terminal.press("q")
      try await terminal.leftWith(0)
    }

    @Test func `a disk that is full ends the journal at a whole line`() async throws {
      let terminal = try Tmux(columns: 200)
      try await terminal.shows("$")
      try terminal.run("ulimit -f 1")
      try terminal.runProgram()
      try await terminal.shows("q quit")
      for step in 2...30 {
        try terminal.press("Right")
        try await terminal.shows("step \(step)/\(step) ")
      }
      try terminal.press("q")
      try await terminal.leftWith(0)
      let folder = terminal.stateHome + "/pbftscope"
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      let name = try #require(names.first { $0.hasSuffix(".pbft") })
      let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      #expect(text.hasSuffix("\n"))
      let loaded = try SessionReader.read(text)
      #expect((2..<30).contains(loaded.history.step))
    }
  }
}

extension Twin {
  /// The files in which this terminal's programs have written what was done.
  func journals() throws -> [String] {
    let folder = terminal.stateHome + "/pbftscope"
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".pbft") }.sorted().map { "\(folder)/\($0)" }
  }

  func loadedJournal() throws -> SessionReader.Loaded {
    try Self.session(try #require(try journals().last))
  }

  static func session(_ path: String) throws -> SessionReader.Loaded {
    try SessionReader.read(try String(contentsOfFile: path, encoding: .utf8))
  }

  func kill() throws {
    let process = try #require(try terminal.processID(of: "pbftscope"))
    try Tmux.shell(
      "kill -KILL \(process); while kill -0 \(process) 2> /dev/null; do sleep 0.01; done")
  }

  /// Kills the program and has another go on; the picture must be what it was.
  func killedAndResumed() async throws -> Twin {
    try kill()
    return try await resumed(saying: "resumed where the last session ended")
  }

  /// The program that goes on in the place of one that was killed, and the model that it must show.
  func resumed(
    _ arguments: String = "resume", saying words: String
  ) async throws -> Twin {
    try terminal.restart()
    try terminal.runProgram(arguments)
    try await terminal.shows(words)
    let model = Model(history: model.history, lesson: model.lesson)
    var twin = Twin(terminal: terminal, model: model, size: size)
    try twin.resize(columns: size.columns, rows: size.rows)
    // The answer is gone with the next key.
    try twin.press(.escape, "Escape")
    try await twin.agree()
    return twin
  }
}
