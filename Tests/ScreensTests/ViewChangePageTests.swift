import Cells
import Foundation
import Language
import PBFT
import Screens
import Simulation
import Testing

/// The page View change as a person sees and uses it.
@Suite struct ViewChangePageTests {
  /// The demo of the crashed primary at its so-many-th stop, with the page open.
  private func crash(stop: Int) throws -> Stage {
    var stage = try Stage(lesson: Demo.crash.lesson)
    stage.press(.character(" "), times: stop)
    stage.press(.character("V"))
    return stage
  }

  private func demo(_ name: String, stop: Int) throws -> Stage {
    var stage = try Stage(lesson: Demo.lesson(name))
    stage.press(.character(" "), times: stop)
    stage.press(.character("V"))
    return stage
  }

  /// A cluster of seven whose first primary crashes.
  private func seven(until condition: String) throws -> Stage {
    var stage = try Stage(replicas: 7)
    stage.press(.right, times: 20)
    stage.command("crash R0")
    stage.command("request bob append x b")
    stage.command("run until \(condition)")
    stage.press(.character("V"))
    return stage
  }

  // MARK: Pictures

  @Test("the crash of the primary, moment by moment", arguments: [3, 5, 6, 8])
  func crashDemo(_ stop: Int) throws {
    let stage = try crash(stop: stop)
    try expectGolden(stage.picture(80, 24), "viewchange-crash-\(stop)-80x24")
  }

  @Test(
    "the moment of the NEW-VIEW at other sizes",
    arguments: [(64, 20), (100, 28), (160, 45)])
  func sizes(_ columns: Int, _ rows: Int) throws {
    var stage = try crash(stop: 6)
    try expectGolden(stage.picture(columns, rows), "viewchange-new-view-\(columns)x\(rows)")
    guard columns == 100 else { return }
    stage.press(.character("i"))
    let picture = stage.picture(columns, rows)
    let isASCII = picture.text.unicodeScalars.allSatisfy { $0.isASCII }
    #expect(isASCII)
    try expectGolden(picture, "viewchange-new-view-100x28-ascii")
  }

