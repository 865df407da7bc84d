import Language
import PBFT
import Simulation
import Testing

/// A world large enough for every name that the generator makes.
private let large = Vocabulary(replicaCount: 13, clientCount: 12)

@Suite struct `The language prints what it parses` {
  @Test(arguments: 0..<Generator.commandForms)
  func `every command comes back from its text`(form: Int) throws {
    var generator = Generator(seed: UInt64(form) + 1)
    for _ in 0..<200 {
      let command = generator.command(form: form)
      let again = try Command(parsing: command.text, in: large)
      #expect(again == command, "\(command.text)")
      #expect(again.text == command.text)
    }
  }

  @Test func `every condition comes back from its text`() throws {
    var generator = Generator(seed: 99)
    for _ in 0..<2_000 {
      let condition = generator.condition(depth: 4)
      #expect(try Condition(parsing: condition.text, in: large) == condition, "\(condition.text)")
    }
  }

  @Test(arguments: [
    ("  crash   r0 # the primary", "crash R0"),
    ("request ALICE \"append x 1\"", "request alice append x 1"),
    ("request alice append \"x\" \"a b\"", "request alice append x \"a b\""),
    ("run 1500ms", "run 1.5s"), ("run 0.8ms", "run 800us"), ("run 0ms", "run 0s"),
    (
      "run until (R2 prepared n1) and (view v1 or idle) within 60s",
      "run until R2 prepared 1 and (view 1 at all correct or idle) within 60s"
    ),
    ("deliver prepare r2 > r3 v0 n1", "deliver PREPARE R2>R3 v0 n1"),
    ("drop #31", "drop #31"), ("hold #31", "hold #31"), ("hold R1>*", "hold R1>*"),
    ("delay R1<>alice 500ms", "delay R1<>alice 500ms"), ("lose *>R2 10%", "lose *>R2 10%"),
    ("partition r0 r1 alice|r2 r3", "partition R0 R1 alice | R2 R3"),
    ("equivocate R0 alice/1>R1,R2 bob/1>R3 votes", "equivocate R0 alice/1>R1,R2 bob/1>R3 votes"),
    ("misbehave r0 wrong-digest", "misbehave R0 wrong-digest"),
    (
      "misbehave R0 WITHHOLD commit to r1 , r2 n 1..3 v 0..0",
      "misbehave R0 withhold COMMIT to R1,R2 n 1..3 v 0"
    ),
    ("misbehave R3 wrong-votes view to R1", "misbehave R3 wrong-votes view to R1"),
    ("misbehave R3 wrong-votes n 2", "misbehave R3 wrong-votes n 2"),
    ("misbehave R0 slow 1800ms", "misbehave R0 slow 1.8s"),
    ("misbehave R3 ask-for-view 9", "misbehave R3 ask-for-view v9"),
    ("misbehave R0 censor bob", "misbehave R0 censor bob"),
    ("forge R0>R1 COMMIT 0 1 a", "forge R0>R1 COMMIT v0 n1 a"),
    (
      "forge R1>R2 as R0 pre-prepare v1 n2 alice/1+bob/2",
      "forge R1>R2 as R0 PRE-PREPARE v1 n2 alice/1+bob/2"
    ),
    (
      "forge R1>R2 VIEW-CHANGE v1 prepared n1 v0 a prepared n2 v0 null",
      "forge R1>R2 VIEW-CHANGE v1 prepared n1 v0 a prepared n2 v0 null"
    ),
    ("forge R1>R2 NEW-VIEW v1 from R1 R2 R3 empty", "forge R1>R2 NEW-VIEW v1 from R1 R2 R3 empty"),
    ("alter #31 view v3", "alter #31 view 3"),
    ("alter prepare r2>r3 v0 n1 n 5", "alter PREPARE R2>R3 v0 n1 n 5"),
    ("alter COMMIT R2>R3 view 2", "alter COMMIT R2>R3 view 2"),
    ("alter REPLY R2>alice result LIE", "alter REPLY R2>alice result LIE"),
    ("alter #31 repeat 0.5s", "alter #31 repeat 500ms"), ("alter #3 stale", "alter #3 stale"),
    ("misbehave alice only-to r2", "misbehave alice only-to R2"),
    ("misbehave bob slow 3000ms", "misbehave bob slow 3s"), ("honest alice", "honest alice"),
    ("twin r3", "twin R3"), ("twin R3 r1 alice|r0 r2", "twin R3 R1 alice | R0 R2"),
    ("heal", "heal"), ("load off", "load off"), ("fire R1 view-change", "fire R1 view-change"),
  ])
  func `a command has one canonical text`(typed: String, canonical: String) throws {
    #expect(try Command(parsing: typed, in: Vocabulary()).text == canonical)
  }

  @Test func `and binds more than or, and not more than both`() throws {
    let parsed = try Condition(parsing: "idle or not R0 crashed and violated", in: Vocabulary())
    #expect(
      parsed == .or(.idle, .and(.not(.crashed(ReplicaID(0))), .violated(nil))))
  }

  @Test func `digest names are never words of the language`() {
    for index in 0..<20_000 {
      #expect(Letters.index(of: Letters.name(of: index)) == index)
    }
    #expect(["at", "or", "as", "null"].allSatisfy { Letters.index(of: $0) == nil })
    #expect([0, 25, 26].map(Letters.name) == ["a", "z", "aa"])
  }
}
