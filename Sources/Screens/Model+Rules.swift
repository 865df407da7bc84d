internal import PBFT
internal import Simulation

/// What the page of rules does.
extension Model {
  var selectedRule: Rule { Rule.allCases[min(max(rule, 0), Rule.allCases.count - 1)] }

  /// To the page; there first of all to the first rule that is off.
  mutating func showRules() {
    page = .rules
    if rule == 0, let off = world.settings.rulesOff.rules.first {
      rule = Rule.allCases.firstIndex(of: off) ?? 0
    }
  }

  mutating func moveRule(by distance: Int) {
    page = .rules
    rule = moved(rule, by: distance, of: Rule.allCases.count, "rule")
  }

  /// Switches the selected rule at this moment; in the past that opens a branch.
  mutating func switchRule() {
    page = .rules
    act(switchCommand)
  }

  /// The command that switches the selected rule.
  var switchCommand: Command {
    .rule(selectedRule, isOn: world.settings.rulesOff.contains(selectedRule))
  }

  /// How often it has accepted and refused in this run up to now.
  func counts(of rule: Rule) -> [Int] {
    let counts = world.coverage[rule]
    return [counts.accepted, counts.refused]
  }

  /// The script that shows what the rule is for; nil when there is none.
  func script(for rule: Rule) -> String? {
    guard let ruleScripts else { return "demos/rules/\(rule.name).pbft" }
    let found = ruleScripts.filter { $0 == rule.name || $0.hasPrefix(rule.name + "-") }
    // A longer name may be another rule's.
    let own = found.filter { script in
      !Rule.allCases.contains {
        $0 != rule && $0.name.count > rule.name.count && script.hasPrefix($0.name)
      }
    }
    return own.isEmpty
      ? nil : own.map { "demos/rules/\($0).pbft" }.joined(separator: ", ")
  }
}