  @Test("a new primary that lies is refused, with the rule and its values") func refusal() throws {
    var stage = try Stage()
    stage.press(.right, times: 30)
    stage.command("misbehave R1 omit-in-new-view")
    stage.command("crash R0")
    stage.command("request bob append x b")
    stage.command("run until R2 refused new-view-computed")
    stage.press(.character("V"))
    let picture = stage.picture(100, 28)
    try expectGolden(picture, "viewchange-refused-100x28")
    for text in [picture.text, stage.picture(80, 24).text] {
      #expect(
        text.contains("refused by R2: O is not what follows from V: min-s = 0, max-s = 1 (4.4)"))
    }
    #expect(picture.text.contains("wrong: it is left out, and a follows from V"))
  }

  @Test("where the rule is off a wrong O is believed, and the page says so") func believed() throws
  {
    let stage = try demo("rules/new-view-computed", stop: 4)
    let picture = stage.picture(160, 45)
    try expectGolden(picture, "viewchange-believed-160x45")
    #expect(picture.text.contains("believed the NEW-VIEW"))
    // The one that was sent comes before the one that the liar kept back, and counts alone.
    for picture in [picture, stage.picture(80, 24)] {
      #expect(picture.text.contains("NEW-VIEW 1 of R1, sent at 0.30 s"))
      #expect(picture.text.contains("O is not what follows from V"))
      #expect(!picture.text.contains("different ones"))
    }
    #expect(picture.text.contains("NEW-VIEW 2 of R1, kept back"))
  }

  @Test("of thirteen replicas each has its column, and a name stays beside its word")
  func thirteenReplicas() throws {
    var stage = try Stage(replicas: 13)
    stage.press(.right, times: 20)
    stage.command("crash R0")
    stage.command("request bob append x b")
    stage.command("run until R3 changing 1")
    stage.press(.character("V"))
    for (columns, rows) in [(64, 20), (80, 24), (100, 28)] {
      let lines = stage.picture(columns, rows).text.split(separator: "\n")
      let heading = try #require(lines.first { $0.contains(" from asked") })
      #expect(
        heading.split(separator: " ").last { $0 != "▲" }?.hasSuffix("12") == true, "\(heading)")
      for line in lines {
        let words = line.split(separator: " ")
        let endsWithName = words.last?.wholeMatch(of: #/R\d+/#) != nil
        #expect(!endsWithName || line == heading || line.contains(":"), "\(line)")
      }
    }
  }

  @Test("who is crashed has no timer that could run out") func crashedFocus() throws {
    let stage = try demo("2-primary-crash", stop: 4)
    for (columns, rows) in [(80, 24), (160, 45)] {
      let text = stage.picture(columns, rows).text
      #expect(text.contains("R0, the focused replica, is crashed"))
      #expect(!text.contains("the timer of R0"))
    }
  }

  @Test("the different VIEW-CHANGEs of one liar are rows of their own, each where it went")
  func twoFaced() throws {
    var stage = try Stage()
    stage.press(.right, times: 30)
    stage.command("misbehave R3 two-faced to R0")
    stage.command("fire R3 view-change")
    stage.command("fire R2 view-change")
    stage.command("run until R1 view 1")
    stage.press(.character("V"))
    let picture = stage.picture(100, 28)
    try expectGolden(picture, "viewchange-two-faced-100x28")
    #expect(picture.text.contains("R3◆ (1)") && picture.text.contains("R3◆ (2)"))
  }

  @Test("seven replicas, while they ask and when the view has begun")
  func sevenReplicas() throws {
    let asking = try seven(until: "R2 changing 1")
    try expectGolden(asking.picture(80, 24), "viewchange-seven-asking-80x24")
    let begun = try seven(until: "R1 view 1")
    try expectGolden(begun.picture(160, 45), "viewchange-seven-begun-160x45")
    #expect(begun.picture(160, 45).text.contains("2f + 1 = 5"))
  }

  // MARK: What it says

  @Test("where nobody has asked the page tells what would make somebody ask, and when")
  func nothingYet() throws {
    var stage = try Stage()
    stage.press(.right, times: 8)
    stage.press(.character("V"))
    for (columns, rows) in [(60, 18), (80, 24), (160, 45)] {
      let text = stage.picture(columns, rows).text
      #expect(text.contains("VIEW CHANGE 0 ► 1") && text.contains("Nobody has asked"), "\(text)")
    }
    // Every timer that runs is told with the moment at which it runs out.
    let text = stage.picture(160, 45).text
    let alarms = stage.model.world.alarms.filter { $0.name == .viewChange }
    #expect(!alarms.isEmpty)
    for alarm in alarms {
      let hundredths = (alarm.due.microseconds + 5_000) / 10_000
      let rest = hundredths % 100
      let due = "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) s"
      #expect(text.contains("\(alarm.owner)") && text.contains(due), "\(alarm): \(text)")
    }
    // f makes the focused one ask.
    stage.press(.character("2"), .character("f"))
    let asked = stage.picture(160, 45).text
    #expect(asked.contains("R2 has asked for view 1: one alone moves nobody."), "\(asked)")
    #expect(asked.contains("With f + 1 = 2 the others join."), "\(asked)")
  }

  @Test("as many marks of each kind as there are VIEW-CHANGEs received and on their way")
  func marks() throws {
    var stage = try crash(stop: 5)
    var seen = (received: 0, coming: 0)
    for _ in 0..<12 {
      let world = stage.model.world
      let lines = stage.picture(160, 45).text.split(separator: "\n").map(String.init)
      for replica in world.replicas {
        guard !replica.isActive, !world.isCrashed(replica.id), replica.view == View(1) else {
          continue
        }
        // The column of the replica in the table.
        guard let head = lines.first(where: { $0.contains("from asked") }),
          let at = head.range(of: "at \(replica.id)")
        else {
          Issue.record("no table")
          return
        }
        let column = head.distance(from: head.startIndex, to: at.lowerBound)
        let rows = lines.filter { $0.contains(" timer ") || $0.contains(" joins ") }
        func count(_ glyph: Character) -> Int {
          rows.count { row in
            let cells = Array(row)
            return cells.indices.contains(column) && cells[column] == glyph
          }
        }
        let others = replica.viewChanges.count { $0.replica != replica.id }
        let coming = world.inFlight.count {
          $0.message.kind == .viewChange && $0.to == .replica(replica.id)
        }
        #expect(count("✓") == others && count("○") == coming, "\(stage.picture(160, 45).text)")
        seen = (seen.received + others, seen.coming + coming)
      }
      stage.press(.right)
    }
    #expect(seen.received > 3 && seen.coming > 3, "\(seen)")
  }

  @Test("a message too few, and who is missing") func missing() throws {
    var stage = try Stage()
    stage.press(.right, times: 10)
    stage.command("crash R0")
    stage.command("cut R3>*")
    stage.command("fire R1 view-change")
    stage.command("fire R2 view-change")
    stage.command("fire R3 view-change")
    stage.command("run 200ms")
    stage.press(.character("V"))
    let picture = stage.picture(100, 28)
    try expectGolden(picture, "viewchange-missing-100x28")
    let text = picture.text
    #expect(text.contains("R1 holds 2 of 2f + 1 = 3."), "\(text)")
    #expect(text.contains("holds 2 of 2f + 1 = 3 VIEW-CHANGEs, and waits for "), "\(text)")
    #expect(text.contains("R3's (lost)") && text.contains("R0's (crashed)"), "\(text)")
    #expect(text.contains("⊘ cut"), "\(text)")
  }

  // MARK: Keys and the mouse

  @Test("rows are chosen and opened; a copy leads to the page Message") func opening() throws {
    var stage = try crash(stop: 6)
    stage.press(.down)
    #expect(stage.model.viewChange.item == .viewChange(ReplicaID(1), 0))
    let before = stage.text
    stage.press(.enter)
    #expect(stage.text != before && stage.shows("P n1 a, prepared in v0: PRE-PREPARE of R0"))
    stage.press(.down)
    guard case .copy(let id)? = stage.model.viewChange.item else {
      Issue.record("\(String(describing: stage.model.viewChange.item)) is no copy")
      return
    }
    stage.press(.enter)
    #expect(stage.model.page == .message && stage.model.inspected.id == id)
    stage.press(.escape)
    #expect(stage.model.page == .viewChange)
    stage.press(.up, .enter)
    #expect(stage.text.contains("from asked"))
    // Down to the last row, and no further.
    stage.press(.down, times: 40)
    #expect(stage.model.viewChange.item == .replica(ReplicaID(3)))
    stage.press(.enter)
    #expect(stage.model.replica == ReplicaID(3), "a replica that is opened is focused")
  }

  @Test("/ goes through the views that were asked for, and a click on one shows it")
  func views() throws {
    var stage = try demo("rules/highest-view", stop: 3)
    #expect(stage.shows("VIEW CHANGE 1 ► 2") && stage.shows("1[2]"), "\(stage.text)")
    stage.press(.character("/"))
    #expect(stage.shows("VIEW CHANGE 0 ► 1") && stage.shows("[1] 2"), "\(stage.text)")
    stage.press(.character("/"))
    #expect(stage.shows("VIEW CHANGE 1 ► 2"))
    let lines = stage.text.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(lines.firstIndex { $0.contains("views") })
    let one = try #require(lines[row].range(of: " 1[2]"))
    let x = lines[row].distance(from: lines[row].startIndex, to: one.lowerBound) + 1
    stage.resize(80, 24)
    stage.mouse(.press, x, row)
    #expect(stage.shows("VIEW CHANGE 0 ► 1"), "\(stage.text)")
    // One view alone is no choice, and the key says so.
    var other = try crash(stop: 6)
    other.press(.character("/"))
    #expect(other.shows("view 1 is the only one that anybody has asked for"))
  }

  @Test("a click on a VIEW-CHANGE opens it, one on a mark shows its copy") func clicks() throws {
    var stage = try crash(stop: 5)
    stage.resize(80, 24)
    let lines = stage.text.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    let row = try #require(lines.firstIndex { String($0).contains("R3   2.52 timer") })
    stage.mouse(.press, 2, row)
    #expect(stage.model.viewChange.opened == [.viewChange(ReplicaID(3), 0)])
    stage.mouse(.press, 2, row)
    #expect(stage.model.viewChange.opened.isEmpty)
    let mark = try #require(lines[row].firstIndex(of: "○"))
    stage.mouse(.press, mark, row)
    #expect(stage.model.page == .message)
    let copy = stage.model.world.inFlight.first { $0.id == stage.model.inspected.id }
    #expect(copy?.message.kind == .viewChange && copy?.from == .replica(ReplicaID(3)))
  }

  @Test("the keys of a presenter's remote step and lead back; nothing traps at any size")
  func everySize() throws {
    for replicas in [4, 7, 13] {
      var stage = try Stage(replicas: replicas)
      stage.press(.right, times: 15)
      stage.command("crash R0")
      stage.command("request bob append x b")
      stage.press(.character("V"))
      for moment in 0..<4 {
        stage.command(moment == 0 ? "run 10ms" : moment == 3 ? "run 6s" : "run 1100ms")
        stage.press(.down, .enter, .down)
        for columns in [60, 80, 101, 160, 300] {
          for rows in [18, 24, 33, 100] {
            stage.resize(columns, rows)
            let text = stage.picture(columns, rows).text
            #expect(text.contains("VIEW CHANGE "), "n = \(replicas), \(columns)x\(rows)")
            #expect(text.contains(" why "), "n = \(replicas), \(columns)x\(rows)")
          }
        }
      }
      let step = stage.model.history.step
      stage.press(.pageUp)
      #expect(stage.model.history.step == step - 1 && stage.model.page == .viewChange)
      stage.press(.pageDown)
      #expect(stage.model.history.step == step && stage.model.page == .viewChange)
      stage.press(.escape)
      #expect(stage.model.page == .cluster)
    }
  }

  @Test("going back in time the page shows what was known then") func back() throws {
    var stage = try crash(stop: 9)
    #expect(stage.shows("entered by"))
    stage.press(.home)
    #expect(stage.shows("Nobody has asked for it"))
    stage.press(.end)
    #expect(stage.shows("entered by"))
  }
}
