import Language
import PBFT
import Simulation
import Testing

private let page = """
  # a demo
  title "The primary \\"crashes\\""
  world n=7 seed=3 k=2 latency=10ms..20ms T=1.5s scheme=ideal

  say "Everything is calm."
  say "Then it is not."   # two lines, one paragraph
  request alice append x 1
  stop "before the crash"
  crash R6
  run until executed 1 within 60s
  expect executed 1 at all correct and not violated
  stop

  """

@Suite struct `A script` {
  @Test func `is read with its title, its world and its lines`() throws {
    let script = try Script(parsing: page)
    #expect(script.title == "The primary \"crashes\"")
    #expect(script.configuration.settings.cluster.replicaCount == 7)
    #expect(script.configuration.settings.checkpointInterval == 2)
    #expect(script.configuration.leastLatency == .milliseconds(10))
    #expect(script.lines.map(\.number) == [5, 6, 7, 8, 9, 10, 11, 12])
    #expect(script.statements[3] == .stop("before the crash"))
    #expect(script.statements[7] == .stop(nil))
    #expect(script.commands.count == 3)
  }

  @Test func `comes back from its text`() throws {
    let script = try Script(parsing: page)
    let again = try Script(parsing: script.text)
    #expect(again.statements == script.statements)
    #expect(again.title == script.title)
    #expect(again.configuration == script.configuration)
    #expect(again.text == script.text)
    #expect(
      again
        == Script(
          title: script.title, configuration: script.configuration, statements: script.statements))
  }

  @Test(arguments: [
    (
      "",
      "line 1, column 1: there is no command in it (expected lines such as: request alice append x 1)"
    ),
    (
      "# nothing\n\n",
      "line 1, column 1: there is no command in it (expected lines such as: request alice append x 1)"
    ),
    (
      "\u{7f}ELF\u{2}\u{1}",
      "line 1, column 1: a control character (U+007F) is no text (expected text)"
    ),
    ("world n=5\nstep", "line 1, column 9: n = 5 is not 3f + 1 (expected 4, 7, 10 or 13)"),
    (
      "step\nworld n=7",
      "line 2, column 1: the world is set after the first command (expected world before every command)"
    ),
    (
      "world K=20\nstep",
      "line 1, column 1: L = 10: expected a number from K = 20 to 4000, or no checkpoint could ever move the window"
    ),
    ("world seed=1 W=11\nstep", "line 1, column 14: W = 11: expected a number from 1 to L = 10"),
    (
      "world sed=1",
      "line 1, column 7: unknown setting \"sed\"; did you mean \"seed\"? (expected a setting: n, K, L, W, batch, T, client-timeout, seed, clients, latency, scheme, primaries, idle, without)"
    ),
    ("world seed=1 seed=2", "line 1, column 14: seed is set twice"),
    (
      "world latency=5..6",
      "line 1, column 15: \"5..6\" is no range of times (expected times such as 50ms..100ms)"
    ),
    ("say hello", "line 1, column 5: unexpected \"hello\" (expected a text in quotation marks)"),
    (
      "step\n\nexpct idle",
      "line 3, column 1: unknown command \"expct\"; did you mean \"expect\"? (expected a command: step, run, deliver, …)"
    ),
    (
      "world n=7\r\ncrash R7\r\n",
      "line 2, column 7: there is no replica R7; there are R0, R1, R2, R3, R4, R5, R6"
    ),
  ])
  func `with a mistake says where it is`(text: String, message: String) {
    let error = #expect(throws: LanguageError.self) { try Script(parsing: text) }
    #expect(error?.description == message)
  }

  @Test func `of a world alone changes only what is named`() throws {
    let base = Configuration(seed: 9, clientCount: 3)
    let changed = try Configuration(parsing: "n=10 client-timeout=500ms", base: base)
    #expect(changed.seed == 9)
    #expect(changed.clientCount == 3)
    #expect(changed.settings.cluster.replicaCount == 10)
    #expect(try Configuration(parsing: changed.text, base: Configuration()) == changed)
  }
}
