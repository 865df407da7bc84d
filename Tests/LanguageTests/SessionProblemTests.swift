import Language
import PBFT
import SeedSupport
import Simulation
import Testing

/// What a session says when it cannot be loaded to its end, and what can be loaded then.
@Suite struct `A session with trouble in it` {
  /// The lines of a short session, as they are written.
  private static func lines() throws -> [String] {
    let page = try Script(parsing: "world seed=1 latency=60ms scheme=ideal\nstop\nstop\n")
    var history = History(page.configuration)
    try history.perform(.request(ClientID(0), .append(key: "x", value: "1")))
    try history.perform(.forward(12))
    try history.perform(.goTo(step: 5, branch: nil))
    try history.perform(.crash(ReplicaID(2)))
    try history.perform(.forward(3))
    try history.perform(.note("calm"))
    return SessionWriter.file(page, history, program: "0.1").split(separator: "\n").map(String.init)
  }

  private static func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

  /// The problem of the session with one line in another's place.
  private func problem(
    _ line: Int, _ text: String, limit: Int = 1_000
  ) throws -> SessionProblem? {
    var lines = try Self.lines()
    lines[line - 1] = text
    let edited = Self.text(lines)
    return #expect(throws: SessionProblem.self) { try SessionReader.read(edited, limit: limit) }
  }

  @Test func `is as these tests take it to be`() throws {
    let lines = try Self.lines()
    #expect(lines.count == 13 && lines[3] == "session 1 \"0.1\"")
    #expect(lines[4] == "request alice append x 1" && lines[5] == "step 12")
    #expect(lines[6].hasPrefix("state 13 ~") && lines[7] == "goto 5" && lines[8] == "crash R2")
    #expect(lines[9] == "name crash-R2" && lines[10] == "step 3")
    #expect(lines[11].hasPrefix("state 9 ~") && lines[12] == "note \"calm\"")
    let loaded = try SessionReader.read(Self.text(lines))
    #expect(loaded.history.step == 9 && loaded.linesPlayed == 9)
  }

  @Test(arguments: [
    (
      4, "session 2 \"9.9\" new",
      "line 4, column 9: this session is of version 2; this program reads version 1; only the page can be loaded, without what was done"
    ),
    (
      5, "crsh R2",
      "line 5, column 1, step 0: unknown command \"crsh\"; did you mean \"crash\"? (expected a command: step, run, deliver, …); only the page can be loaded, without what was done"
    ),
    (
      9, "restart R2",
      "line 9, step 5: `restart R2`: R2 is running; `crash R2` stops it first; the state agreed last at step 13, line 7; everything before it, 8 lines to step 5, can be loaded"
    ),
    (
      8, "goto 5 of calm",
      "line 8, step 13: `goto 5 of calm`: there is no branch calm; there are main; the state agreed last at step 13, line 7; everything before it, 7 lines to step 13, can be loaded"
    ),
    (
      11, "step 3000000",
      "line 11, step 27: `step 3000000`: nothing is pending; submit a request, release a message or fire a timer; the state agreed last at step 13, line 7; everything before it, 10 lines to step 6, can be loaded"
    ),
    (
      11, "step 4",
      "line 12, step 10: here is step 10, not 9 as it was saved: this program does something else since step 5 (the last that agreed); it was saved by version 0.1, or edited since (then take away its `state` lines from here on); everything before line 8, 7 lines to step 13, can be loaded"
    ),
    (
      6, "step 11",
      "line 7, step 12: here is step 12, not 13 as it was saved: this program does something else from the start; it was saved by version 0.1, or edited since (then take away its `state` lines from here on); only the page can be loaded, without what was done"
    ),
    (
      13, "reached 3",
      "line 13, step 9: there is no stop 3 on the page; its last is stop 2; everything before it, 12 lines to step 9, can be loaded"
    ),
    (
      13, "forget crash-R2",
      "line 13, step 9: `forget crash-R2`: the present moment is on crash-R2; go to another branch first; the state agreed last at step 9, line 12; everything before it, 12 lines to step 9, can be loaded"
    ),
    (
      13, "say \"calm\"",
      "line 13, column 1, step 9: say stands in a page, not in its session (expected lines such as these before the line `session`); everything before it, 12 lines to step 9, can be loaded"
    ),
    (
      12, "state 9 ~12",
      "line 12, column 9, step 9: \"~12\" is no hash of a state (expected the hash of a state: ~ and 16 digits of 0-9 a-f); everything before it, 11 lines to step 9, can be loaded"
    ),
    (
      12, "session 1 \"0.1\"",
      "line 12, column 1, step 9: the session has begun already; everything before it, 11 lines to step 9, can be loaded"
    ),
    (1, "world n=5", "line 1, column 9: n = 5 is not 3f + 1 (expected 4, 7, 10 or 13)"),
  ])
  func `says where it is, and what can be loaded`(line: Int, text: String, message: String) throws {
    let problem = try problem(line, text)
    #expect(problem?.description == message)
  }

