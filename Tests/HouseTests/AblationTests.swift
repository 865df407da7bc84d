import Language
import PBFT
import Simulation
import Testing

/// Each page below demos/rules takes one rule away and shows what it was good for; its control is the same page
/// with the rule on.
@Suite struct `The ablations` {
  /// The rows of the table of ablations that have a page.
  ///
  /// There is no A10. A12, A34 and A35 speak of what is not built: tentative execution, MACs and read-only requests.
  static let rows =
    (1...37).filter { ![10, 12, 34, 35].contains($0) }.map { "A\($0)" } + ["A17b"]

  /// It takes no rule away, but one honest replica more than f.
  static let moreThanF = "demos/rules/more-than-f.pbft"

  static func script(_ page: String) throws -> Script {
    try Script(parsing: House.text(of: page))
  }

  @Test func `are one page for each row of the table`() throws {
    let titles = try House.ablations().map { try Self.script($0).title ?? "" }
    for row in Self.rows {
      let count = titles.count { $0.hasSuffix("(row \(row))") }
      #expect(count == 1, "\(row) is in \(count) titles")
    }
    #expect(titles.count == Self.rows.count)
  }

  @Test(arguments: try House.ablations())
  func `are named after a rule that they take away`(page: String) throws {
    guard page != Self.moreThanF else { return }
    let script = try Self.script(page)
    let name = page.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? ""
    let rule = try #require(Rule(name: name))
    #expect(script.configuration.settings.rulesOff.contains(rule))
    #expect(script.title?.hasPrefix("Without \(name)") == true)
  }

  @Test(arguments: try House.ablations())
  func `do harm without the rule`(page: String) throws {
    let script = try Self.script(page)
    var player = Player(script)
    try player.play()
    for outcome in player.outcomes where !outcome.held {
      Issue.record("\(page): line \(outcome.line): \(outcome.text): \(outcome.failure ?? "")")
    }
    let expected = script.statements.count { if case .expect = $0 { true } else { false } }
    #expect(expected >= 2)
    #expect(player.outcomes.count >= expected)
  }

  @Test(arguments: try House.ablations())
  func `do none with it`(page: String) throws {
    let script = try Self.script(page)
    var player = Player(script, withRules: true)
    try player.play()
    for outcome in player.outcomes where !outcome.held {
      Issue.record(
        "\(page), with all rules: line \(outcome.line): \(outcome.text): \(outcome.failure ?? "")")
    }
    #expect(!player.outcomes.isEmpty)
    // Two faulty replicas of four do harm whatever the rules are; its control line stands before the second.
    if page != Self.moreThanF { #expect(player.history.world.violations.isEmpty) }
  }

  @Test(arguments: try House.ablations())
  func `have a title, a narration and stops, and are printed as they are read`(
    page: String
  ) throws {
    let script = try Self.script(page)
    var said = 0
    var stops = 0
    for statement in script.statements {
      if case .say = statement { said += 1 }
      if case .stop = statement { stops += 1 }
    }
    #expect(said >= 2)
    #expect(stops >= 2)
    let again = try Script(parsing: script.text)
    #expect(again.title == script.title)
    #expect(again.statements == script.statements)
    #expect(again.configuration == script.configuration)
  }
}
