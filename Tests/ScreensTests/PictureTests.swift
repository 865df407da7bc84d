import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

@Suite struct PictureTests {
  static let sizes = [(64, 20), (80, 24), (100, 28), (120, 36), (160, 45)]

  @Test("the cluster page", arguments: Moment.allCases)
  func cluster(_ moment: Moment) throws {
    var stage = try moment.stage()
    for (columns, rows) in Self.sizes {
      try expectGolden(
        stage.picture(columns, rows), "cluster-\(moment.rawValue)-\(columns)x\(rows)")
    }
    stage.press(.character("i"))
    let ascii = stage.picture(80, 24)
    #expect(ascii.isASCII)
    try expectGolden(ascii, "cluster-\(moment.rawValue)-80x24-ascii")
  }

  @Test("seven and thirteen replicas", arguments: [7, 13])
  func large(_ count: Int) throws {
    var stage = try Stage(replicas: count)
    stage.press(.right, times: 60)
    stage.press(.character("5"))
    try expectGolden(stage.picture(80, 24), "cluster-\(count)-80x24")
    try expectGolden(stage.picture(160, 45), "cluster-\(count)-160x45")
  }

  @Test("an equivocating primary, more faults than f, a lesson") func trouble() throws {
    let script = try Script(
      parsing: """
        title "An equivocating primary"
        equivocate R0
        request alice append x a
        request bob append x b
        say "R0 tells R1 and R2 one thing and R3 another. Watch who prepares what: no digest gets 2f + 1 votes."
        run 260ms
        silence R3
        stop
        """)
    var stage = try Stage(lesson: Lesson(script))
    stage.press(.character(" "))
    try expectGolden(stage.picture(80, 24), "lesson-80x24")
    try expectGolden(stage.picture(64, 20), "lesson-64x20")
    try expectGolden(stage.picture(120, 36), "lesson-120x36")
  }

  @Test("the ladder page") func ladder() throws {
    var stage = try Moment.changed.stage()
    stage.press(.character("L"))
    try expectGolden(stage.picture(100, 28), "ladder-100x28")
    stage.press(.character("i"))
    try expectGolden(stage.picture(80, 24), "ladder-80x24-ascii")
  }

  @Test("what lies over a page") func overlays() throws {
    var stage = try Moment.request.stage()
    stage.press(.character("?"))
    try expectGolden(stage.picture(100, 28), "help-100x28")
    stage.press(.escape, .character("k"))
    try expectGolden(stage.picture(80, 24), "state-80x24")
    stage.press(.escape)
    stage.type(":de")
    try expectGolden(stage.picture(80, 24), "palette-80x24")
    stage.type("loy")
    stage.press(.enter)
    try expectGolden(stage.picture(80, 24), "palette-mistake-80x24")
  }

  @Test("the menu of faults, the page of rules, the window of reasons") func laboratory() throws {
    let windows: [(name: String, keys: [Key])] = [
      ("faults", [.character("1"), .character("b"), .pageDown]),
      ("why", [.escape, .character("y")]),
      ("rules", [.escape, .character("R"), .pageDown, .pageDown, .enter]),
    ]
    var stage = try Moment.changing.stage()
    for window in windows {
      for key in window.keys { stage.press(key) }
      for (columns, rows) in [(64, 20), (80, 24), (100, 28)] {
        try expectGolden(stage.picture(columns, rows), "\(window.name)-\(columns)x\(rows)")
      }
      stage.press(.character("i"))
      try expectGolden(stage.picture(80, 24), "\(window.name)-80x24-ascii")
      stage.press(.character("i"))
    }
  }