  @Test func `of another state names the last that agreed`() throws {
    let hash = try Self.lines()[11].dropFirst("state 9 ".count)
    let problem = try problem(12, "state 9 ~0000000000000000")
    #expect(
      problem?.description
        == "line 12, step 9: the state is \(hash.prefix(5))…, not ~0000… as it was saved: this program does something else since step 5 (the last that agreed); it was saved by version 0.1, or edited since (then take away its `state` lines from here on); everything before line 8, 7 lines to step 13, can be loaded"
    )
    #expect(problem?.upTo == 8 && problem?.loaded?.history.step == 13)
    #expect(problem?.loaded?.history.branches.count == 1)
    // Where the first digits are the same all are shown.
    let near = hash.dropLast() + (hash.last == "0" ? "1" : "0")
    let other = try self.problem(12, "state 9 \(near)")
    #expect(other?.problem.hasPrefix("the state is \(hash), not \(near) as it was saved") == true)
  }

  @Test func `that the history has no room for says so`() throws {
    let problem = try problem(1, "world seed=1 latency=60ms scheme=ideal", limit: 5)
    #expect(
      problem?.description
        == "line 6, step 5: `step 12`: the history is full: it keeps 5 steps; forget a branch, or save the session and open it with a larger --history-limit; everything before it, 5 lines to step 1, can be loaded"
    )
    #expect(problem?.loaded?.history.step == 1)
  }

  @Test func `is loaded up to a line`() throws {
    let text = try Self.text(Self.lines())
    for (line, step, played) in [
      (1, 0, 0), (4, 0, 0), (5, 0, 0), (6, 1, 1), (9, 5, 4), (10, 6, 5), (99, 9, 9),
    ] {
      let loaded = try SessionReader.read(text, upTo: line)
      #expect(loaded.history.step == step && loaded.linesPlayed == played, "line \(line)")
      #expect(loaded.script.lines.count == 2)
    }
  }

  @Test func `cut off anywhere gives what comes before`() throws {
    let lines = try Self.lines()
    let whole = Self.text(lines)
    let session = whole.utf8.count - Self.text(Array(lines[4...])).utf8.count
    var isCut = 0
    for count in session..<whole.utf8.count {
      let text = String(decoding: whole.utf8.prefix(count), as: UTF8.self)
      if text.hasSuffix("\n") {
        #expect(throws: Never.self) { try SessionReader.read(text) }
        continue
      }
      let problem = #expect(throws: SessionProblem.self) { try SessionReader.read(text) }
      #expect(problem?.problem == "the last line is cut off: nothing ends it")
      #expect(problem?.line == text.split(separator: "\n").count)
      #expect(problem?.loaded?.linesPlayed == (problem?.line ?? 0) - 5)
      isCut += 1
    }
    #expect(isCut > 100)
    let problem = #expect(throws: SessionProblem.self) {
      try SessionReader.read(String(whole.dropLast(3)))
    }
    #expect(
      problem?.description
        == "line 13, step 9: the last line is cut off: nothing ends it; if it is whole, a line break behind it says so; everything before it, 12 lines to step 9, can be loaded"
    )
  }

  @Test(arguments: 0..<4)
  func `edited by chance gives a sentence and never harm`(part: Int) throws {
    for seed in Seeds.part(part, of: 4, outOf: 16) {
      var sitting = try Sitting(seed: seed + 2_000)
      for _ in 0..<40 { sitting.act() }
      let text = SessionWriter.file(
        sitting.page, sitting.history, reached: sitting.reached, program: "0.1")
      let whole = text.split(separator: "\n").map(String.init)
      var generator = Generator(seed: seed)
      for _ in 0..<4 {
        var lines = whole
        let place = 10 + generator.below(lines.count - 10)
        switch generator.below(4) {
        case 0: lines.remove(at: place)
        case 1: lines.insert(generator.pick(whole), at: place)
        case 2: lines[place] = String(lines[place].dropLast(2))
        default: lines.swapAt(place, 10 + generator.below(lines.count - 10))
        }
        do {
          let loaded = try SessionReader.read(Self.text(lines), limit: 3_000)
          #expect(loaded.script.session != nil)
        } catch {
          let sentence = error.description
          #expect(!sentence.contains("\n") && sentence.hasPrefix("line \(error.line)"))
          guard let loaded = error.loaded else {
            fail("nothing is loaded: \(sentence)", seed)
            continue
          }
          // What is offered can be had.
          let again = try SessionReader.read(Self.text(lines), limit: 3_000, upTo: error.upTo)
          #expect(again.history.world == loaded.history.world, "PBFT_SEED=\(seed)")
        }
      }
    }
  }

  @Test func `is a failed expectation when it is played`() throws {
    var lines = try Self.lines()
    var player = Player(try Script(parsing: Self.text(lines)))
    try player.play()
    #expect(player.held && player.outcomes.map(\.line) == [7, 12])
    #expect(player.history.branches.map(\.name) == ["main", "crash-R2"])

    let hash = lines[11].dropFirst("state 9 ".count)
    lines[11] = "state 9 ~0000000000000000"
    player = Player(try Script(parsing: Self.text(lines)))
    try player.play()
    #expect(player.outcomes.map(\.failure) == [nil, "the state is \(hash)"])

    lines[8] = "restart R2"
    player = Player(try Script(parsing: Self.text(lines)))
    let error = #expect(throws: LanguageError.self) { try player.play() }
    #expect(
      error?.description
        == "line 9, column 1: `restart R2`: R2 is running; `crash R2` stops it first")
  }
}
