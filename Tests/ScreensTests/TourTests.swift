import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// Whoever is here for the first time.
@Suite struct TourTests {
  private func toured() throws -> Stage {
    var stage = try Stage()
    stage.model.toggleTour()
    return stage
  }

  @Test("each of the six steps is passed by doing what it says") func doing() throws {
    var stage = try toured()
    #expect(stage.shows("1/6 Press → (the right arrow)"))
    stage.press(.right)
    #expect(stage.shows("2/6") && stage.shows("Press ]"))
    stage.press(.right)
    #expect(stage.shows("2/6"), "another key does what it does, and the tour waits")
    stage.press(.character("]"))
    #expect(stage.shows("3/6") && stage.shows("c crashes"))
    stage.press(.character("c"))
    #expect(stage.model.world.isCrashed(ReplicaID(0)))
    #expect(stage.shows("4/6") && stage.shows("Press n"))
    stage.press(.character("n"))
    #expect(stage.shows("5/6") && stage.shows("Press V"))
    stage.press(.character("V"))
    #expect(
      stage.shows("6/6") && stage.shows("Press )") && stage.shows("it waits for alice/1 until"))
    stage.press(.character(")"))
    #expect(stage.shows("view 1  R1 leads") && stage.shows("the only digest proved"))
    #expect(stage.model.tour == nil)
    #expect(stage.shows("that was the tour"))
  }

  @Test("space goes on without doing it, Backspace goes back") func turning() throws {
    var stage = try toured()
    stage.press(.character(" "), times: 2)
    #expect(stage.shows("3/6") && stage.model.history.step == 1)
    stage.press(.backspace)
    #expect(stage.shows("2/6"))
    stage.press(.backspace, times: 2)
    #expect(stage.shows("1/6") && stage.shows("this is the first step of the tour"))
    stage.press(.character(" "), times: 6)
    #expect(stage.model.tour == nil)
  }

  @Test("it can be left at any time, and begun anew", arguments: 0..<6)
  func leaving(_ step: Int) throws {
    var stage = try toured()
    stage.press(.character(" "), times: step)
    #expect(stage.shows("\(step + 1)/6"))
    stage.press(.character("?"), .escape)
    #expect(stage.model.tour != nil, "what lies over the page is closed first")
    stage.press(.escape)
    #expect(stage.model.tour == nil && !stage.shows("/6 "))
    stage.press(.function(2))
    #expect(stage.shows("1/6"))
  }

  @Test(
    "its sentences are whole at the sizes of projectors",
    arguments: [(64, 20), (80, 24), (100, 28)])
  func whole(_ columns: Int, _ rows: Int) throws {
    var stage = try toured()
    for step in 0..<6 {
      let text = stage.picture(columns, rows).text
      let said = text.split(separator: "\n").filter { $0.hasPrefix("▌") }
        .flatMap { $0.dropFirst().split(separator: " ") }.joined(separator: " ")
      #expect(
        said.hasSuffix("Esc leaves the tour."), "step \(step + 1) at \(columns)x\(rows):\n\(text)")
      stage.press(.character(" "))
    }
  }

  @Test("during a lesson there is no tour") func lesson() throws {
    let script = try Script(parsing: "title \"A page\"\nrequest alice append x a\nstop\n")
    var stage = try Stage(lesson: Lesson(script))
    stage.press(.function(2))
    #expect(stage.model.tour == nil && stage.shows("a lesson is open"))
  }
}
