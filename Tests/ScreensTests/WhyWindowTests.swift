import Cells
import PBFT
import Screens
import Simulation
import Testing

/// The window that tells why, and why not.
@Suite struct WhyWindowTests {
  @Test("y asks about the first stage that the first number lacks") func opening() throws {
    var stage = try Moment.request.stage()
    stage.press(.character("1"), .character("y"))
    #expect(stage.shows("Why, at R1"))
    #expect(stage.shows("Why not: R1 has not committed n1"))
    stage.press(.character("y"))
    #expect(stage.model.overlay == nil)
  }

  @Test("arrows choose a stage and a number; a reached one tells what brought it there")
  func arrows() throws {
    var stage = try Moment.request.stage()
    stage.press(.character("1"), .character("y"), .left)
    #expect(stage.shows("Why: R1 has prepared n1"))
    #expect(stage.shows("2 of 2f = 2 matching PREPAREs"))
    stage.press(.left, .left, .left)
    #expect(stage.shows("Why: R1 has pre-prepared n1"))
    stage.press(.down)
    #expect(stage.shows("Why not: R1 has not pre-prepared n2"))
    stage.press(.right, .right, .right, .right, .right)
    #expect(stage.shows("Why not: R1 has not executed n2"))
    stage.press(.up, .up, .up)
    #expect(stage.shows("Why not: R1 has not executed n1"))
  }

  @Test("time goes on behind the window, and a digit turns it to another replica")
  func behind() throws {
    var stage = try Moment.request.stage()
    stage.press(.character("1"), .character("y"), .left)
    let step = stage.model.history.step
    stage.press(.character("l"))
    #expect(stage.model.history.step == step + 1)
    stage.press(.character("2"))
    #expect(stage.shows("Why, at R2"))
    stage.press(.escape)
    #expect(stage.model.overlay == nil)
  }

  @Test("the rules of the last event are told with what they protect") func lastEvent() throws {
    var stage = try Moment.request.stage()
    stage.press(.character("y"))
    let text = stage.picture(120, 36).text
    #expect(text.contains("rule prepare-counts (4.2): A PREPARE counts"))
    #expect(text.contains("It protects safety."))
  }

  @Test("what would help is told as a command, and Enter carries it out") func remedy() throws {
    var stage = try Moment.request.stage()
    stage.command("crash R0")
    stage.command("request bob append x b")
    stage.press(.character("2"), .character("y"), .left, .left, .left, .down)
    #expect(stage.shows("Why not: R2 has not pre-prepared n2"))
    #expect(stage.shows("R0 is crashed") && stage.shows("Enter : restart R0"))
    stage.press(.enter)
    #expect(!stage.model.world.isCrashed(ReplicaID(0)))
    #expect(stage.shows("Why, at R2"))
  }

  @Test("a question of the palette is answered in the same window") func question() throws {
    var stage = try Moment.request.stage()
    stage.command("why R3 committed 1")
    #expect(stage.shows("Why, at R3") && stage.shows("R3 has not committed n1"))
    stage.press(.escape)
    stage.command("why alice")
    #expect(stage.shows("━ why alice ━") && stage.shows("alice/1 waits:"))
    stage.press(.escape)
    stage.command("why R3 sleeps 1")
    #expect(stage.model.overlay == .palette && stage.shows("is no phase"))
  }

  @Test("there is a reason for every cell at every moment", arguments: Moment.allCases)
  func everyCell(_ moment: Moment) throws {
    var stage = try moment.stage()
    for replica in 0..<4 {
      stage.press(.character(Character(String(replica))), .character("y"))
      stage.press(.up, times: 12)
      for _ in 0..<4 {
        stage.press(.left, times: 4)
        for _ in 0..<4 {
          for (columns, rows) in PictureTests.sizes {
            let text = stage.picture(columns, rows).text
            let lines = text.split(separator: "\n").map(String.init)
            let question = lines.firstIndex { $0.contains("┃ Why: ") || $0.contains("┃ Why not: ") }
            let place = try #require(question, "at \(columns)x\(rows)\n\(text)")
            let answer = lines[place + 1]
            #expect(answer.contains(#/┃ \S.*┃/#), "at \(columns)x\(rows)\n\(text)")
          }
          stage.press(.right)
        }
        stage.press(.down)
      }
      stage.press(.escape)
    }
  }
}

/// What the windows on a replica tell of faults.
@Suite struct FaultySenderTests {
  @Test("a second copy is told in the pane and in the window of the state") func twin() throws {
    var stage = try Moment.request.stage()
    stage.command("twin R2 R1 alice | R0 R3")
    stage.press(.character("2"))
    #expect(stage.picture(120, 36).text.contains("R2 ◆ two copies"))
    stage.press(.character("k"))
    let text = stage.picture(120, 50).text
    #expect(text.contains("second copy") && text.contains("0 executed, view 0"))
  }

  @Test("what is on the disk of a replica is told") func disk() throws {
    var stage = try Moment.request.stage()
    stage.press(.character("1"), .character("k"))
    let text = stage.picture(120, 50).text
    #expect(text.contains("Its disk") && text.contains("accepted v0 a"))
  }
}
