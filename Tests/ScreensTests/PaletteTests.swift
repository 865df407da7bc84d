import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

@Suite struct PaletteTests {
  @Test("the palette offers what the keys do, and does it") func actions() throws {
    var stage = try Stage()
    let step = stage.model.history.step
    stage.type(":one event f")
    #expect(stage.shows("Enter does it"))
    stage.press(.escape)
    stage.type(":step")
    stage.press(.down)
    stage.press(.enter)
    #expect(stage.model.overlay == nil && stage.model.history.step == step + 1)
  }

  @Test("an action's command names what is focused, and Tab takes it into the line")
  func command() throws {
    var stage = try Stage()
    stage.press(.character("2"))
    stage.type(":cra")
    stage.press(.down)
    #expect(stage.shows("crash R2"))
    stage.press(.tab)
    #expect(stage.shows(": crash R2█"))
    stage.press(.enter)
    #expect(stage.shows("R2 ✗ CRASHED"))
  }

  @Test("every action of the key table can be reached") func all() throws {
    var stage = try Stage()
    stage.type(":")
    let onPages: [KeyEntry.Group] = [
      .ladder, .quorums, .viewChange, .messagePage, .rules, .timeline, .start,
    ]
    let offered = Keys.table.filter {
      $0.action != .palette && $0.action != .close && !onPages.contains($0.group)
    }
    for entry in offered {
      stage.press(.down)
      for (columns, rows) in PictureTests.sizes {
        #expect(
          stage.picture(columns, rows).text.contains("┃ \(entry.hint)"),
          "\(entry.hint) at \(columns)x\(rows)")
      }
    }
    // The words of the language come after them, or with one press to the right.
    stage.press(.down, .tab)
    #expect(stage.shows(": step "))
    stage.press(.escape)
    stage.type(":")
    stage.press(.right, .enter)
    #expect(stage.shows(": step "))
  }

  @Test("quitting by the palette") func quitting() throws {
    var stage = try Stage()
    stage.type(":quit")
    stage.press(.down)
    #expect(stage.press(.enter) == .quit)
  }

  @Test("what happens next calls digests by the letters that they will have") func letters() throws
  {
    var stage = try Stage()
    stage.press(.character("n"), .character("n"))
    for _ in 0..<60 {
      let text = stage.picture(160, 45).text
      let lines = text.split(separator: "\n").filter {
        $0.contains(" next ") || $0.contains(" why ")
      }
      for line in lines {
        #expect(line.firstMatch(of: #/ (?=[a-f]*[0-9])[0-9a-f]{4}\b(?!\.)/#) == nil, "\(line)")
      }
      stage.press(.right)
    }
  }
}
