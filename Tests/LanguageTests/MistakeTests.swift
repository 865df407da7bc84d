import Language
import PBFT
import Simulation
import Testing

@Suite struct `A mistake has a place, a reason and a remedy` {
  @Test(arguments: [
    (
      "crsh R0",
      "line 1, column 1: unknown command \"crsh\"; did you mean \"crash\"? (expected a command: step, run, deliver, …)"
    ),
    ("", "line 1, column 1: the line ends too early (expected a command: step, run, deliver, …)"),
    ("crash R9", "line 1, column 7: there is no replica R9; there are R0, R1, R2, R3"),
    (
      "alter #31",
      "line 1, column 10: the line ends too early (expected what is altered: view, n, digest, sender, result, drop, repeat, stale, corrupt)"
    ),
    (
      "alter #31 vew 3",
      "line 1, column 11: \"vew\" alters nothing; did you mean \"view\"? (expected what is altered: view, n, digest, sender, result, drop, repeat, stale, corrupt)"
    ),
    (
      "misbehave alice slw",
      "line 1, column 17: \"slw\" is no misbehaviour of a client; did you mean \"slow\"? (expected what it does: only-to, mute, slow, old-timestamps, two-operations, huge-timestamp, impatient, unsigned)"
    ),
    ("twin R3 R1", "line 1, column 11: the line ends too early (expected | and another group)"),
    ("twin R3 R1 | R1", "line 1, column 14: R1 is in the groups twice"),
    (
      "crash r99999999999999999999",
      "line 1, column 7: \"r99999999999999999999\" is no replica (expected a replica: R0, R1, R2, R3)"
    ),
    ("crash", "line 1, column 6: the line ends too early (expected a replica: R0, R1, R2, R3)"),
    ("crash R0 now", "line 1, column 10: unexpected \"now\" (expected the end of the line)"),
    ("request carol get x", "line 1, column 9: there is no client carol; there are alice, bob"),
    (
      "request alcie get x",
      "line 1, column 9: \"alcie\" is no client; did you mean \"alice\"? (expected a client: alice, bob)"
    ),
    (
      "request alice appnd x 1",
      "line 1, column 15: unknown operation \"appnd\"; did you mean \"append\"? (expected an operation: put, add, append, get, delete)"
    ),
    (
      "request alice add x many",
      "line 1, column 21: \"many\" is no amount (expected a whole number such as 5 or -3)"
    ),
    (
      "request alice \"append x\"",
      "line 1, column 24: the line ends too early (expected a value, such as 1 or \"a b\")"
    ),
    (
      "misbehave R0 wrong-digets",
      "line 1, column 14: \"wrong-digets\" is no misbehaviour; did you mean \"wrong-digest\"? (expected a misbehaviour: wrong-digest, second-proposal, repeat-request, …)"
    ),
    (
      "misbehave R0 withhold",
      "line 1, column 22: the line ends too early (expected a kind of message, such as COMMIT)"
    ),
    (
      "misbehave R0 repeat-votes 99",
      "line 1, column 27: \"99\" is no such number (expected a number from 2 to 20)"
    ),
    (
      "misbehave R0 wrong-votes luch",
      "line 1, column 26: unexpected \"luch\" (expected digest, view, number)"
    ),
    (
      "misbehave R0 usurp n 3..1",
      "line 1, column 22: 3 is above 1 (expected the lower one first)"
    ),
    (
      "misbehave R0 usurp n 1-3",
      "line 1, column 22: \"1-3\" is no range (expected sequence numbers such as 1..3)"
    ),
    (
      "misbehave R0 usurp to R1,R1",
      "line 1, column 26: R1 is named twice"
    ),
    (
      "misbehave R0 usurp v 1 n 1",
      "line 1, column 24: unexpected \"n\" (expected to, n or v, in this order)"
    ),
    (
      "run 5",
      "line 1, column 5: \"5\" is no time; did you mean \"5ms\"? (expected a time such as 500ms, 1.5s or 800us)"
    ),
    (
      "run untill idle",
      "line 1, column 5: unexpected \"untill\"; did you mean \"until\"? (expected a time such as 500ms, or until and a condition)"
    ),
    (
      "run until R2 perpared 1",
      "line 1, column 14: unknown condition \"perpared\"; did you mean \"prepared\"? (expected a condition such as R2 prepared 1, view 1 or alice/1 accepted)"
    ),
    (
      "run until R2 prepared 99999999999999999999",
      "line 1, column 23: \"99999999999999999999\" is too large (expected at most 1000000000)"
    ),
    (
      "run until (idle",
      "line 1, column 16: the line ends too early (expected and, or, or a closing ))"
    ),
    (
      "run until crashed",
      "line 1, column 11: \"crashed\" needs a replica (expected such as R0 crashed)"
    ),
    (
      "drop PREPRE R1>R2",
      "line 1, column 6: \"PREPRE\" is no kind of message; did you mean \"PREPARE\"? (expected a message: #31, or what it is, such as PREPARE R2>R3 v0 n1)"
    ),
    (
      "drop #x",
      "line 1, column 8: the line ends too early (expected a message: #31, or what it is, such as PREPARE R2>R3 v0 n1)"
    ),
    (
      "cut R1-R2",
      "line 1, column 5: \"R1-R2\" is no replica (expected a replica or client: R0, R1, R2, R3, alice, bob)"
    ),
    (
      "lose R1>R2 101%", "line 1, column 12: \"101\" is no share (expected a share from 0% to 100%)"
    ),
    (
      "fire R1 viewchange",
      "line 1, column 9: \"viewchange\" is no timer; did you mean \"view-change\"? (expected a timer: view-change, resend, retry, idle)"
    ),
    (
      "partition R0 R1", "line 1, column 16: the line ends too early (expected | and another group)"
    ),
    ("partition R0 | R0", "line 1, column 16: R0 is in the partition twice"),
    (
      "forge R0>R1 COMMIT v0 n1 bogsu",
      "line 1, column 26: \"bogsu\" is no digest; did you mean \"bogus\"? (expected a digest: a, b, …, alice/1, null or bogus)"
    ),
    (
      "request alice put x \"open",
      "line 1, column 21: the text that begins here does not end (expected a closing \")"
    ),
    ("step \u{0}", "line 1, column 6: a control character (U+0000) is no text (expected text)"),
    (
      "run until refused within-watermark",
      "line 1, column 19: unknown rule \"within-watermark\"; did you mean \"within-watermarks\"? (expected a rule such as within-watermarks)"
    ),
  ])
  func `a wrong command says so in one line`(text: String, message: String) {
    let error = #expect(throws: LanguageError.self) { try Command(parsing: text, in: Vocabulary()) }
    #expect(error?.description == message)
  }

