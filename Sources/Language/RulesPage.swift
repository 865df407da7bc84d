public import PBFT
internal import Simulation

/// The catalogue as text: every rule, invariant, reason and misbehaviour, made from what they say of
/// themselves.
public enum RulesPage {
  /// One line for each rule, for a terminal.
  public static var overview: [String] {
    let width = Rule.allCases.map(\.name.count).max() ?? 0
    return Rule.allCases.map { rule in
      let space = String(repeating: " ", count: width - rule.name.count)
      return "\(rule.name)\(space)  \(section(rule.entry.section)): \(rule.entry.sentence)"
    }
  }

  /// The whole entry of a rule, for a terminal.
  public static func entry(of rule: Rule) -> [String] {
    var lines = [
      "\(rule.name): \(rule.entry.title) (\(section(rule.entry.section)))", "",
      rule.entry.sentence, "", "It protects \(rule.entry.protects.rawValue).",
    ]
    if let kinds = kinds(passing: rule) { lines.append("\(kinds) must pass it.") }
    lines.append(
      rule.cannotBeOff.map { "It cannot be switched off: \($0)." }
        ?? "`rule \(rule.name) off` takes it away, in a script and at the prompt.")
    return lines
  }

  /// The page of the documentation.
  ///
  /// `scripts` are the pages that show what happens without a rule.
  public static func markdown(_ examples: Examples, scripts: [String]) -> String {
    let lines =
      [
        "# Rules, refusals and reasons", "",
        "Every rule of the protocol with what it says when it accepts and when it refuses, every invariant,",
        "every reason for waiting and every misbehaviour.", "", "## Overview", "",
        "This page is made by a test from the catalogue itself. The examples are what the rules said in the",
        "demos and in the short stories of the tests: the first of each verdict.",
      ] + rules(examples, scripts) + invariants + reasons(examples) + misconducts
    return lines.joined(separator: "\n") + "\n"
  }

  private static func rules(_ examples: Examples, _ scripts: [String]) -> [String] {
    var lines = ["", "## Rules"]
    for rule in Rule.allCases {
      let entry = rule.entry
      lines += [
        "", "### \(entry.title)", "",
        "`\(rule.name)`, \(section(entry.section)), protects \(entry.protects.rawValue). \(entry.sentence)",
        "",
      ]
      lines += Self.examples(of: rule, examples)
      if let reason = rule.cannotBeOff { lines.append("- Cannot be switched off: \(reason).") }
      for script in scripts where isAbout(rule, script) {
        lines.append("- What happens without it: `\(script)`.")
      }
    }
    return lines
  }

  private static func examples(of rule: Rule, _ examples: Examples) -> [String] {
    var lines: [String] = []
    if let accepted = examples[rule, .accepted] {
      lines.append("- Accepted: \(accepted)")
    } else if let kinds = kinds(passing: rule) {
      lines.append("- Accepted without a word: \(kinds) that it does not refuse.")
    }
    if let kept = examples[rule, .kept] { lines.append("- Kept: \(kept)") }
    if let refused = examples[rule, .refused] { lines.append("- Refused: \(refused)") }
    return lines
  }

  private static var invariants: [String] {
    var lines = ["", "## Invariants", ""]
    for invariant in Invariant.allCases {
      lines.append(
        "- `\(invariant.name)`, \(section(invariant.section)): \(invariant.sentence)")
    }
    return lines
  }

  private static func reasons(_ examples: Examples) -> [String] {
    var lines = ["", "## Reasons for waiting", ""]
    for topic in Reason.Topic.allCases {
      lines.append("- \(topic.sentence)" + (examples[topic].map { " “\($0)”" } ?? ""))
    }
    return lines
  }

  private static var misconducts: [String] {
    var lines = ["", "## Misbehaviours"]
    for role in MisconductKind.Role.allCases {
      lines += ["", "### \(capitalised(role.rawValue))", ""]
      for kind in MisconductKind.all(role) {
        let rows = kind.rows.isEmpty ? "" : " (" + kind.rows.joined(separator: ", ") + ")"
        lines.append("- `\(kind.word)`, \(kind.title)\(rows): it \(kind.sentence).")
      }
    }
    return lines
  }

  /// `prepared.pbft` and `prepared-2.pbft` are about `prepared`, and `prepared-proofs.pbft` is not.
  private static func isAbout(_ rule: Rule, _ script: String) -> Bool {
    guard let file = script.split(separator: "/").last else { return false }
    let name = String(file.prefix { $0 != "." })
    guard name.hasPrefix(rule.name) else { return false }
    let rest = name.dropFirst(rule.name.count)
    return rest.allSatisfy { $0 == "-" || $0.isNumber }
  }

  /// `PRE-PREPAREs and PREPAREs`: the messages that go through this rule.
  private static func kinds(passing rule: Rule) -> String? {
    let kinds = Message.Kind.allCases.filter { Rule.path(for: $0).contains(rule) }
    if kinds.isEmpty { return nil }
    // A client's requests name no replica.
    let others = Message.Kind.allCases.filter { $0 != .request }
    if kinds == Message.Kind.allCases { return "All messages" }
    if kinds == others { return "All messages but REQUESTs" }
    return Speaker.list(kinds.map { plural($0.rawValue) })
  }

  private static func plural(_ kind: String) -> String {
    switch kind {
    case "REPLY": "REPLYs"
    case "STATUS": "STATUS messages"
    case "FETCH": "FETCHes"
    case "DATA": "DATA messages"
    default: kind + "s"
    }
  }

  /// `section 4.2`; what is not of the paper goes by its name.
  private static func section(_ section: String) -> String {
    section.first?.isNumber == true ? "section \(section)" : section
  }

  private static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}

extension Rule {
  /// Reads the name of a rule; a mistake tells the nearest right one.
  public init(parsing text: String) throws(LanguageError) {
    var parser = try Parser(text, in: Vocabulary())
    self = try parser.rule()
    try parser.end()
  }
}
