import Cells
import Foundation
import Language
import Screens
import Simulation
import Testing
import TmuxSupport

extension RealProgram {
  @Suite struct `Saving and loading` {
    @Test func `saved in the palette, it is opened at the moment where it was saved`() async throws
    {
      var twin = try await Twin.started(demo: "2-primary-crash.pbft", columns: 100, rows: 30)
      try twin.press(.character(" "), "Space")
      try twin.press(.character(" "), "Space")
      for _ in 0..<5 { try twin.press(.left, "Left") }
      try twin.type("2c")
      try twin.press(.right, "Right")
      try await twin.agree()
      let path = try twin.scratchFile("session.pbft")

      try await twin.enter("save \"\(path)\"", shows: "saved: ")
      let saved = twin.model
      try twin.press(.right, "Right")
      try await twin.agree()
      try twin.terminal.press("q")
      try await twin.terminal.leftWith(0)

      let opened = try await saved.shown(by: twin, "'\(path)'", saying: "q quit")
      #expect(opened.model.history.step == saved.history.step)
      #expect(opened.model.history.branches.count == 2)
      let loaded = try SessionReader.read(String(contentsOfFile: path, encoding: .utf8))
      #expect(loaded.history.world == saved.history.world)
      #expect(loaded.reached.count == 2)
      // The stops go on where they had been.
      var further = opened
      try further.press(.character(" "), "Space")
      try await further.agree()
    }

    @Test func `loaded in the palette, it takes the place of what was there`() async throws {
      var twin = try await Twin.started()
      for _ in 0..<5 { try twin.press(.right, "Right") }
      let path = try twin.scratchFile("session.pbft")
      try await twin.enter("save \"\(path)\"", shows: "saved: ")
      let saved = twin.model
      for _ in 0..<5 { try twin.press(.right, "Right") }
      try await twin.agree()

      try twin.type(":load \"\(path)\"")
      try twin.terminal.press("Enter")
      try await twin.terminal.shows("loaded: ")
      let loaded = try await saved.shown(by: twin)

      var further = loaded
      try further.press(.right, "Right")
      try await further.agree()
      // What was there before is in its own journal, to its end.
      let steps = try further.journals().map { path in
        try SessionReader.read(String(contentsOfFile: path, encoding: .utf8)).history.step
      }
      #expect(steps.sorted() == [7, 11])

      // A title that somebody gave it by hand stays, where there is no page besides.
      let titled = "title \"By hand\"\n" + (try String(contentsOfFile: path, encoding: .utf8))
      try titled.write(toFile: path, atomically: false, encoding: .utf8)
      try twin.type(":load \"\(path)\"")
      try twin.terminal.press("Enter")
      try await twin.terminal.shows("loaded: ")
      try twin.type(":save \"\(path)\"")
      try twin.terminal.press("Enter")
      try await twin.terminal.shows("saved: ")
      #expect(try String(contentsOfFile: path, encoding: .utf8) == titled)

      try twin.type(":load \"\(path)\" to line 5")
      try twin.terminal.press("Enter")
      try await twin.terminal.shows("loaded: ")
    }

    @Test func `what cannot be loaded is refused, and nothing changes`() async throws {
      var twin = try await Twin.started(columns: 160, rows: 30)
      try twin.press(.right, "Right")
      let bad = try twin.scratchFile("bad.pbft")
      let text = "world seed=1\nsession 1 \"0.1\"\nrequest alice get x\nrestart R0\n"
      try text.write(toFile: bad, atomically: false, encoding: .utf8)
      for (path, words) in [
        (bad, "line 4, step 1: `restart R0`: R0 is running"), ("/nowhere", "there is no such file"),
        ("/tmp", "this is a folder"), ("/dev/zero", "this is no file"),
      ] {
        try await twin.enter("load \"\(path)\"", shows: words)
        #expect(twin.model.history.step == 2)
      }
      #expect(try String(contentsOfFile: bad, encoding: .utf8) == text)
    }

    @Test func `what could be loaded all the same is offered to its last word on a small screen`()
      async throws
    {
      var twin = try await Twin.started()
      let bad = try twin.scratchFile("bad.pbft")
      let text = "world seed=1\nsession 1 \"0.1\"\nrequest alice get x\nrestart R0\n"
      try text.write(toFile: bad, atomically: false, encoding: .utf8)
      let offer = "load \"\(bad)\" to line 4"
      try twin.type(":load \"\(bad)\"")
      try twin.terminal.press("Enter")
      // It stands on several rows of the palette.
      let words = "canbeloaded:" + offer.filter { $0 != " " }
      try await twin.terminal.eventually("\(words) is offered", { try twin.terminal.screen() }) {
        $0.filter { !$0.isWhitespace && $0 != "┃" }.contains(words)
      }
      try twin.terminal.press("C-u")
      try twin.terminal.type(offer)
      try twin.terminal.press("Enter")
      try await twin.terminal.shows("loaded: ")
      try await twin.terminal.shows("step 1/1")
    }

