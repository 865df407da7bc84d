import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// Forward verbs with their twins, the window of places, and runs in both directions.
@Suite struct PlacesTests {
  @Test(
    "every landmark key has a twin that leads back the same way",
    arguments: [("]", "["), ("}", "{"), (")", "(")] as [(Character, Character)])
  func twins(_ forward: Character, _ twin: Character) throws {
    var stage = try Moment.changed.stage()
    stage.press(.home)
    var steps: [Int] = []
    let end = stage.model.history.end
    while true {
      stage.press(.character(forward))
      guard stage.model.history.step <= end, stage.model.notice == nil else { break }
      steps.append(stage.model.history.step)
    }
    try #require(!steps.isEmpty && steps.allSatisfy { $0 > 0 })
    var back: [Int] = []
    stage.press(.end)
    while stage.model.history.step > 0, back.count < 1_000 {
      stage.press(.character(twin))
      if stage.model.notice?.isRefusal == true { break }
      back.append(stage.model.history.step)
    }
    #expect(stage.shows("no such moment was before step"))
    #expect(back.filter { $0 <= end }.reversed() == steps.filter { $0 < stage.model.history.end })
  }

  @Test("p lists every landmark with how many lie behind and ahead") func window() throws {
    var stage = try Moment.changed.stage()
    stage.press(.character("3"), .home, .character("p"))
    let text = stage.picture(120, 50).text
    for landmark in Landmark.general { #expect(text.contains(" \(landmark.word) ")) }
    #expect(text.contains("at R3") && text.contains("behind  ahead"))
    #expect(text.firstMatch(of: #/view +· +1 /#) != nil, "\(text)")
    #expect(text.firstMatch(of: #/fault +· +1 /#) != nil)
    stage.press(.escape, .end, .character("p"))
    let after = stage.picture(120, 50).text
    #expect(after.firstMatch(of: #/view +1 +· /#) != nil, "\(after)")
  }

  @Test("arrows choose and go, and the window stays") func arrows() throws {
    var stage = try Moment.changed.stage()
    stage.press(.home, .character("p"), .down, .down)
    stage.press(.right)
    let view = stage.model.history.step
    #expect(stage.model.overlay == .places(choice: 2) && view > 0)
    #expect(stage.model.history.marks(of: view).contains(.view))
    stage.press(.end, .home, .up, .down)
    #expect(stage.model.overlay == .places(choice: 1))
    stage.press(.character("p"))
    #expect(stage.model.overlay == nil)
  }

  @Test("the numbers of the window are those of a count by hand") func counts() throws {
    let stage = try Moment.changed.stage()
    let end = stage.model.history.end
    for step in [0, 1, end / 2, end] {
      var history = stage.model.history
      history.seek(step)
      let landmarks = Landmark.general + [.at(ReplicaID(2))]
      let counts = history.count(landmarks)
      for (landmark, count) in zip(landmarks, counts) {
        var behind = 0, ahead = 0
        var walker = history
        while (try? walker.perform(TimeCommand.previous(landmark))) != nil { behind += 1 }
        walker = history
        while (try? walker.perform(TimeCommand.next(landmark))) != nil, walker.step <= end {
          ahead += 1
        }
        #expect(count == (behind, ahead), "\(landmark.word) at \(step)")
      }
    }
  }

  @Test("breakpoints are places, and stop a run in either direction") func breakpoints() throws {
    var stage = try Moment.changed.stage()
    let condition = Condition.changing(View(1), .replica(ReplicaID(1)))
    try stage.perform(.breakAt(condition))
    let end = stage.model.history.end
    let truth = try #require(stage.model.history.latestMoment(becoming: [condition], before: end))
    stage.press(.end, .character(","))
    #expect(stage.model.isRunning)
    for _ in 0..<end where stage.model.isRunning { _ = stage.model.update(.tick) }
    #expect(stage.model.history.step == truth.step)
    #expect(stage.shows("stopped at a breakpoint: R1 changing 1"))
    stage.press(.home, .character("."))
    for _ in 0..<end where stage.model.isRunning { _ = stage.model.update(.tick) }
    #expect(stage.model.history.step == truth.step)
    #expect(stage.shows("stopped at a breakpoint: R1 changing 1"))
    stage.press(.home, .character("p"))
    for _ in 0..<20 { stage.press(.down) }
    #expect(stage.shows("R1 changing 1"))
    stage.press(.right)
    #expect(stage.model.history.step == truth.step)
    stage.press(.escape, .end, .character("p"))
    for _ in 0..<20 { stage.press(.down) }
    stage.press(.left)
    #expect(stage.model.history.step == truth.step)
  }

  @Test("a run backwards goes to the start, pauses on its key, and turns round on the other")
  func backwards() throws {
    var stage = try Moment.request.stage()
    let step = stage.model.history.step
    stage.press(.character(","))
    _ = stage.model.update(.tick)
    #expect(stage.model.history.step == step - 1 && stage.shows("◄ back x1"))
    stage.press(.character(","))
    #expect(!stage.model.isRunning)
    stage.press(.character(","), .character("."))
    _ = stage.model.update(.tick)
    #expect(stage.model.history.step == step)
    stage.press(.character(","))
    for _ in 0..<step { _ = stage.model.update(.tick) }
    #expect(stage.model.history.step == 0 && !stage.model.isRunning)
    stage.press(.character(","))
    #expect(stage.shows("this is the start; nothing was before"))
  }

  @Test("runs pause where something is violated, in both directions at the same moments")
  func violations() throws {
    var stage = try Stage()
    for line in ["rule committed off", "rule prepared off", "equivocate R0"] { stage.command(line) }
    for _ in 0..<6 { stage.press(.character("n")) }
    for _ in 0..<3 { stage.press(.character("+")) }
    func run(_ key: Character, stops most: Int) -> [Int] {
      var stops: [Int] = []
      for _ in 0..<most {
        stage.press(.character(key))
        for _ in 0..<200 where stage.model.isRunning { _ = stage.model.update(.tick) }
        guard stage.shows("✗ paused: ") else { break }
        stops.append(stage.model.history.step)
      }
      return stops
    }
    let forwards = run(".", stops: 3)
    try #require(forwards.count > 1)
    stage.press(.end)
    // From the last of them on; where it stands is no stop of a way back.
    let backwards = run(",", stops: 4)
    let passed = forwards.filter { $0 < stage.model.history.end }
    #expect(backwards == passed.reversed())
    #expect(stage.model.history.step == 0)
  }
}

extension Stage {
  /// What the palette will do with a line about time.
  mutating func perform(_ command: TimeCommand) throws {
    var history = model.history
    try history.perform(command)
    let (size, glyphs) = (model.size, model.glyphs)
    model = Model(history: history, glyphs: glyphs)
    if !size.isEmpty { _ = model.update(.resize(size)) }
  }

  mutating func note(_ text: String) throws { try perform(.note(text)) }
}
