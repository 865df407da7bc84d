import Cells
import PBFT
import Screens
import Simulation
import Testing

/// The catalogue on the screen, and how a world looks that lacks a rule.
@Suite struct RulesPageTests {
  @Test("R shows the catalogue; arrows and pages go through all of it, at every size")
  func reach() throws {
    for (columns, rows) in PictureTests.sizes + [(60, 18), (300, 100)] {
      var stage = try Moment.request.stage()
      stage.press(.character("R"))
      for (place, rule) in Rule.allCases.enumerated() {
        defer { stage.press(.down) }
        // All of them where the list is shortest; elsewhere every fifth, the first and the last.
        let isLast = place + 1 == Rule.allCases.count
        guard rows <= 20 || place % 5 == 0 || isLast else { continue }
        let text = stage.picture(columns, rows).text
        let line = text.split(separator: "\n").first { $0.isSelected }
        #expect(line?.contains(" \(rule.name) ") == true, "\(rule.name) at \(columns)x\(rows)")
        let counts = stage.model.world.coverage[rule]
        for count in [counts.accepted, counts.refused] where count > 0 {
          #expect(line?.contains(" \(count)") == true, "\(rule.name) at \(columns)x\(rows)")
        }
        #expect(text.contains(rule.entry.title), "\(rule.name) at \(columns)x\(rows)")
      }
      stage.press(.pageUp, times: 20)
      #expect(stage.model.rule == 0 && stage.model.page == .rules)
      stage.press(.pageDown, .up)
      #expect(stage.model.rule == 9)
    }
  }

  @Test("time goes on with left and right, and C leads back") func time() throws {
    var stage = try Moment.request.stage()
    stage.press(.character("R"))
    let step = stage.model.history.step
    stage.press(.right)
    #expect(stage.model.history.step == step + 1)
    stage.press(.left, .character("C"))
    #expect(stage.model.history.step == step && stage.shows("R0 ★ primary"))
  }

  @Test("Enter takes a rule away at this moment, and gives it back") func toggle() throws {
    var stage = try Moment.request.stage()
    stage.select(.oneVote)
    #expect(stage.shows(": rule one-vote off"))
    stage.press(.enter)
    #expect(stage.model.world.settings.rulesOff.rules == [.oneVote])
    #expect(stage.shows("OFF    one-vote") && stage.shows(": rule one-vote on"))
    stage.press(.enter)
    #expect(stage.model.world.settings.rulesOff.isEmpty)
    #expect(stage.shows("on     one-vote"))
  }

  @Test("a world that lacks a rule opens the page at that rule") func opening() throws {
    var stage = try Moment.request.stage()
    stage.command("rule prepared off")
    stage.press(.character("R"))
    #expect(stage.selectedLine?.contains("OFF    prepared ") == true)
  }

  @Test("in the past it opens a branch") func branch() throws {
    var stage = try Moment.request.stage()
    stage.press(.left, times: 3)
    stage.select(.oneVote)
    stage.press(.enter)
    #expect(stage.shows("the old future is kept: o"))
    stage.press(.character("o"))
    #expect(stage.model.world.settings.rulesOff.isEmpty)
    stage.press(.character("o"))
    #expect(stage.model.world.settings.rulesOff.rules == [.oneVote])
  }

  @Test("a rule that cannot be off says why") func always() throws {
    let fixed = try #require(Rule.allCases.first { $0.cannotBeOff != nil })
    var stage = try Moment.request.stage()
    stage.select(fixed)
    #expect(stage.shows("always \(fixed.name)") && stage.shows("It cannot be off"))
    stage.press(.enter)
    #expect(stage.model.world.settings.rulesOff.isEmpty && stage.shows("note"))
  }

  @Test("each rule tells how often it has accepted and refused up to this moment")
  func counts() throws {
    var stage = try Moment.request.stage()
    stage.select(.prepareCounts)
    let accepted = stage.model.world.coverage[.prepareCounts].accepted
    #expect(accepted > 0)
    let line = try #require(stage.selectedLine)
    #expect(line.contains(" \(accepted) "))
    stage.press(.home)
    #expect(stage.selectedLine?.contains(" \(accepted) ") == false)
  }

  @Test("a world without a rule says so on every page and window, at every size")
  func marked() throws {
    var stage = try Moment.request.stage()
    stage.command("rule one-vote off")
    let places: [[Key]] = [
      [], [.character("L")], [.character("R")], [.character("C"), .character("b")],
      [.character("y")], [.escape, .character("k")], [.escape, .enter], [.escape, .character(":")],
    ]
    for keys in places {
      for key in keys { stage.press(key) }
      for columns in stride(from: 60, through: 160, by: 4) {
        let header = stage.picture(columns, 24).text.split(separator: "\n")[0]
        #expect(header.contains("RULE OFF"), "at \(columns): \(header)")
        #expect(header.contains("faulty 0/1"), "at \(columns): \(header)")
      }
    }
    stage.press(.escape)
    stage.command("rule one-pre-prepare off")
    stage.command("crash R0")
    stage.command("crash R1")
    for columns in 60...160 {
      let header = stage.picture(columns, 24).text.split(separator: "\n")[0]
      #expect(header.contains("2 RULES OFF"), "at \(columns): \(header)")
      #expect(header.contains("faulty 2/1") && header.contains("void"), "at \(columns): \(header)")
    }
    #expect(stage.picture(120, 24).text.contains("VIOLATED") == false)
  }

  @Test("a click selects a rule") func mouse() throws {
    var stage = try Stage()
    stage.size = Size(columns: 80, rows: 24)
    _ = stage.model.update(.resize(stage.size))
    stage.press(.character("R"))
    let rows = stage.text.split(separator: "\n", omittingEmptySubsequences: false)
    let y = try #require(rows.firstIndex { $0.contains(" request-at-primary ") })
    _ = stage.model.update(.mouse(Mouse(.left, at: Position(x: 30, y: y))))
    #expect(stage.model.rule == Rule.allCases.firstIndex(of: .requestAtPrimary))
    _ = stage.model.update(.mouse(Mouse(.wheelUp, at: Position(x: 30, y: y))))
    #expect(Rule.allCases[stage.model.rule] == .requestNewest)
  }

  @Test("the script that shows what a rule was for is named where it is there")
  func scripts() throws {
    var stage = try Stage()
    stage.model.demos = ["one-vote", "prepared", "prepared-proofs"].map {
      DemoFile(name: $0, path: "demos/rules/\($0).pbft", title: "", stops: 1, isOfRule: true)
    }
    stage.select(.oneVote)
    #expect(stage.shows("demos/rules/one-vote.pbft"))
    stage.select(.prepared)
    #expect(stage.shows("demos/rules/prepared.pbft") && !stage.shows("demos/rules/prepared-proofs"))
    stage.select(.preparedProofs)
    #expect(stage.shows("demos/rules/prepared-proofs.pbft"))
    stage.select(.authentic)
    #expect(!stage.shows("demos/rules"))
  }
}

extension Stage {
  /// Goes to a rule on its page.
  mutating func select(_ rule: Rule) {
    press(.character("R"))
    while Rule.allCases[model.rule] != rule {
      let isBelow = model.rule < Rule.allCases.firstIndex(of: rule) ?? 0
      press(isBelow ? .down : .up)
    }
  }

  fileprivate var selectedLine: Substring? {
    text.split(separator: "\n").first { $0.isSelected }
  }
}

extension Substring {
  /// Before the arrow may stand the mark of what the last step has changed.
  fileprivate var isSelected: Bool { dropFirst().hasPrefix("►") }
}
