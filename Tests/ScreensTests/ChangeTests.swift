import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// What the last step has changed is marked, and nothing else is.
@Suite struct ChangeTests {
  @Test("a vote is marked in the tally and the log of its replica, and nowhere else") func vote()
    throws
  {
    var stage = try Moment.request.stage()
    let picture = stage.picture(80, 24)
    // R0 has received the PREPARE of R1.
    #expect(picture.marks.map(\.description) == ["0,6 ›", "9,6 3/2", "0,7 ›0.25"])
    #expect(picture.row(6).starts(with: "› 1 a ●  3/2 1/3 ·".unicodeScalars) { $0.glyph == $1 })
    let small = stage.picture(60, 18)
    #expect(small.marks.map(\.description) == ["0,5 ›", "6,5 3/2", "0,6 ›◄"])
    stage.press(.character("i"))
    #expect(stage.picture(80, 24).marks.map(\.text) == [">", "3/2", ">0.25"])
  }

  @Test("at the beginning nothing is marked, and going back to it takes every mark away")
  func beginning() throws {
    var stage = try Stage(request: false)
    #expect(stage.model.before == nil && stage.picture(120, 36).marks.isEmpty)
    stage.command("crash R2")
    #expect(stage.model.before != nil && !stage.picture(120, 36).marks.isEmpty)
    for (columns, rows) in PictureTests.sizes {
      stage.press(.home)
      for page: Key in [.character("L"), .character("R"), .character("C")] {
        stage.press(page)
        #expect(stage.picture(columns, rows).marks.isEmpty)
      }
    }
  }

