import Language
import PBFT
import Simulation
import Testing

/// Why a request waits: the whole sentence, in one situation after another.
@Suite struct `Why a request waits` {
  struct Situation: Sendable, CustomTestStringConvertible {
    let name: String
    let settings: String
    let lines: [String]
    let sentence: String

    init(_ name: String, world settings: String = "", _ lines: [String], _ sentence: String) {
      self.name = name
      self.settings = settings
      self.lines = lines
      self.sentence = sentence
    }

    var testDescription: String { name }
  }

  static let situations: [Situation] = [
    Situation(
      "on its way to the primary", ["request alice put x 1"],
      "alice/1 waits: R0 is primary of view 0 and has not received alice/1; REQUEST from alice to R0 arrives as #1 at 0.06 s"
    ),
    Situation(
      "a crashed primary, and nobody suspects it",
      ["crash R0", "request alice put x 1", "run 500ms"],
      "alice/1 waits: R0 is primary of view 0 and is crashed (`restart R0`); no timer runs: R1, R2 and R3 have not received it; alice's retry timer fires at 1.032574 s"
    ),
    Situation(
      "a crashed primary, and timers run", ["crash R0", "request alice put x 1", "run 1200ms"],
      "alice/1 waits: R0 is primary of view 0 and is crashed (`restart R0`); R1's view-change timer fires at 3.159173 s"
    ),
    Situation(
      "a VIEW-CHANGE is held, and R3 is crashed",
      [
        "request alice put x 1", "run 1s", "request alice put x 2", "run 1s", "crash R3",
        "hold R2>R1", "request alice put x 3", "run 2500ms",
      ],
      "alice/3 waits: R1 is primary of view 1 and holds 2 of 3 VIEW-CHANGEs; R2's is held on link R2>R1 (`heal R2>R1`); R3 is crashed (`restart R3`); R0's view-change timer fires at 6.349094 s"
    ),
    Situation(
      "a silent primary", ["silence R0", "request alice put x 1", "run 1200ms"],
      "alice/1 waits: R0 is primary of view 0 and is silent (`honest R0`); R3's view-change timer fires at 3.115122 s"
    ),
    Situation(
      "the client is cut off", ["cut alice>*", "request alice put x 1", "run 500ms"],
      "alice/1 waits: R0 is primary of view 0 and has not received alice/1; REQUEST from alice to R0 is lost on link alice>R0, which is cut (`heal alice>R0`); alice's retry timer fires at 1.032574 s; no timer runs: R1, R2 and R3 have not received it; REQUEST from alice to R1 is lost on link alice>R1, which is cut (`heal alice>R1`); REQUEST from alice to R2 is lost on link alice>R2, which is cut (`heal alice>R2`); REQUEST from alice to R3 is lost on link alice>R3, which is cut (`heal alice>R3`)"
    ),
    Situation(
      "the client's replies are cut off", ["cut *>alice", "request alice put x 1", "run 500ms"],
      "alice/1 waits: alice has 0 of 2 replies; R0's is lost on link R0>alice, which is cut (`heal R0>alice`); R1's is lost on link R1>alice, which is cut (`heal R1>alice`); R2's is lost on link R2>alice, which is cut (`heal R2>alice`); R3's is lost on link R3>alice, which is cut (`heal R3>alice`)"
    ),
    Situation(
      "PREPAREs and COMMITs on a cut link",
      ["crash R3", "cut R2>R1", "cut R1>R2", "request alice put x 1", "run 500ms"],
      "alice/1 waits: R0 holds 1 of 3 COMMITs for n1; R1 holds 1 of 2 PREPAREs for n1; R2's is lost on link R2>R1, which is cut (`heal R2>R1`); R3 is crashed (`restart R3`); R2 holds 1 of 2 PREPAREs for n1; R1's is lost on link R1>R2, which is cut (`heal R1>R2`); R1's view-change timer fires at 2.186599 s"
    ),
    Situation(
      "two of four are crashed", ["crash R2", "crash R3", "request alice put x 1", "run 500ms"],
      "alice/1 waits: R0 holds 1 of 2 PREPAREs for n1; R2 is crashed (`restart R2`); R3 is crashed (`restart R3`); R1's view-change timer fires at 2.186599 s"
    ),
    Situation(
      "a partition into two halves",
      ["partition R0 R1 alice | R2 R3", "request alice put x 1", "run 10s"],
      "alice/1 waits: R1 is primary of view 1 and holds 2 of 3 VIEW-CHANGEs; R2 has not asked for view 1; R2's view-change timer does not run: no request waits there (`fire R2 view-change`); REQUEST from alice to R2 is lost on link alice>R2, which is cut (`heal alice>R2`); alice's retry timer fires at 15.376542 s; R3 has not asked for view 1; R3's view-change timer does not run: no request waits there (`fire R3 view-change`); REQUEST from alice to R3 is lost on link alice>R3, which is cut (`heal alice>R3`)"
    ),
    Situation(
      "equivocation",
      [
        "equivocate R0 alice/1>R1,R2 bob/1>R3", "request alice append x a",
        "request bob append x b", "run 400ms",
      ],
      "alice/1 waits: R1 holds 2 of 3 COMMITs for n1; R0 equivocates (`honest R0`); R3 has accepted another request at n1; R1's view-change timer fires at 2.125816 s"
    ),
    Situation(
      "a gap",
      [
        "silence R0", "request alice put x 1", "run 200ms",
        "forge R0>R1 PRE-PREPARE v0 n3 alice/1", "forge R0>R2 PRE-PREPARE v0 n3 alice/1",
        "forge R0>R3 PRE-PREPARE v0 n3 alice/1", "run 500ms",
      ],
      "alice/1 waits: n3 is committed at R1 and waits for n1; R0 is silent (`honest R0`); R1's view-change timer fires at 2.326599 s"
    ),
    Situation(
      "the window is full, since CHECKPOINTs are lost", world: "K=2 L=2 W=2",
      [
        "crash R3", "request alice put x 1", "run 1s", "request alice put x 2",
        "run until R0 executed 2 and R1 executed 2 and R2 executed 2", "drop CHECKPOINT R1>R0",
        "drop CHECKPOINT R2>R0",
        "run 100ms", "request alice put x 3", "run 100ms",
      ],
      "alice/3 waits: n3 is above H = 2 of R0; R0 holds 1 of 3 CHECKPOINTs for n2; R1's is lost; R0's resend timer fires at 2.248213 s; R2's is lost; R3 is crashed (`restart R3`)"
    ),
    Situation(
      "flow control", world: "W=1 clients=3",
      ["hold R1>*", "crash R3", "request alice put x 1", "request bob put x 2", "run 300ms"],
      "alice/1 waits: R1 holds 1 of 3 COMMITs for n1; R0 holds 1 of 2 PREPAREs for n1; R1's is held on link R1>R0 (`heal R1>R0`); R3 is crashed (`restart R3`); R2 holds 1 of 2 PREPAREs for n1; R1's is held on link R1>R2 (`heal R1>R2`); R1's view-change timer fires at 2.125816 s"
    ),
    Situation(
      "a state transfer whose FETCH is held", world: "K=2 L=4 W=4",
      [
        "partition R0 R1 R2 alice bob | R3", "load 200ms", "run 3s", "load off", "run 1s", "heal",
        "hold R3>*",
        "request alice put x 1", "run 1s", "request alice put x 1", "run 1s", "crash R2",
        "request bob put x 2", "run 1s",
      ],
      "bob/8 waits: R0 holds 1 of 2 PREPAREs for n18; R2 is crashed (`restart R2`); R3 has not pre-prepared n18; n18 is above H = 4 of R3; R3 has not executed n2; R3 fetches the state of n16 from R1, attempt 3; FETCH from R3 to R1 is held on link R3>R1 (`heal R3>R1`); R1's view-change timer fires at 8.143066 s"
    ),
    Situation(
      "a lossy link",
      ["crash R3", "lose R1>R2 100%", "lose R2>R1 100%", "request alice put x 1", "run 500ms"],
      "alice/1 waits: R0 holds 1 of 3 COMMITs for n1; R1 holds 1 of 2 PREPAREs for n1; R2's is lost on link R2>R1, which loses 100% (`heal R2>R1`); R3 is crashed (`restart R3`); R2 holds 1 of 2 PREPAREs for n1; R1's is lost on link R1>R2, which loses 100% (`heal R1>R2`); R1's view-change timer fires at 2.186599 s"
    ),
    Situation(
      "the NEW-VIEW is held", ["crash R0", "request alice put x 1", "hold R1>*", "run 5s"],
      "alice/1 waits: 1 of 3 replicas work in view 1; R0 is crashed (`restart R0`); R2 waits for R1's NEW-VIEW of view 1; R1's is held on link R1>R2 (`heal R1>R2`); R3 waits for R1's NEW-VIEW of view 1; R1's is held on link R1>R3 (`heal R1>R3`)"
    ),
  ]

  @Test(arguments: situations)
  func `is said in one sentence`(situation: Situation) throws {
    let base = Configuration(
      leastLatency: .milliseconds(60), mostLatency: .milliseconds(60), scheme: .ideal)
    let configuration = try Configuration(
      parsing: situation.settings.isEmpty ? "n=4" : situation.settings, base: base)
    var world = World(configuration)
    for line in situation.lines {
      _ = try world.perform(Command(parsing: line, in: Vocabulary(configuration)))
    }
    let speaker = Speaker(digests: world.letters, cluster: world.cluster)
    let sentences = world.progress().map { speaker.sentence($0) }
    #expect(sentences.first == situation.sentence)
    for waiting in world.progress() { #expect(!waiting.reason.remedies.isEmpty) }
  }
}