  @Test("what is wrong is said at every size") func violated() throws {
    let script = try Script(
      parsing: """
        title "Two faulty replicas of four"
        equivocate R0 alice/1>R1 bob/1>R2,R3 votes
        request alice append x a
        request bob append x b
        silence R3
        run 300ms
        forge R3>R1 PREPARE v0 n1 alice/1
        forge R3>R1 COMMIT v0 n1 alice/1
        forge R3>R2 PREPARE v0 n1 bob/1
        forge R3>R2 COMMIT v0 n1 bob/1
        run 300ms
        stop "What is left?"
        """)
    var stage = try Stage(lesson: Lesson(script))
    stage.press(.character(" "))
    #expect(!stage.model.world.violations.isEmpty)
    for (columns, rows) in Self.sizes + [(60, 18)] {
      let text = stage.picture(columns, rows).text
      let header = text.split(separator: "\n")[0]
      #expect(header.contains("VIOLATED") && header.contains("2/1"), "at \(columns)x\(rows)")
      #expect(text.contains("is violated:"), "at \(columns)x\(rows)")
    }
    try expectGolden(stage.picture(64, 20), "violated-64x20")
    try expectGolden(stage.picture(80, 24), "violated-80x24")
  }

  @Test("seven replicas: the focused one is always seen", arguments: [7, 10, 13])
  func manyReplicas(_ count: Int) throws {
    for number in 0..<min(count, 10) {
      var stage = try Stage(replicas: count)
      stage.press(.character(Character(String(number))))
      for (columns, rows) in Self.sizes {
        let heavy =
          stage.picture(columns, rows).text.contains("━ R\(number)")
          || stage.picture(columns, rows).text.contains("━R\(number)")
        #expect(heavy, "R\(number) of \(count) at \(columns)x\(rows)")
      }
    }
  }

  @Test("right at every size", arguments: [4, 7, 13])
  func everySize(_ count: Int) throws {
    var stage = try Stage(replicas: count)
    stage.press(.right, times: 20)
    stage.press(.character("c"))
    var stages = [stage]
    for keys: [Key] in [
      [.character("L")], [.character("?")], [.character(":")], [.enter], [.character("k")],
      [.character("R")], [.character("R"), .down, .enter], [.character("b")],
      [.character("b"), .end], [.character("y")], [.character("y"), .left, .up, .pageDown],
      [.character("p")], [.character("p"), .end, .right],
      [.character("T")], [.left, .character("c"), .character("T"), .up],
      [.left, .character("c"), .character("v"), .pageDown],
    ] {
      var other = stage
      for key in keys { other.press(key) }
      stages.append(other)
    }
    for columns in stride(from: 0, through: 130, by: 7) {
      for rows in stride(from: 0, through: 50, by: 3) {
        for stage in stages {
          let picture = stage.picture(columns, rows)
          #expect(picture.size == Size(columns: columns, rows: rows))
        }
      }
    }
    #expect(stage.picture(59, 18).text.contains("60x18"))
    #expect(stage.picture(300, 100).text.contains("quit"))
  }

  @Test("only ASCII where only ASCII is wanted") func ascii() throws {
    var stage = try Moment.changed.stage()
    stage.press(.character("i"))
    for keys: [Key] in [
      [], [.character("L")], [.character("R")], [.character("T")], [.character("p")],
      [.character("b")],
      [.character("b"), .character("y")],
      [.escape, .character("?")], [.escape, .character(":")],
    ] {
      for key in keys { stage.press(key) }
      for (columns, rows) in Self.sizes {
        let text = stage.picture(columns, rows).text
        #expect(text.unicodeScalars.allSatisfy { $0.isASCII }, "\(text.filter { !$0.isASCII })")
      }
    }
  }

  @Test("the footer always tells how to get help and out") func footer() throws {
    let stage = try Moment.request.stage()
    for columns in 60...200 {
      let footer = stage.picture(columns, 24).text.split(separator: "\n").last ?? ""
      #expect(footer.contains("? help") && footer.contains("q quit"), "at \(columns)")
    }
  }

  @Test("why and next are always there") func told() throws {
    let stage = try Moment.changed.stage()
    for columns in stride(from: 60, through: 160, by: 5) {
      for rows in 18...50 {
        let text = stage.picture(columns, rows).text
        #expect(text.contains(" why ") && text.contains(" next "), "at \(columns)x\(rows)")
      }
    }
  }

  @Test("the help tells of every key") func help() throws {
    var stage = try Stage()
    stage.press(.character("?"))
    let text = stage.picture(130, 300).text
    for entry in Keys.table {
      #expect(text.contains(entry.label) && text.contains(entry.help.prefix(30)), "\(entry.label)")
    }
  }
}
