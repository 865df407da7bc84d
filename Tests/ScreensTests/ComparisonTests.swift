import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// The window of two branches side by side.
@Suite struct ComparisonTests {
  @Test("what differs is marked, in both forms and at every size") func marked() throws {
    var stage = try Stage.tree()
    stage.press(.character("v"))
    for (columns, rows) in [(60, 18), (80, 24), (120, 36)] {
      try expectGolden(stage.picture(columns, rows), "compare-\(columns)x\(rows)")
      let text = stage.picture(columns, rows).text
      #expect(text.contains("silence-R1 and main, parted after step 6"))
      #expect(text.contains("≠") && text.contains("silence-R1"))
    }
    let wide = stage.picture(120, 50).text
    let rows = wide.split(separator: "\n").map(String.init)
    let head = try #require(rows.first { $0.contains("┃ ") && $0.contains(" R1 ") })
    #expect(head.contains("≠ R1") && head.contains("≠◆ faulty"), "\(head)")
    stage.press(.character("i"))
    let ascii = stage.picture(80, 24)
    #expect(ascii.isASCII)
    try expectGolden(ascii, "compare-80x24-ascii")
  }

  @Test("at the parting nothing differs; arrows go the same number of steps on both sides")
  func steps() throws {
    var stage = try Stage.tree()
    let history = stage.model.history
    let parting = history.branches[history.branch].fork
    stage.press(.character("v"), .home)
    #expect(!stage.shows("≠") && stage.shows("step \(parting) (+0)"))
    stage.press(.left)
    #expect(stage.shows("here the two branches part"))
    stage.press(.right)
    #expect(stage.shows("≠") && stage.shows("step \(parting + 1) (+1)"))
    let both = stage.text.split(separator: "\n").first { $0.contains("(+1)") } ?? ""
    #expect(both.split(separator: "step \(parting + 1) (+1)").count == 3, "\(both)")
    stage.press(.end, .right)
    #expect(stage.shows("here both branches end"))
    stage.press(.left)
    #expect(stage.model.history.step == history.step, "the present moment has not moved")
  }

  @Test("up and down take every other branch; Enter goes where the right side is") func others()
    throws
  {
    var stage = try Stage.tree()
    stage.press(.character("v"))
    var seen: Set<Int> = []
    for _ in 0..<6 {
      guard case .compare(let view) = stage.model.overlay else {
        Issue.record("the window has gone")
        return
      }
      seen.insert(view.other)
      stage.press(.down)
    }
    #expect(
      seen == Set(stage.model.history.branches.indices.filter { $0 != stage.model.history.branch }))
    stage.press(.home, .right, .right)
    guard case .compare(let view) = stage.model.overlay else { return }
    let parting = stage.model.history.lastCommonStep(stage.model.history.branch, view.other)
    stage.press(.enter)
    #expect(stage.model.overlay == nil && stage.model.history.branch == view.other)
    #expect(stage.model.history.step == parting + 2)
  }

  @Test("v on the page of the tree compares with the chosen branch, and again closes") func chosen()
    throws
  {
    var stage = try Stage.tree()
    stage.press(.up, .character("v"))
    guard case .compare(let view) = stage.model.overlay else {
      Issue.record("there is no window")
      return
    }
    #expect(view.other == stage.model.branchChoice && view.other != stage.model.history.branch)
    stage.press(.character("v"))
    #expect(stage.model.overlay == nil)
  }

  @Test("one branch alone is not compared, and the reason is told") func alone() throws {
    var stage = try Stage()
    stage.press(.character("v"))
    #expect(stage.model.overlay == nil && stage.shows("there is one branch; go back and act"))
  }

  @Test("everything can be scrolled to at the smallest size") func scrolled() throws {
    var stage = try Stage.tree()
    stage.resize(60, 18)
    stage.press(.character("v"))
    var seen = ""
    for _ in 0..<10 {
      seen += stage.picture(60, 18).text
      stage.press(.pageDown)
    }
    // From the end one comes back at once.
    let last = stage.picture(60, 18)
    stage.press(.pageDown, times: 9)
    #expect(stage.picture(60, 18) == last)
    stage.press(.pageUp)
    #expect(stage.picture(60, 18) != last)
    for name in ["R0", "R1", "R2", "R3", "alice", "bob"] { #expect(seen.contains(" \(name) ")) }
  }
}
