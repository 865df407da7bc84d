import Cells
import Foundation
import Language
import PBFT
import Screens
import Simulation
import Testing

/// The linear mode: a line in, lines out.
@Suite struct `The linear mode` {
  /// A conversation: what was typed behind `> `, and what was told.
  struct Conversation {
    var stage: Stage
    private(set) var lines: [String] = []

    init(_ stage: Stage) {
      self.stage = stage
      _ = self.stage.model.update(.resize(Size(columns: 80, rows: 24)))
      self.stage.model.greet { lines.append($0) }
    }

    @discardableResult
    mutating func hear(_ line: String) -> (told: [String], response: Response) {
      var told: [String] = []
      let response = stage.model.hear(line) { told.append($0) }
      lines += ["> " + line] + told
      return (told, response)
    }
  }

  static func lesson(_ name: String) throws -> Lesson {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    let file = folder.appendingPathComponent("demos/\(name)")
    return Lesson(try Script(parsing: String(contentsOf: file, encoding: .utf8)))
  }

  /// Compares with a file; `UPDATE_GOLDEN=1` writes it.
  private func expectTranscript(_ lines: [String], _ name: String) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/\(name).txt")
    let text = lines.map { $0 + "\n" }.joined()
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      return try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let known = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let (old, new) = (known.split(separator: "\n"), text.split(separator: "\n"))
    let first = zip(old, new).first { $0 != $1 }
    #expect(
      known == text,
      "\(name) has changed; UPDATE_GOLDEN=1 writes it\n- \(first?.0 ?? "")\n+ \(first?.1 ?? "")")
  }

  // MARK: Transcripts

  @Test func `a request is stepped, asked about and taken back`() throws {
    var talk = Conversation(try Stage())
    for line in [
      "", "step", "run until R3 prepared 1", "R3 prepared 1", "executed 1", "why R3 executed 1",
      "quorums 1", "replicas", "messages", "back 2", "where", "crash R0", "branches",
    ] { talk.hear(line) }
    try expectTranscript(talk.lines, "linear-request")
  }

  @Test func `a lesson is gone through stop by stop`() throws {
    var talk = Conversation(try Stage(lesson: Self.lesson("2-primary-crash.pbft")))
    for line in ["", "", "", "next", "previous", "", "", "view-change", "log R1 5", "state R1"] {
      talk.hear(line)
    }
    try expectTranscript(talk.lines, "linear-lesson")
  }

  @Test func `what cannot be done is told with its place and what helps`() throws {
    var talk = Conversation(try Stage())
    for line in [
      "crsh R0", "R9 prepared 1", "R3 preprared 1", "crash R9", "restart R0", "run until",
      "quorums", "quorums x", "message", "message #99", "state", "state R7", "log", "page",
      "page foo", "page ladder 1x1", "rule nothing", "open", "back 7", "previous", "forget main",
      "say \"x\"", "why bob x", "save", "load \"x\" to", "help nothing",
    ] {
      let (told, response) = talk.hear(line)
      #expect(!told.isEmpty, "\(line)")
      #expect(response == .none, "\(line)")
      #expect(talk.stage.model.history.step == 1, "\(line)")
    }
    try expectTranscript(talk.lines, "linear-mistakes")
  }

  @Test func `the help tells all words, and each of them answers`() throws {
    var talk = Conversation(try Stage())
    try expectTranscript(talk.hear("help").told, "linear-help")
    let words = talk.hear("help").told.dropFirst().prefix { $0.hasPrefix("  ") }
    #expect(words.count > 20)
    for word in words {
      let pattern = word.dropFirst(2).components(separatedBy: "  ")[0]
      let line = pattern.filter { $0 != "[" && $0 != "]" }
      let (told, response) = talk.hear(line)
      #expect(!told.isEmpty || response != .none, "\(line)")
      #expect(!told.contains { $0.hasPrefix("column ") }, "\(line): \(told)")
    }
  }

  // MARK: The same as on the screen

  @Test func `every happening of every step passed is told once, in order`() throws {
    var talk = Conversation(try Stage(lesson: Self.lesson("2-primary-crash.pbft")))
    var told: [String] = []
    talk.hear("full")
    for line in ["", "", "", "step 3", "run 50ms", "next phase", "event", "run 1s"] {
      told += talk.hear(line).told.filter { $0.hasPrefix("  ") }
    }
    let history = talk.stage.model.history
    let speaker = Speaker(digests: history.world.letters)
    var known: [String] = []
    history.visit(1...history.step) { known += $0.map(speaker.plain) }
    // Digests get their letters on the way; the columns before them are the same.
    #expect(told.map { $0.prefix(40) } == known.map { $0.prefix(40) })
    #expect(told.count > 100)
  }

  @Test func `every step is one line with its sentence, unless all is asked for`() throws {
    var talk = Conversation(try Stage())
    let told = talk.hear("step 12").told
    #expect(told.count == 12)
    for (line, step) in zip(told, 2...) { #expect(line.hasPrefix("step \(step), ")) }
    #expect(told[0].contains("R0 receives REQUEST alice/1 append x a from alice"))
    #expect(talk.hear("full").told.count == 1)
    #expect(talk.hear("step 12").told.count > 12)
    #expect(talk.hear("brief").told.count == 1)
    #expect(talk.hear("step 4").told.count == 4)
  }

  @Test(arguments: ["2-primary-crash.pbft", "4-equivocation.pbft", "5-what-if.pbft"])
  func `the lines of a page lead where they lead in the palette`(demo: String) throws {
    let lesson = try Self.lesson(demo)
    var stage = try Stage(lesson: lesson)
    var talk = Conversation(try Stage(lesson: lesson))
    for line in lesson.script.lines {
      switch line.statement {
      case .command, .time:
        stage.command(line.statement.text)
        talk.hear(line.statement.text)
      default: break
      }
      #expect(talk.stage.model.world == stage.model.world, "line \(line.number)")
      #expect(talk.stage.model.before == stage.model.before, "line \(line.number)")
    }
    #expect(talk.stage.model.history.step > 20)
    #expect(
      talk.stage.model.history.branches.map(\.name) == stage.model.history.branches.map(\.name))
  }

  @Test func `who goes back is told where that is, in one line`() throws {
    var talk = Conversation(try Stage())
    talk.hear("step 12")
    let back = talk.hear("back 2").told
    #expect(back.count == 1)
    #expect(back[0].hasPrefix("step 11 of 13 on main, 0.2"))
    #expect(talk.hear("start").told == ["step 0 of 13 on main, 0.00 s"])
    #expect(talk.hear("goto end").told.count == 1)
    #expect(talk.hear("goto 4").told.count == 1)
  }

  @Test func `conditions are answered as the world has them`() throws {
    var talk = Conversation(try Stage())
    for _ in 0..<30 {
      talk.hear("")
      for text in ["R1 prepared 1", "executed 1 at all correct", "not idle", "alice/1 accepted"] {
        let condition = try Condition(
          parsing: text, in: Vocabulary(talk.stage.model.world.configuration))
        let answer = talk.stage.model.world.holds(condition) ? "yes" : "no"
        #expect(talk.hear(text).told == ["\(answer): \(condition.text)"])
      }
    }
  }

  @Test func `files, pictures and the end are left to the program`() throws {
    var talk = Conversation(try Stage())
    #expect(talk.hear("save \"x y.pbft\"").response == .save("x y.pbft"))
    #expect(talk.hear("load \"a.pbft\" to line 7").response == .load("a.pbft", toLine: 7))
    #expect(talk.hear("open demos/A b.pbft").response == .open("demos/A b.pbft"))
    #expect(talk.hear("picture").response == .picture)
    for word in ["quit", "exit", "q", "QUIT"] { #expect(talk.hear(word).response == .quit) }
  }

  // MARK: Nothing but text

  @Test func `no escape code and no control character is ever told`() throws {
    var talk = Conversation(try Stage())
    let hostile = "\u{1b}[31m\u{7}\u{9b}2J\r\t\u{0}\u{7f}"
    for line in [
      "note \"\(hostile)\"", hostile, "request alice \"append x \(hostile)\"", "name \(hostile)",
      "save \"\(hostile)\"", "page \(hostile)", "open", "help \(hostile)", "where", "notes",
      "page cluster", "page timeline 100x28", "run 2s", "messages", "log alice", "rules",
      "# \(hostile)",
    ] { talk.hear(line) }
    let text = talk.lines.filter { !$0.hasPrefix("> ") }.joined()
    #expect(text.unicodeScalars.count > 1_000)
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 32 && !(0x7f..<0xa0 ~= $0.value) })
  }

  @Test(arguments: ["cluster", "ladder", "quorums", "view-change", "rules", "timeline", "start"])
  func `a page is told as it is drawn, in ASCII`(name: String) throws {
    var talk = Conversation(try Moment.changed.stage())
    let rows = talk.hear("page \(name) 100x28").told
    #expect(rows.count == 28)
    #expect(rows.joined().unicodeScalars.allSatisfy { $0.isASCII })
    var model = talk.stage.model
    model.glyphs = .ascii
    model.show(try #require(Page(word: name)), at: Size(columns: 100, rows: 28))
    #expect(draw(model, Size(columns: 100, rows: 28)).text == rows.joined(separator: "\n"))
    // It is looked at, not gone to.
    #expect(talk.stage.model.page == .cluster)
  }

  @Test func `a page has a name that is typed, or its beginning`() {
    for page in Page.allCases { #expect(Page(word: page.word) == page) }
    #expect(Page(word: "lad") == .ladder)
    #expect(Page(word: "V") == .viewChange)
    #expect(Page(word: "") == nil)
    #expect(Page(word: "x") == nil)
  }
}
