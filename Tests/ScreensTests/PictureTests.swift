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
    stage.press(.escape, .enter)
    try expectGolden(stage.picture(80, 24), "inspector-80x24")
    stage.press(.escape, .character("k"))
    try expectGolden(stage.picture(80, 24), "state-80x24")
    stage.press(.escape)
    stage.type(":de")
    try expectGolden(stage.picture(80, 24), "palette-80x24")
    stage.type("loy")
    stage.press(.enter)
    try expectGolden(stage.picture(80, 24), "palette-mistake-80x24")
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
    for keys: [Key] in [[], [.character("L")], [.character("?")], [.escape, .character(":")]] {
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
    let text = stage.picture(130, 100).text
    for entry in Keys.table {
      #expect(text.contains(entry.label) && text.contains(entry.help.prefix(30)), "\(entry.label)")
    }
  }
}
