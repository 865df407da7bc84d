import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// The keys of the page Quorums.
extension QuorumsPageTests {
  @Test("up and down choose a number, which stays while time moves") func numbers() throws {
    var stage = try Stage()
    for letter in "bc" { stage.command("request bob append x \(letter)") }
    stage.command("run 2s")
    stage.press(.character("Q"))
    let last = stage.model.shownNumber
    #expect(last == SequenceNumber(3) && stage.shows(" n3 "))
    stage.press(.up)
    #expect(stage.model.shownNumber == SequenceNumber(2) && stage.shows("append x b"))
    stage.press(.left, times: 8)
    #expect(stage.model.shownNumber == SequenceNumber(2))
    stage.press(.end)
    stage.press(.up, .up)
    #expect(stage.shows("n1 is the first number"))
    stage.press(.down, .down)
    #expect(stage.model.quorums.sequence == SequenceNumber(3))
    stage.press(.character("j"))
    #expect(stage.model.quorums.sequence == nil && stage.shows("follows what is being worked on"))
    stage.press(.down)
    #expect(stage.shows("n3 is the last number"))
  }

  @Test("a slash goes through every lamp of the focused replica, and tells of it")
  func lamp() throws {
    var stage = try Sight.equivocation.stage()
    stage.press(.character("3"), .character("/"))
    #expect(stage.shows("R3 holds R0's PRE-PREPARE v0 n1 b: it counts"))
    stage.press(.character("/"))
    #expect(stage.shows("R3 keeps R1's PREPARE v0 n1 a, which does not count: it accepted b"))
    var rows: [LampRow] = []
    while let row = stage.model.quorums.lamp, rows.count < 50 {
      rows.append(row)
      for (columns, height) in PictureTests.sizes {
        #expect(stage.picture(columns, height).text.contains(" lamp  "), "\(row)")
      }
      stage.press(.character("/"))
    }
    // After its first two: two PREPAREs, four COMMITs, and the replies to two requests.
    #expect(rows.count == 1 + 2 + 4 + 2 && stage.lacks("R3: 1 of"))
  }

  @Test("a refused vote tells the rule") func refused() throws {
    var stage = try Sight.refused.stage()
    stage.press(.character("1"))
    #expect(stage.picture(160, 45).text.contains("✗"))
    let lamps = stage.table.prepares.rows.flatMap(\.lamps)
    let refusals = lamps.compactMap { lamp -> Rule? in
      if case .refused(let finding, _) = lamp.state { return finding.rule }
      return lamp.second?.finding.rule
    }
    #expect(refusals.contains(.oneVote), "\(refusals)")
  }

  @Test("Enter asks why, of this number and this replica") func why() throws {
    var stage = try Sight.equivocation.stage()
    stage.press(.character("3"), .enter)
    #expect(stage.shows("Why not: R3 has not prepared n1"))
    stage.press(.escape, .character("C"), .character("y"))
    #expect(stage.shows("R3 has not prepared n1"))
  }

  @Test("every key of the page acts, and those of time go on as ever") func keys() throws {
    var stage = try Sight.equivocation.stage()
    let entries = Keys.table.filter { $0.group == .quorums }
    #expect(entries.count == 4)
    let step = stage.model.history.step
    stage.press(.left)
    #expect(stage.model.history.step == step - 1)
    stage.press(.pageDown)
    #expect(stage.model.history.step == step && stage.model.page == .quorums)
    stage.press(.escape)
    #expect(stage.model.page == .cluster)
  }
}
