import Language
import PBFT
import SeedSupport
import Simulation
import Testing

@Suite struct `A session` {
  @Test(arguments: 0..<4)
  func `that was written and read is the same history`(part: Int) throws {
    var branches = 0
    let seeds = Seeds.part(part, of: 4, outOf: 16)
    for seed in seeds {
      var sitting = try Sitting(seed: seed)
      for _ in 0..<80 { sitting.act() }
      let text = SessionWriter.file(
        sitting.page, sitting.history, reached: sitting.reached, program: "0.1")
      do {
        let loaded = try SessionReader.read(text)
        if let difference = sitting.difference(from: loaded.history, loaded.reached) {
          fail("\(difference)\n\(text)", seed)
        }
        let script = try Script(parsing: text)
        #expect(script == loaded.script && script.text == text)
        #expect(script.session?.lines.count == loaded.linesPlayed)
        var again = SessionWriter(continuing: loaded.history, reached: loaded.reached)
        #expect(again.lines(loaded.history, reached: loaded.reached) == [])
        #expect(
          SessionWriter.file(
            loaded.script, loaded.history, reached: loaded.reached, program: "0.1") == text)
        var player = Player(script)
        try player.play()
        #expect(player.held && player.history.world == sitting.history.world)
      } catch {
        fail("\(error)\n\(text)", seed)
      }
      branches += sitting.history.branches.count
    }
    #expect(branches > seeds.count || seeds.count < 2)
  }

  @Test(arguments: 0..<4)
  func `that was told bit by bit is the same history`(part: Int) throws {
    for seed in Seeds.part(part, of: 4, outOf: 16) {
      var sitting = try Sitting(seed: seed + 1_000)
      var writer = SessionWriter()
      var text = SessionWriter.beginning(sitting.page, program: "0.1")
      var lengths: Set<Int> = []
      for round in 0..<100 {
        sitting.act()
        // Mostly after each act, as a journal; sometimes after several.
        if round % 7 == 3 { continue }
        let lines = writer.lines(sitting.history, reached: sitting.reached)
        lengths.insert(lines.count)
        text += lines.map { $0 + "\n" }.joined()
      }
      text += writer.lines(sitting.history, reached: sitting.reached).map { $0 + "\n" }.joined()
      #expect(lengths.count > 3, "PBFT_SEED=\(seed)")
      do {
        let loaded = try SessionReader.read(text)
        if let difference = sitting.difference(from: loaded.history, loaded.reached) {
          fail("\(difference)\n\(text)", seed)
        }
      } catch {
        fail("\(error)\n\(text)", seed)
      }
    }
  }

  @Test func `tells only what is new`() throws {
    var history = History(Configuration(seed: 1, scheme: .ideal))
    var writer = SessionWriter()
    #expect(writer.lines(history) == [])
    func hash() -> String { "state \(history.step) \(history.world.stateHash)" }

    try history.perform(.request(ClientID(0), .append(key: "x", value: "a")))
    #expect(writer.lines(history) == ["request alice append x a", hash()])
    try history.perform(.forward(12))
    #expect(writer.lines(history) == ["step 12", hash()])
    #expect(writer.lines(history) == [])
    let time = history.world.now
    let before = history.step
    try history.perform(.run(Duration(microseconds: 90_001)))
    let events = history.step - before - 1
    let waited = Duration(microseconds: 90_001 - (lastEvent(history) - time.microseconds))
    #expect(writer.lines(history) == ["step \(events)", "run \(waited.text)", hash()])
    try history.perform(.back(9))
    try history.perform(.note("here"))
    #expect(writer.lines(history) == ["goto \(history.step)", "note \"here\""])
    try history.perform(.crash(ReplicaID(2)))
    #expect(writer.lines(history) == ["crash R2", "name crash-R2", hash()])
    try history.perform(.name("without-R2"))
    try history.perform(.breakAt(.idle))
    #expect(writer.lines(history) == ["name without-R2", "break idle"])
    let fork = history.step - 1
    try history.perform(.goTo(step: fork, branch: "main"))
    try history.perform(.note(""))
    try history.perform(.breakOff(nil))
    try history.perform(.forget("without-R2"))
    #expect(
      writer.lines(history)
        == ["goto 0 of main", "forget without-R2", "goto \(fork)", "note \"\"", "break off idle"])
    let stops = [ReachedStop(1, Moment(branch: 0, step: 3))]
    #expect(
      writer.lines(history, reached: stops) == ["goto 3", "reached 1", "goto \(fork)"])
    #expect(writer.lines(history) == ["reached 0"])
  }

  /// When the last event before the present moment happened.
  private func lastEvent(_ history: History) -> Int {
    history.world(at: history.step - 1).now.microseconds
  }

  @Test func `tells names that change places`() throws {
    var history = History(Configuration(seed: 1, scheme: .ideal))
    try history.perform(.request(ClientID(0), .get(key: "x")))
    for replica in [1, 2] {
      history.go(to: 0, step: 0)
      try history.perform(.crash(ReplicaID(replica)))
    }
    var writer = SessionWriter(continuing: history)
    var text = SessionWriter.file(
      Script(configuration: Configuration(seed: 1, scheme: .ideal), lines: []), history,
      program: "0.1")
    try history.perform(.name("z"))
    history.go(to: 1)
    try history.perform(.name("crash-R2"))
    history.go(to: 2)
    try history.perform(.name("crash-R1"))
    let lines = writer.lines(history)
    #expect(lines.contains("name aside-1"))
    text += lines.map { $0 + "\n" }.joined()
    let loaded = try SessionReader.read(text)
    #expect(loaded.history.branches.map(\.name) == ["main", "crash-R2", "crash-R1"])
    #expect(loaded.history.branch == 2 && loaded.history.world == history.world)
  }

  @Test func `may wait where the line goes on with an event`() throws {
    let page = Script(configuration: Configuration(seed: 1, scheme: .ideal), lines: [])
    let text =
      page.text + "session 1 \"0.1\"\n"
      + "request alice get x\nstep 1\ngoto 1\nrun 1ms\nnote \"it waited\"\n"
    let loaded = try SessionReader.read(text)
    #expect(loaded.history.branches.map(\.name) == ["main", "wait"])
    #expect(loaded.history.step == 2 && loaded.history.world.now == Instant(microseconds: 1_000))
    let again = try SessionReader.read(
      SessionWriter.file(page, loaded.history, program: "0.1"))
    #expect(again.history.branches.map(\.name) == ["main", "wait"])
    #expect(again.history.world == loaded.history.world)
    #expect(again.history.note(at: 2) == "it waited")
  }

  @Test func `of several thousand steps has a state every so often`() throws {
    var history = History(Configuration(seed: 1, scheme: .ideal))
    try history.perform(.load(every: .milliseconds(100)))
    try history.perform(.forward(2_100))
    let page = Script(configuration: Configuration(seed: 1, scheme: .ideal), lines: [])
    let text = SessionWriter.file(page, history, program: "0.1")
    let script = try Script(parsing: text)
    let states = (script.session?.lines ?? []).compactMap { line in
      if case .state(let step, _) = line.entry { step } else { nil }
    }
    #expect(states == [500, 1_000, 1_500, 2_000, 2_101])
    #expect(try SessionReader.read(text).history.world == history.world)
  }
}
