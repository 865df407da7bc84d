import Cells
import Language
import PBFT
import Simulation
import Testing

@testable import Screens

@Suite("Pictures of the ladder") struct LadderPictureTests {
  /// A request on bad links: messages are lost, held, doubled, delayed, refused, and overtake each other.
  static func troubled() throws -> Stage {
    var stage = try Stage()
    stage.press(.right, times: 6)
    stage.command("delay R0>R3 120ms")
    stage.command("hold R1>R2")
    stage.command("cut R3>R1")
    stage.command("silence R3")
    stage.command("run 60ms")
    stage.command("duplicate COMMIT R0>R1")
    stage.command("request bob append x b")
    stage.command("run 70ms")
    return stage
  }

  @Test("messages in every kind of trouble") func troubled() throws {
    var stage = try Self.troubled()
    stage.press(.character("L"))
    try expectGolden(stage.picture(80, 24), "ladder-troubled-80x24")
    try expectGolden(stage.picture(160, 45), "ladder-troubled-160x45")
    stage.press(.up, times: 4)
    try expectGolden(stage.picture(100, 28), "ladder-selected-100x28")
    stage.press(.character("i"))
    try expectGolden(stage.picture(64, 20), "ladder-troubled-64x20-ascii")
  }

  @Test("the time of the selected rung is seen whole, however late it is", arguments: [12, 120])
  func times(_ seconds: Int) throws {
    var stage = try Stage()
    stage.command("load 300ms")
    stage.command("run \(seconds)s")
    stage.press(.character("L"), .up, .up)
    let place = try #require(stage.model.ladder.selected)
    let sheet = Scene(stage.model).ladderSheet(9)
    let rung = try #require(sheet.rungs.first { $0.place == place })
    let time = Scene(stage.model).time(rung.time)
    #expect(
      time.columns >= 5 && stage.text.split(separator: "\n").contains { $0.contains("\(time)►") })
  }

  @Test("what is shown is chosen from a list") func filter() throws {
    var stage = try Self.troubled()
    stage.press(.character("L"), .character("/"))
    stage.press(.down, .right, .down, .down, .down, .down, .down, .enter)
    try expectGolden(stage.picture(100, 28), "ladder-filter-100x28")
    stage.press(.escape)
    try expectGolden(stage.picture(80, 24), "ladder-only-80x24")
  }

  @Test("thirteen replicas, on a small screen and on a large one") func thirteen() throws {
    var stage = try Stage(replicas: 13)
    stage.press(.right, times: 40)
    stage.press(.character("L"))
    try expectGolden(stage.picture(80, 24), "ladder-13-80x24")
    try expectGolden(stage.picture(64, 20), "ladder-13-64x20")
    try expectGolden(stage.picture(160, 45), "ladder-13-160x45")
  }
}
