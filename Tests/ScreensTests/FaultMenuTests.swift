import Cells
import PBFT
import Screens
import Simulation
import Testing

/// The menu of everything bad that can be done to the focused replica.
@Suite struct FaultMenuTests {
  @Test("b opens the menu, Enter does what is chosen, and the menu is gone") func crash() throws {
    var stage = try Stage()
    stage.press(.character("2"), .character("b"))
    #expect(stage.shows("Faults of R2") && stage.shows(": crash R2"))
    stage.press(.enter)
    #expect(stage.model.world.isCrashed(ReplicaID(2)))
    #expect(stage.model.overlay == nil && stage.shows("R2 ✗ CRASHED"))
  }

  @Test("what cannot be done now says why, and Enter on it changes nothing") func refused() throws {
    var stage = try Stage()
    stage.press(.character("b"), .down)
    #expect(stage.shows("✗ restart") && stage.shows("not now: R0 is running"))
    let step = stage.model.history.end
    stage.press(.enter)
    #expect(stage.model.history.end == step && stage.model.overlay == .faults(choice: 1))
    #expect(stage.shows("note") && stage.shows("`crash R0` stops it first"))
  }

  @Test("a digit turns the menu to another replica") func digits() throws {
    var stage = try Stage()
    stage.press(.character("b"), .character("3"))
    #expect(stage.shows("Faults of R3") && stage.shows(": crash R3"))
    stage.press(.character("b"))
    #expect(stage.model.overlay == nil)
  }

  @Test("a colon or Tab takes the command into the palette", arguments: [Key.character(":"), .tab])
  func edit(_ key: Key) throws {
    var stage = try Stage()
    stage.press(.character("1"), .character("b"), key)
    #expect(stage.shows(": crash R1█"))
    stage.press(.backspace)
    stage.type("2")
    stage.press(.enter)
    #expect(stage.model.world.isCrashed(ReplicaID(2)))
  }

  @Test("what is being done is marked, and honest ends it") func marked() throws {
    var stage = try Stage()
    stage.press(.character("u"), .character("b"))
    #expect(stage.picture(120, 50).text.contains("● silence"))
    #expect(!stage.picture(120, 50).text.contains("✗ honest"))
    stage.choose("honest R0")
    stage.press(.enter, .character("b"))
    #expect(stage.picture(120, 50).text.contains("✗ honest"))
  }

  @Test("every line can be reached at every size, with its command and the end of the list")
  func reach() throws {
    for (columns, rows) in PictureTests.sizes {
      var stage = try Stage()
      stage.press(.right, times: 9)
      stage.press(.character("b"))
      var seen: Set<String> = []
      for _ in 0..<200 {
        let text = stage.picture(columns, rows).text
        let command = text.split(separator: "\n").first { $0.contains("┃ : ") }
        let line = try #require(command, "at \(columns)x\(rows):\n\(text)")
        #expect(text.contains("┃►"))
        if !seen.insert(String(line)).inserted { break }
        stage.press(.down)
      }
      stage.press(.end)
      #expect(stage.model.overlay == .faults(choice: seen.count - 1), "at \(columns)x\(rows)")
      stage.press(.home)
      #expect(stage.model.overlay == .faults(choice: 0))
      stage.press(.up)
      #expect(stage.model.overlay == .faults(choice: 0))
    }
  }

  @Test("every line either acts or says why not, at every moment", arguments: Moment.allCases)
  func everyLine(_ moment: Moment) throws {
    for replica in 0..<4 {
      var stage = try moment.stage()
      stage.press(.character(Character(String(replica))), .character("b"))
      var last: Overlay?
      while stage.model.overlay != last {
        last = stage.model.overlay
        var other = stage
        other.press(.enter)
        let note = other.model.notice?.text ?? ""
        #expect(
          other.model.overlay == nil || !note.isEmpty, "R\(replica), \(String(describing: last))")
        if replica == 1 { #expect(other.shows("note")) }
        stage.press(.down)
      }
    }
  }

  @Test("a click chooses a line") func mouse() throws {
    var stage = try Stage()
    stage.size = Size(columns: 80, rows: 24)
    _ = stage.model.update(.resize(stage.size))
    stage.press(.character("b"), .down, .down, .down)
    let rows = stage.text.split(separator: "\n", omittingEmptySubsequences: false)
    let y = try #require(rows.firstIndex { $0.contains("  silence") })
    _ = stage.model.update(.mouse(Mouse(.left, at: Position(x: 30, y: y))))
    #expect(stage.shows(": silence R0"))
    _ = stage.model.update(.mouse(Mouse(.wheelUp, at: Position(x: 30, y: y))))
    #expect(!stage.shows(": silence R0"))
  }
}

extension Stage {
  /// Down in the fault menu to the line with this command.
  mutating func choose(_ command: String) {
    press(.home)
    for _ in 0..<80 where !picture(120, 50).text.contains(": \(command) ") { press(.down) }
  }
}