  @Test("a crash is marked in the title, in the log and on the lane") func crash() throws {
    var stage = try Moment.request.stage()
    stage.press(.character("3"), .character("c"))
    let picture = stage.picture(120, 36)
    let panes = picture.panes(4)
    #expect(picture.marks(in: panes[3]).map(\.text) == ["›", "✗", "CRASHED", "›0.25"])
    for pane in panes.dropLast() { #expect(picture.marks(in: pane).isEmpty) }
    // The row of the crash and the name of its lane.
    let ladder = picture.marks.filter { $0.y >= panes[0].endY && $0.y < 30 }.map(\.text)
    #expect(ladder.contains("›R3 ✗") && ladder.contains("›"))
  }

  @Test("the watermarks are marked when a checkpoint has become stable, at that replica alone")
  func stable() throws {
    var stage = try Demo.normal.played()
    stage.press(.home)
    var seen: [ReplicaID] = []
    while stage.model.history.step < stage.model.history.end {
      stage.press(.right)
      for case .stable(let replica, _, _, _, _) in stage.model.history.recent.last?.map(\.kind)
        ?? []
      {
        seen.append(replica)
        let picture = stage.picture(80, 24)
        for (index, pane) in picture.panes(4).enumerated() {
          let marks = picture.marks(in: pane).map(\.text)
          let words = ["›h 2", "H 6", "stable 2"]
          #expect(words.allSatisfy { marks.contains($0) } == (index == replica.index), "\(marks)")
          #expect(words.contains { marks.contains($0) } == (index == replica.index), "\(marks)")
        }
      }
    }
    #expect(seen.count == 4 && Set(seen).count == 4)
  }

  @Test("exactly the messages that have left are marked among those on their way") func messages()
    throws
  {
    var stage = try Moment.changed.stage()
    stage.press(.home)
    var most = 0
    while stage.model.history.step < stage.model.history.end {
      stage.press(.right)
      let earlier = Set(try #require(stage.model.before).inFlight.map(\.id))
      let new = stage.model.world.inFlight.map(\.id).filter { !earlier.contains($0) }
      let picture = stage.picture(300, 60)
      let marked = picture.marks.map(\.text).filter { $0.hasPrefix("›#") }
      #expect(marked == new.map { "›#\($0)" }, "step \(stage.model.history.step)")
      most = max(most, new.count)
    }
    #expect(most >= 3)
  }

  @Test("a message that is held is marked at its time, one that is altered at what it says")
  func fates() throws {
    var stage = try Stage()
    stage.press(.right)
    stage.command("misbehave R0 by-hand")
    let id = try #require(stage.model.world.inFlight.first?.id)
    stage.command("hold #\(id)")
    #expect(stage.picture(120, 36).marks.map(\.text).contains("■held"))
    stage.command("alter #\(id) view 3")
    stage.command("release #\(id)")
    let marks = stage.picture(120, 36).marks.map(\.text)
    #expect(!marks.contains("■held") && !marks.contains { $0.hasPrefix("›#") })
  }

  @Test("a client's tally and what it accepts are marked") func clients() throws {
    var stage = try Demo.normal.played()
    stage.press(.home)
    var told: Set<String> = []
    while stage.model.history.step < stage.model.history.end {
      stage.press(.right)
      let picture = stage.picture(100, 28)
      guard
        let y = (0..<28).first(where: { picture.lines(of: picture.region)[$0].contains("who ") })
      else { continue }
      let row = picture.marks(in: picture.region.row(y)).map(\.text)
      // The mark at the edge, and what it points at.
      #expect(row.isEmpty || row.first == "›" && row.count > 1, "\(row)")
      told.formUnion(row.dropFirst())
    }
    #expect(told == ["alice/1", "bob/1", "1", "accepted a", "accepted ab"])
  }

  @Test("the ladder marks the rows of the step and the head of the arrow that has arrived")
  func ladder() throws {
    var stage = try Moment.request.stage()
    stage.press(.character("L"))
    let picture = stage.picture(100, 28)
    let marks = picture.marks.map(\.text)
    // One vote arrives at R0; nothing is sent.
    #expect(marks == ["›", "◄"])
    // A vote arrives at R1, which sends its COMMIT: a row of what left, and one of what arrived.
    while !stage.shows("R1 receives PREPARE v0 n1 a from R2") { stage.press(.left) }
    let sending = stage.picture(100, 28)
    let rows = sending.marks.filter { $0.text == "›" && $0.x == 6 }.map(\.y)
    #expect(rows.count == 2, "\(sending.marks)")
    let new = sending.marks.filter { $0.text == "0.21" }
    #expect(new.map(\.y) == [rows[1]], "\(sending.marks)")
  }

  @Test("the page of rules marks the counts that have moved, and what was switched") func rules()
    throws
  {
    var stage = try Moment.request.stage()
    stage.press(.character("R"))
    let before = try #require(stage.model.before)
    let (now, then) = (stage.model.world.coverage, before.coverage)
    let moved = Rule.allCases.filter { now[$0].accepted != then[$0].accepted }
    let picture = stage.picture(100, 100)
    let rows = picture.marks.filter { $0.x == 0 }.map { picture.lines(of: picture.region)[$0.y] }
    #expect(!moved.isEmpty && rows.count == moved.count)
    for (row, rule) in zip(rows, moved) { #expect(row.contains(" \(rule.name) ")) }
    stage.select(.oneVote)
    stage.press(.enter)
    #expect(stage.picture(100, 28).marks.map(\.text) == ["›", "OFF"])
  }

  @Test(
    "the window of the state marks what is new in it, the window of reasons the cell that has moved"
  )
  func windows() throws {
    var stage = try Moment.request.stage()
    stage.press(.character("y"))
    #expect(stage.picture(100, 28).marks.map(\.text).contains("✓ 3/2"))
    stage.press(.escape, .character("k"))
    while stage.model.world.replicas[0].lastExecuted.number == 0 { stage.press(.right) }
    let picture = stage.picture(160, 60)
    let marks = picture.marks.map(\.text)
    for value in ["n1 executed, view 0", "a", "none", "accepted v0 a, prepared v0 a, committed"] {
      #expect(marks.contains { $0 == value || $0 == "›" + value }, "\(value) in \(marks)")
    }
    #expect(!marks.contains { $0.hasPrefix("faults") })
  }

  @Test("a violation is marked at the line that tells it, when it has come") func violation() throws
  {
    var stage = try Stage(lesson: Demo.lesson("rules/committed"))
    for _ in 0..<30 { stage.press(.character(" ")) }
    stage.press(.home)
    var marked: [Int] = []
    while stage.model.history.step < stage.model.history.end {
      let count = stage.model.world.violations.count
      stage.press(.right)
      let isNew = stage.model.world.violations.count > count
      let isMarked = stage.picture(80, 24).text.contains("\n›waits ")
      #expect(isMarked == isNew, "step \(stage.model.history.step)")
      if isMarked { marked.append(stage.model.history.step) }
    }
    #expect(!marked.isEmpty)
  }

  @Test("the help explains the mark") func help() throws {
    var stage = try Stage()
    stage.press(.character("?"))
    #expect(
      stage.picture(130, 300).text.contains(#/› +stands before what the last step has changed/#))
    stage.press(.character("i"))
    #expect(
      stage.picture(130, 300).text.contains(#/> +stands before what the last step has changed/#))
  }

  @Test("what is marked can be told without colour, in every theme") func themes() {
    for theme in Themes.all {
      for depth in [ColourDepth.none, .sixteen] {
        let ink = theme.ink(for: Style(.changed), depth: depth)
        #expect(ink.emphasis == .reverse && ink.foreground == .standard)
      }
      // A chosen row is reversed: what has changed in it is then upright.
      let chosen = theme.ink(for: Style(.changed).reverse, depth: .none)
      #expect(!chosen.emphasis.contains(.reverse))
    }
  }
}
