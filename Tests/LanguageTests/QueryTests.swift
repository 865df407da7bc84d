import Language
import PBFT
import Simulation
import Testing

/// Why, and why not: questions about a world, and their answers.
@Suite struct `Questions` {
  private static let configuration = Configuration(
    leastLatency: .milliseconds(60), mostLatency: .milliseconds(60), scheme: .ideal)

  private func world(_ lines: [String]) throws -> World {
    var world = World(Self.configuration)
    for line in lines {
      _ = try world.perform(Command(parsing: line, in: Vocabulary(Self.configuration)))
    }
    return world
  }

  private func answer(_ question: String, in world: World) throws -> [String] {
    let speaker = Speaker(digests: world.letters, cluster: world.cluster)
    let query = try Query(parsing: question, in: Vocabulary(Self.configuration))
    #expect(try Query(parsing: query.text, in: Vocabulary(Self.configuration)) == query)
    return speaker.answer(query, in: world)
  }

  @Test func `why a cell is empty, and what it rests on once it is not`() throws {
    let stuck = try world(["crash R3", "cut R2>R1", "request alice put x 1", "run 170ms"])
    #expect(
      try answer("why R1 prepared 1", in: stuck) == [
        "R1 has not prepared n1:", "  R1 holds 1 of 2 PREPAREs for n1",
        "    R2's is lost on link R2>R1, which is cut (`heal R2>R1`)",
        "    R3 is crashed (`restart R3`)",
      ])
    #expect(
      try answer("why R3 executed 1", in: stuck) == [
        "R3 has not executed n1:", "  R3 is crashed (`restart R3`)",
      ])
    #expect(
      try answer("why R1 pre-prepared 2", in: stuck) == [
        "R1 has not pre-prepared n2:",
        "  R0 is primary of view 0 and has proposed nothing at n2",
        "    no request waits for it (`request bob append x a`)",
      ])
    #expect(
      try answer("why R1 pre-prepared 99", in: stuck).first == "R1 has not pre-prepared n99:")

    let calm = try world(["request alice put x 1", "run 1s"])
    #expect(
      try answer("why R1 pre-prepared 1", in: calm) == [
        "R1 has pre-prepared n1: R0 proposed a in v0"
      ])
    #expect(
      try answer("why R1 prepared 1", in: calm) == [
        "R1 has prepared n1, a in v0: PREPAREs of R1, R2 and R3, 2f = 2"
      ])
    #expect(
      try answer("why R1 executed 1", in: calm) == [
        "R1 has executed n1, a in v0: COMMITs of R0, R1, R2 and R3, 2f + 1 = 3"
      ])
  }

  @Test func `why a client waits, and why nobody does`() throws {
    let stuck = try world(["crash R0", "request alice put x 1", "run 2s"])
    let lines = try answer("why", in: stuck)
    #expect(
      lines.prefix(2) == [
        "alice/1 waits:", "  R0 is primary of view 0 and is crashed (`restart R0`)",
      ])
    #expect(try answer("why alice", in: stuck) == lines)
    #expect(try answer("why bob", in: stuck) == ["bob waits for nothing"])
    #expect(try answer("why", in: world([])) == ["nobody waits for anything"])
  }

  @Test(arguments: [
    ("why R9 prepared 1", "there is no replica R9"), ("why R1", "the line ends too early"),
    ("why R1 prepard 1", "prepared"), ("why R1 prepared 0", "begin with 1"),
    ("why alice 3", "unexpected"), ("wy", "why"),
  ])
  func `are refused with what would be right`(question: String, part: String) {
    do {
      _ = try Query(parsing: question, in: Vocabulary(Self.configuration))
      Issue.record("\(question) was understood")
    } catch {
      #expect("\(error)".contains(part), "\(error)")
    }
  }

  @Test func `every happening says why`() throws {
    var world = World(Self.configuration)
    var steps: [[Happening]] = []
    for line in ["request alice put x 1", "crash R0", "run 4s", "forge R1>R2 COMMIT v7 n99 bogus"] {
      let happenings = try world.perform(
        Command(parsing: line, in: Vocabulary(Self.configuration)))
      steps += Dictionary(grouping: happenings, by: \.step).sorted { $0.key < $1.key }
        .map(\.value)
    }
    let speaker = Speaker(digests: world.letters, cluster: world.cluster)
    var told: [[String]] = []
    for step in steps {
      for happening in step {
        let lines = speaker.why(happening, among: step)
        #expect(lines.first == speaker.sentence(happening))
        #expect(lines.allSatisfy { !$0.isEmpty && !$0.contains("Optional") })
        told.append(lines)
      }
    }
    #expect(
      told.contains([
        "R1 leaves its view for v1",
        "rule timeout (4.4): A backup whose timer expires stops working in its view and asks for the next.",
        "with ownView 0, view 1", "because R1's view-change timer fires",
      ]))
    #expect(
      told.contains { lines in
        lines.contains("with have 3, need 3, view 1")
          && lines.contains { $0.hasPrefix("rule new-view-quorum (4.4): ") }
          && lines.contains { $0.hasPrefix("because R1 receives VIEW-CHANGE v1") }
      })
    let violation = Happening(
      step: 1, time: .start,
      kind: .violation(Violation(.exactlyOnce, SequenceNumber(1), View(0), [])))
    #expect(
      speaker.why(violation).last
        == "invariant exactly-once (4.1): No correct replica executes a request twice.")
  }
}