  @Test(arguments: ["world n=7", "title \"x\""])
  func `what stands only at the head of a file says so`(text: String) {
    let error = #expect(throws: LanguageError.self) {
      try Script.Statement(parsing: text, in: Vocabulary())
    }
    let word = text.prefix(5)
    #expect(error?.description == "line 1, column 1: \(word) stands only at the head of a file")
  }

  @Test func `a text that is too long is no key`() {
    let error = #expect(throws: LanguageError.self) {
      try Command(
        parsing: "request alice get " + String(repeating: "k", count: 65), in: Vocabulary())
    }
    #expect(error?.message == "a text of 65 bytes is too long (expected at most 64)")
  }

  @Test func `a condition may be long, and not endless`() {
    let deep = String(repeating: "(", count: 100_000)
    #expect(throws: LanguageError.self) { try Condition(parsing: deep, in: Vocabulary()) }
    let many = String(repeating: "idle and ", count: 5_000) + "idle"
    #expect(throws: LanguageError.self) { try Condition(parsing: many, in: Vocabulary()) }
  }

  @Test func `no text at all does harm`() {
    let words = [
      "run", "until", "forge", "R0", "R1>", "R2", ">", "<>", "*", "alice", "bob/1", "#", "#7", "1",
      "v0", "n1", "\"", "\\", "(", ")", "not", "and", "or", "within", "5s", "..", "=", "world", "n",
      "a", "COMMIT", "NEW-VIEW", "from", "empty", "|", ",", "+", "%", "request", "put", "x",
      "expect",
      "99999999999999999999", "-1", "\u{0}", "\n", "\r", "é", "\u{301}", "say", "stop", "title",
      "back", "next", "goto", "name", "note", "break", "forget", "of", "end", "step", "12", "at",
      "session", "state", "~0000000000000000", "reached", "load", "save", "to", "line",
    ]
    var random = SplitMix64(2)
    for _ in 0..<2_000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        text += words.randomElement(using: &random) ?? ""
        if Bool.random(using: &random) { text += " " }
      }
      if let command = try? Command(parsing: text, in: Vocabulary()) {
        #expect((try? Command(parsing: command.text, in: Vocabulary())) == command)
      }
      _ = try? Condition(parsing: text, in: Vocabulary())
      _ = try? Script(parsing: text)
      _ = try? Script(parsing: "session 1 \"0.1\"\n" + text)
      _ = try? SessionReader.read("session 1 \"0.1\"\n" + text + "\n", limit: 50)
      if let command = try? TimeCommand(parsing: text, in: Vocabulary()) {
        #expect((try? TimeCommand(parsing: command.text, in: Vocabulary())) == command)
      }
      if let command = try? FileCommand(parsing: text, in: Vocabulary()) {
        #expect((try? FileCommand(parsing: command.text, in: Vocabulary())) == command)
      }
      _ = try? Configuration(parsing: text, base: Configuration())
    }
  }
}
