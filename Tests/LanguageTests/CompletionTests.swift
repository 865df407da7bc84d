import Language
import PBFT
import Simulation
import Testing

private let context = CompletionContext(
  messages: [.init(31, "PREPARE R2>R3 v0 n1 a"), .init(7, "REQUEST alice>R0")],
  requests: [RequestName(ClientID(0), Timestamp(1))], digestCount: 2,
  branches: ["main", "crash-R2"], pages: [Completion("1-normal-case", "The normal case")])

private func words(_ line: String) -> [String] {
  completions(for: line, in: context).map(\.text)
}

private let completionsOfParenthesis = words("expect ").map { "(" + $0 }

@Suite struct `Completion knows what may follow` {
  @Test(arguments: [
    ("cr", ["crash"]), ("du", ["duplicate"]), ("crash ", ["R0", "R1", "R2", "R3"]),
    ("crash r", ["R0", "R1", "R2", "R3"]), ("crash R0 ", []),
    ("request ", ["alice", "bob"]), ("request alice a", ["append", "add"]),
    ("deliver #", ["#31", "#7"]), ("deliver PREP", ["PREPARE"]),
    ("drop PREPARE R2>", ["R2>R0", "R2>R1", "R2>R3", "R2>alice", "R2>bob", "R2>*"]),
    ("fire R1 v", ["view-change"]), ("run u", ["until"]),
    ("timers ", ["tie", "spread"]), ("timers spread 5", ["500ms"]), ("timers tie ", []),
    ("run until R2 pre", ["pre-prepared", "prepared"]),
    ("run until R2 c", ["crashed", "committed", "changing"]),
    ("expect not (vio", ["(violated"]), ("expect (", completionsOfParenthesis),
    ("expect refused within", ["within-watermarks"]),
    ("run until executed 3 at a", ["all", "any"]), ("run until idle w", ["within"]),
    ("expect violated agr", ["agreement"]), ("expect alice/1 ", ["accepted"]),
    ("restart R0 ", ["amnesia"]), ("corrupt R", ["R0", "R1", "R2", "R3"]),
    ("alter #31 di", ["digest"]), ("alter #31 digest ", ["a", "b", "alice/1", "null", "bogus"]),
    ("alter PREPARE R2>R3 v0 st", ["stale"]), ("alter #31 sender ", ["R0", "R1", "R2", "R3"]),
    ("misbehave alice o", ["only-to", "old-timestamps"]), ("misbehave alice mute ", []),
    ("forge R0>R1 COM", ["COMMIT"]), ("forge R0>R1 a", ["as"]),
    ("forge R0>R1 as R2 COMMIT v0 n1 ", ["a", "b", "alice/1", "null", "bogus"]),
    (
      "equivocate R0 alice/1>R1,R",
      ["alice/1>R1,R0", "alice/1>R1,R1", "alice/1>R1,R2", "alice/1>R1,R3"]
    ),
    ("misbehave R0 wrong-", ["wrong-digest", "wrong-view", "wrong-votes", "wrong-checkpoints"]),
    ("misbehave R0 withhold PRE", ["PRE-PREPARE", "PREPARE"]),
    ("misbehave R0 withhold COMMIT ", ["to", "n", "v"]),
    ("misbehave R0 withhold COMMIT to R1,R", ["R1,R0", "R1,R2", "R1,R3"]),
    ("misbehave R0 withhold COMMIT to R1 n 1 ", ["v"]),
    ("misbehave R1 thin-new-view ", ["few", "twice", "other", "to", "n", "v"]),
    ("step ", ["12"]), ("back u", ["until"]), ("back until R2 pre", ["pre-prepared", "prepared"]),
    ("back v", ["view", "violation"]), ("next at ", ["R0", "R1", "R2", "R3"]),
    ("back 5", ["500ms"]), ("goto ", ["start", "end", "41", "main", "crash-R2"]),
    ("goto 41 ", ["of"]), ("goto 41 of c", ["crash-R2"]), ("goto main ", []),
    ("forget ", ["main", "crash-R2"]), ("break o", ["off"]), ("break off vio", ["violated"]),
    ("note ", ["\""]), ("name ", []), ("sa", ["save"]), ("save ", ["\""]),
    ("load \"a.pbft\" ", ["to"]), ("load \"a.pbft\" to ", ["line"]),
    ("load ", ["100ms", "500ms", "1s", "2s", "off", "\""]),
    ("partition R0 R1 | ", ["R2", "R3", "alice", "bob"]), ("world se", ["seed="]),
    ("world scheme=", ["scheme=ed25519", "scheme=ideal"]), ("world n=7 n=1", ["n=10", "n=13"]),
    ("open ", ["1-normal-case", "again", "\""]), ("open again ", []), ("wor", ["world"]),
    ("xyzzy ", []),
  ])
  func `behind every word`(line: String, expected: [String]) {
    #expect(words(line) == expected)
  }

  @Test func `and says of each word what it does`() {
    for line in [
      "", "run until ", "forge R0>R1 ", "fire R0 ", "world ", "expect refused ", "hold ",
    ] {
      #expect(completions(for: line, in: context).allSatisfy { !$0.explanation.isEmpty })
      #expect(!completions(for: line, in: context).isEmpty)
    }
  }

  @Test func `every command offered can be completed to one that is read`() throws {
    var random = SplitMix64(5)
    var read = 0
    for _ in 0..<2_000 {
      var line = ""
      for _ in 0..<8 {
        if (try? Script.Statement(parsing: line, in: context.vocabulary)) != nil {
          read += 1
          break
        }
        guard let next = completions(for: line, in: context).randomElement(using: &random) else {
          break
        }
        var typed = line.split(separator: " ").map(String.init)
        if !line.hasSuffix(" "), !typed.isEmpty { typed.removeLast() }
        let isOpen = [">", "=", ","].contains { next.text.hasSuffix($0) }
        line = (typed + [next.text]).joined(separator: " ") + (isOpen ? "" : " ")
      }
    }
    #expect(read > 1_000)
  }

  @Test func `of nonsense is harmless`() {
    let parts = [
      "run", "until", " ", "  ", "(", ")", "not", ">", "<>", ",", "R1", "as", "forge", "\"", "#",
      "within", "at", "é\u{301}", "\u{0}", "equivocate", "|",
    ]
    var random = SplitMix64(6)
    for _ in 0..<2_000 {
      var line = ""
      for _ in 0..<Int.random(in: 0...10, using: &random) {
        line += parts.randomElement(using: &random) ?? ""
        if Bool.random(using: &random) { line += " " }
      }
      _ = completions(for: line, in: context)
    }
  }
}