    @Test func `a stop that was reached without those before it is not taken for the first`()
      async throws
    {
      let twin = try await Twin.started()
      let page = try twin.scratchFile("page.pbft")
      let text = "stop\nrequest alice get x\nstop\nsession 1 \"0.1\"\nrequest alice get x\n"
      for (reached, kept) in [("reached 2\n", 0), ("reached 1\nreached 2\n", 2)] {
        try (text + reached).write(toFile: page, atomically: false, encoding: .utf8)
        try twin.terminal.restart()
        try twin.terminal.runProgram("'\(page)'")
        try await twin.terminal.shows("q quit")
        try twin.terminal.type(":save \"\(page)\"")
        try twin.terminal.press("Enter")
        try await twin.terminal.shows("saved: ")
        #expect(try Twin.session(page).reached.count == kept)
      }
    }

    @Test func `a disk that is full leaves what was saved before as it was`() async throws {
      let twin = try await Twin.started(columns: 200)
      let page = try twin.scratchFile("page.pbft")
      let demo = try String(
        contentsOfFile: checkedOut("demos/2-primary-crash.pbft"), encoding: .utf8)
      let session = demo + "session 1 \"0.1\"\nrequest alice append x a\nstep 3\n"
      try session.write(toFile: page, atomically: false, encoding: .utf8)
      try twin.terminal.restart()
      try await twin.terminal.shows("$")
      try twin.terminal.run("ulimit -f 1")
      try twin.terminal.runProgram("--no-journal '\(page)'")
      try await twin.terminal.shows("q quit")
      try twin.terminal.type(":save \"\(page)\"")
      try twin.terminal.press("Enter")
      try await twin.terminal.shows("is the disk full?")
      #expect(try String(contentsOfFile: page, encoding: .utf8) == session)
      let left = try FileManager.default.contentsOfDirectory(atPath: twin.terminal.stateHome)
      // The folder of the journals is there as ever; nothing half written lies beside the page.
      #expect(left.filter { $0 != "pbftscope" } == ["page.pbft"])
    }

    @Test func `what is not this session is never written over`() async throws {
      var twin = try await Twin.started(columns: 160, rows: 30)
      try twin.press(.right, "Right")
      let mine = try twin.scratchFile("mine.txt")
      try "my notes\n".write(toFile: mine, atomically: false, encoding: .utf8)
      let other = try twin.scratchFile("other.pbft")
      try "step\n".write(toFile: other, atomically: false, encoding: .utf8)
      let page = try twin.scratchFile("page.pbft")

      try await twin.enter("save \"\(mine)\"", shows: "is there already and is not this")
      #expect(try String(contentsOfFile: mine, encoding: .utf8) == "my notes\n")
      try await twin.enter("save \"\(other)\"", shows: "is there already and is not this")
      #expect(try String(contentsOfFile: other, encoding: .utf8) == "step\n")
      try await twin.enter("save \"\(twin.terminal.stateHome)\"", shows: "is no file")
      try await twin.enter("save \"/nowhere/at/all\"", shows: "cannot be written")
      let journal = try #require(try twin.journals().first)
      try await twin.enter("save \"\(journal)\"", shows: "is the journal of a running pbftscope")

      try await twin.enter("save \"\(page)\"", shows: "saved: ")
      #expect(try SessionReader.read(String(contentsOfFile: page, encoding: .utf8)).linesPlayed > 0)
      // What was saved here may be spoilt by hand and saved again.
      try "my notes\n".write(toFile: page, atomically: false, encoding: .utf8)
      try await twin.enter("save \"\(page)\"", shows: "saved: ")
      #expect(try SessionReader.read(String(contentsOfFile: page, encoding: .utf8)).linesPlayed > 0)
      let left = try FileManager.default.contentsOfDirectory(atPath: twin.terminal.stateHome)
      #expect(left.sorted() == ["mine.txt", "other.pbft", "page.pbft", "pbftscope"])
    }
  }
}

extension Twin {
  /// The path of a file that is gone with the terminal.
  fileprivate func scratchFile(_ name: String) throws -> String {
    try FileManager.default.createDirectory(
      atPath: terminal.stateHome, withIntermediateDirectories: true)
    return "\(terminal.stateHome)/\(name)"
  }

  /// Types a line in the palette, sees the answer, and leaves the palette.
  fileprivate mutating func enter(_ line: String, shows words: String) async throws {
    try type(":" + line)
    try terminal.press("Enter")
    try await terminal.shows(words)
    try press(.escape, "Escape")
    try await agree()
  }
}

extension Model {
  /// The program started again, which must show this session as one that has just been opened; without
  /// arguments, the one that runs.
  fileprivate func shown(
    by twin: Twin, _ arguments: String? = nil, saying words: String = "loaded: "
  ) async throws -> Twin {
    if let arguments {
      try twin.terminal.restart()
      try twin.terminal.runProgram(arguments)
    }
    try await twin.terminal.shows(words)
    let model = Model(history: history, lesson: lesson)
    var other = Twin(terminal: twin.terminal, model: model, size: twin.size)
    try other.resize(columns: twin.size.columns, rows: twin.size.rows)
    // An answer is gone with the next key.
    if arguments == nil { try other.press(.escape, "Escape") }
    try await other.agree()
    return other
  }
}
