import Language
import PBFT
import Simulation
import Testing

private let large = Vocabulary(replicaCount: 13, clientCount: 12)

@Suite struct `What is done with a history is a line of the language` {
  @Test(arguments: 0..<Generator.timeForms)
  func `and comes back from its text`(form: Int) throws {
    var generator = Generator(seed: UInt64(form) + 500)
    for _ in 0..<200 {
      let command = generator.timeCommand(form: form)
      #expect(try TimeCommand(parsing: command.text, in: large) == command, "\(command.text)")
      #expect(
        try Script.Statement(parsing: command.text, in: large) == .time(command), "\(command.text)")
    }
  }

  @Test(arguments: [
    ("step 1", "step 1"), ("STEP 012", "step 12"), ("back 1", "back"), ("back", "back"),
    ("back 0.5s", "back 500ms"), ("back until (idle)", "back until idle"),
    ("next view", "next view"), ("next AT r2", "next at R2"), ("back at R2", "back at R2"),
    ("goto start", "goto 0"), ("goto end", "goto end"), ("goto end of calm", "goto calm"),
    ("goto Calm", "goto Calm"), ("goto 41 of crash-R2", "goto 41 of crash-R2"),
    ("goto start of calm", "goto 0 of calm"), ("goto 2nd", "goto 2nd"), ("note \"\"", "note \"\""),
    ("break off", "break off"), ("break off idle", "break off idle"),
    ("name delay-R1_2", "name delay-R1_2"),
  ])
  func `with one canonical text`(typed: String, canonical: String) throws {
    #expect(try TimeCommand(parsing: typed, in: Vocabulary()).text == canonical)
  }

  @Test(arguments: [
    (
      "step twelve",
      "line 1, column 6: \"twelve\" is no number of steps (expected a number of steps, such as 12)"
    ),
    ("step 0", "line 1, column 6: no step at all is no way (expected at least 1)"),
    (
      "back 99999999999",
      "line 1, column 6: \"99999999999\" is too large (expected at most 1000000000)"
    ),
    (
      "back vieww",
      "line 1, column 6: there is no way to \"vieww\"; did you mean \"view\"? (expected a number of steps, a time such as 500ms, until and a condition, or: phase, event, view, refusal, violation, checkpoint, fault, timeout, note, at R2)"
    ),
    (
      "next",
      "line 1, column 5: the line ends too early (expected what to go on to: phase, event, view, refusal, violation, checkpoint, fault, timeout, note, at R2)"
    ),
    ("next at R9", "line 1, column 9: there is no replica R9; there are R0, R1, R2, R3"),
    (
      "goto",
      "line 1, column 5: the line ends too early (expected a step such as 41, the name of a branch, start or end)"
    ),
    (
      "goto 41 of 42",
      "line 1, column 12: \"42\" is no name of a branch (expected 1 to 24 letters, digits, - and _, not only digits, as in crash-R2)"
    ),
    ("goto 41 in calm", "line 1, column 9: unexpected \"in\" (expected the end of the line)"),
    (
      "name off",
      "line 1, column 6: \"off\" is no name of a branch (expected 1 to 24 letters, digits, - and _, not only digits, as in crash-R2)"
    ),
    (
      "name abcdefghijklmnopqrstuvwxy",
      "line 1, column 6: \"abcdefghijklmnopqrstuvwxy\" is no name of a branch (expected 1 to 24 letters, digits, - and _, not only digits, as in crash-R2)"
    ),
    ("note calm", "line 1, column 6: unexpected \"calm\" (expected a text in quotation marks)"),
    (
      "bck 12",
      "line 1, column 1: unknown command \"bck\"; did you mean \"back\"? (expected a command: step, run, deliver, …)"
    ),
    (
      "state 5 ~0000000000000000",
      "line 1, column 1: state stands only in the session of a page (expected a line such as `session 1 \"0.1\"` before it)"
    ),
  ])
  func `and a mistake in it says where it is`(text: String, message: String) {
    let error = #expect(throws: LanguageError.self) {
      try Script.Statement(parsing: text, in: Vocabulary())
    }
    #expect(error?.description == message)
  }

  @Test func `every branch gets a name that can be written`() throws {
    var generator = Generator(seed: 77)
    for form in 0..<Generator.commandForms {
      for _ in 0..<40 {
        let command = generator.command(form: form)
        var history = History(Configuration(scheme: .ideal))
        try history.perform(.request(ClientID(0), .get(key: "x")))
        history.seek(0)
        // What makes no sense in this world opens nothing.
        guard (try? history.perform(command)) != nil, history.branches.count > 1 else { continue }
        let name = history.branches[1].name
        #expect(Branch.isName(name), "\(command.text): \(name)")
      }
    }
  }

  @Test func `names that are too long are cut, and stay different`() throws {
    var history = History(Configuration(scheme: .ideal))
    try history.perform(.request(ClientID(0), .get(key: "x")))
    try history.perform(.step)
    for step in [0, 1] {
      history.go(to: 0, step: step)
      try history.perform(.rule(.voteForOtherDigest, isOn: false))
    }
    #expect(
      history.branches.map(\.name)
        == ["main", "vote-for-other-digest-of", "vote-for-other-digest--2"])
    #expect(history.branches.map(\.id) == [0, 1, 2])
    for name in ["of", "a b", "12", ""] {
      #expect(throws: Refusal.self) { try history.perform(.name(name)) }
    }
  }

  @Test(arguments: [
    ("save \"a b.pbft\"", FileCommand.save("a b.pbft")),
    ("open \"a b.pbft\"", .open("a b.pbft")), ("open demos/a.pbft", .open("demos/a.pbft")),
    ("open 2-primary-crash", .open("2-primary-crash")), ("open \"again\"", .open("again")),
    ("OPEN Again", .openAgain), ("world seed=7", .world(Configuration(seed: 7))),
    ("world n=4 scheme=ideal", .world(Configuration(scheme: .ideal))),
    ("SAVE \"x\"", .save("x")), ("load \"x\"", .load("x", toLine: nil)),
    ("load \"x\" to line 56", .load("x", toLine: 56)),
    (" load  \"x\\\"y\"", .load("x\"y", toLine: nil)),
  ])
  func `files are saved and loaded by a line`(text: String, command: FileCommand) throws {
    #expect(FileCommand.isFileCommand(text))
    #expect(try FileCommand(parsing: text, in: Vocabulary()) == command)
    #expect(try FileCommand(parsing: command.text, in: Vocabulary()) == command)
  }

  @Test(arguments: [
    (
      "save",
      "line 1, column 5: the line ends too early (expected the name of a file in quotation marks)"
    ),
    (
      "save x",
      "line 1, column 6: unexpected \"x\" (expected the name of a file in quotation marks)"
    ),
    (
      "save \"\"",
      "line 1, column 6: no file has an empty name (expected the name of a file in quotation marks)"
    ),
    (
      #"save "a\u{0}b""#,
      "line 1, column 6: no file has the character U+0000 in its name (expected the name of a file in quotation marks)"
    ),
    ("load \"x\" line 5", "line 1, column 10: unexpected \"line\" (expected the end of the line)"),
    ("load \"x\" to 5", "line 1, column 13: unexpected \"5\" (expected line and its number)"),
    (
      "load \"x\" to line 0",
      "line 1, column 18: \"0\" is no line's number (expected a line's number, such as 56)"
    ),
  ])
  func `or a mistake says what was expected`(text: String, message: String) {
    let error = #expect(throws: LanguageError.self) {
      try FileCommand(parsing: text, in: Vocabulary())
    }
    #expect(error?.description == message)
  }

  @Test func `load is also a command`() throws {
    #expect(!FileCommand.isFileCommand("load 300ms"))
    #expect(!FileCommand.isFileCommand("load off"))
    #expect(
      try Command(parsing: "load 300ms", in: Vocabulary()) == .load(every: .milliseconds(300)))
  }

  @Test func `a page goes back and forth, and tells each event once`() throws {
    let script = try Script(
      parsing: """
        world seed=3 scheme=ideal
        request alice append x 1
        step 12
        expect not idle
        back 5
        crash R2
        name crashed
        expect R2 crashed
        goto main
        expect not R2 crashed
        goto 8 of crashed
        step 3
        expect R2 crashed

        """)
    var player = Player(script)
    var told = 0
    var last = 0
    try player.play { _, happenings in
      for happening in happenings where happening.step != last {
        told += 1
        last = happening.step
      }
    }
    #expect(player.held && player.outcomes.count == 4)
    #expect(player.history.branches.map(\.name) == ["main", "crashed"])
    #expect(player.history.step == 11 && player.history.branch == 1)
    // Thirteen steps of the first branch, then three of the other.
    #expect(player.history.stepCount == 16 && told == 16)
  }
}
