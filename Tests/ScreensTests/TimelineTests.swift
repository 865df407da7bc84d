import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// The row that is always there, and what can be done with its bar.
@Suite struct TimelineTests {
  @Test(
    "step, branch, state hash and seed are on screen at every size, on every page, under every window"
  )
  func always() throws {
    var stage = try Moment.changing.stage()
    stage.press(.left, times: 7)
    let (step, end) = (stage.model.history.step, stage.model.history.end)
    let hash = stage.model.world.stateHash.short
    for keys: [Key] in [
      [], [.character("L")], [.character("R")], [.character("?")], [.escape, .character("p")],
      [.escape, .character("b")], [.escape, .character("y")], [.escape, .character("C"), .enter],
      [.escape, .character(":")],
    ] {
      for key in keys { stage.press(key) }
      for columns in stride(from: 60, through: 160, by: 20) {
        for rows in [18, 24, 45] {
          let row = stage.timeline(columns, rows)
          #expect(row.contains(" main ") && row.contains("\(step)/\(end) "), "\(keys): \(row)")
          #expect(row.contains(hash) && row.contains("seed 1"), "\(keys): \(row)")
          #expect(row.contains("├") && row.contains("●"), "\(keys): \(row)")
        }
      }
    }
  }

  @Test("a long name, a long seed and many steps leave room for the bar") func narrow() throws {
    var history = History(Configuration(seed: .max, scheme: .ideal))
    try history.perform(.load(every: .milliseconds(200)))
    try history.perform(.run(.seconds(40)))
    try history.perform(TimeCommand.name("a-name-that-is-too-long"))
    var stage = try Stage()
    stage.model = Model(history: history)
    let row = stage.timeline(60, 18)
    #expect(row.contains("s18446744073709551615") && row.contains(history.world.stateHash.short))
    #expect(row.contains("├━━━━") && row.contains(" a-name-th… "), "\(row)")
  }

  @Test("the bar paints what happened where it happened, and the present over it") func marks()
    throws
  {
    var stage = try Moment.changed.stage()
    stage.press(.end)
    let row = stage.timeline(160, 45)
    // The crash, two view changes begun, view 1 entered, the end.
    #expect(row.firstMatch(of: #/├[━V]*✗[━V]*V[━V]*1[━V]*●/#) != nil, "\(row)")
    stage.press(.home)
    #expect(stage.timeline(160, 45).firstMatch(of: #/●─*✗[─V]*V[─V]*1[─V]*┤/#) != nil)
    stage.press(.character("i"))
    let ascii = stage.timeline(160, 45)
    #expect(ascii.firstMatch(of: #/@-*x[-V]*V[-V]*1[-V]*\+/#) != nil, "\(ascii)")
  }

  @Test("where several things fall into one cell the gravest is seen") func gravest() throws {
    var stage = try Stage()
    stage.press(.right, times: 8)
    stage.press(.left, times: 4)
    try stage.note("look here")
    stage.press(.character("c"))
    // A fork and a note after step 5, a fault at step 6.
    stage.press(.home)
    let row = stage.timeline(60, 18)
    #expect(row.contains("\"") && !row.contains("┬"), "\(row)")
    stage.press(.right, times: 5)
    try stage.note("")
    stage.press(.home)
    #expect(stage.timeline(60, 18).contains("┬"), "\(stage.timeline(60, 18))")
  }

  @Test(
    "a click goes to the moment, and dragging scrubs", arguments: PictureTests.sizes + [(60, 18)])
  func mouse(_ columns: Int, _ rows: Int) throws {
    var stage = try Moment.changed.stage()
    stage.resize(columns, rows)
    let end = stage.model.history.end
    let (left, right) = try stage.barEnds(columns, rows)
    stage.mouse(.press, right, rows - 2)
    #expect(stage.model.history.step == end)
    stage.mouse(.press, left, rows - 2)
    #expect(stage.model.history.step == 0)
    var last = 0
    for x in left...right {
      stage.mouse(.drag, x, rows - 3)
      #expect(stage.model.history.step >= last)
      last = stage.model.history.step
    }
    #expect(last == end)
    stage.mouse(.drag, left - 30, 0)
    #expect(stage.model.history.step == 0)
    stage.mouse(.release, left, rows - 2)
    stage.mouse(.drag, right, rows - 2)
    #expect(stage.model.history.step == 0, "nothing is held any more")
  }

  @Test("only what began on the bar drags along it, also when the release was never told")
  func elsewhere() throws {
    var stage = try Moment.changed.stage()
    stage.resize(80, 24)
    stage.press(.end)
    let end = stage.model.history.end
    let (left, right) = try stage.barEnds(80, 24)
    stage.mouse(.press, 10, 5)
    stage.mouse(.drag, left, 22)
    #expect(stage.model.history.step == end)
    stage.mouse(.press, right, 22)
    // Behind the palette the release is not lost.
    stage.press(.character(":"))
    stage.mouse(.release, right, 22)
    stage.press(.escape)
    stage.mouse(.drag, left, 22)
    #expect(stage.model.history.step == end)
    stage.mouse(.press, right, 22)
    stage.mouse(.press, 10, 5)
    stage.mouse(.drag, left, 22)
    #expect(stage.model.history.step == end)
    // Over a window the bar is still a bar.
    stage.press(.character("?"))
    stage.mouse(.press, right, 22)
    stage.mouse(.drag, left, 3)
    #expect(stage.model.history.step == 0 && stage.model.overlay == .help(scroll: 0))
  }

  @Test(
    "< and > go cell by cell, at least one step, and over the whole line",
    arguments: [(60, 18), (160, 45)])
  func cells(_ columns: Int, _ rows: Int) throws {
    for long in [false, true] {
      var stage = long ? try Moment.changed.stage() : try Stage()
      if !long { stage.press(.right, times: 5) }
      stage.resize(columns, rows)
      stage.press(.home)
      let end = stage.model.history.end
      var seen = [0]
      while let last = seen.last, last < end {
        stage.press(.character(">"))
        try #require(stage.model.history.step > last)
        seen.append(stage.model.history.step)
      }
      #expect(long ? seen.count <= end : seen.count == end + 1)
      stage.press(.character(">"))
      #expect(stage.shows("end of what is known"))
      for step in seen.dropLast().reversed() {
        stage.press(.character("<"))
        #expect(stage.model.history.step == step)
      }
      stage.press(.character("<"))
      #expect(stage.shows("this is the start; nothing was before"))
    }
  }
}

extension Stage {
  mutating func resize(_ columns: Int, _ rows: Int) {
    size = Size(columns: columns, rows: rows)
    _ = model.update(.resize(size))
  }

  mutating func mouse(_ action: Mouse.Action, _ x: Int, _ y: Int) {
    _ = model.update(.mouse(Mouse(.left, action, at: Position(x: x, y: y))))
  }

  /// The first and the last column of the bar, when the present moment is the end.
  fileprivate func barEnds(_ columns: Int, _ rows: Int) throws -> (Int, Int) {
    let row = Array(timeline(columns, rows))
    return (
      try #require(row.firstIndex(of: "├")), try #require(row.lastIndex { "●┤".contains($0) })
    )
  }
}
