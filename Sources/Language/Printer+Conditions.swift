internal import PBFT
public import Simulation

extension Condition {
  /// How much an operator binds.
  private enum Binding: Int { case or, and, not }

  /// The words of the language that say this; parsed again, they give the same condition.
  public var text: String { text(within: .or) }

  /// In parentheses where the condition binds less than what stands around it.
  private func text(within outer: Binding) -> String {
    switch self {
    case .or(let one, let other):
      let text = "\(one.text(within: .or)) or \(other.text(within: .and))"
      return outer == .or ? text : "(\(text))"
    case .and(let one, let other):
      let text = "\(one.text(within: .and)) and \(other.text(within: .not))"
      return outer == .not ? "(\(text))" : text
    case .not(let condition): return "not \(condition.text(within: .not))"
    default: return sentence
    }
  }

  /// A condition without operators.
  private var sentence: String {
    switch self {
    case .phase(let phase, let n, let digest, let scope):
      scope.around("\(phase.word) \(n.number)\(Self.suffix(digest?.text))")
    case .executed(let n, let digest, let scope):
      scope.around("executed \(n.number)\(Self.suffix(digest?.text))")
    case .view(let view, let scope): scope.around("view \(view.number)")
    case .changing(let view, let scope): scope.around("changing \(view.number)")
    case .stable(let n, let scope): scope.around("stable \(n.number)")
    case .value(let key, let value, let scope):
      scope.around("holds \(written(key)) \(written(value))")
    case .accepted(let name, let result):
      "\(name) accepted\(Self.suffix(result.map(written)))"
    case .crashed(let replica): "\(replica) crashed"
    case .faulty(let replica): "\(replica) faulty"
    case .refused(let rule, let scope): scope.around("refused \(rule.name)")
    case .violated(let invariant): "violated\(Self.suffix(invariant?.name))"
    case .idle: "idle"
    case .time(let instant): "time \(instant.text)"
    case .not, .and, .or: text
    }
  }

  private static func suffix(_ text: String?) -> String { text.map { " " + $0 } ?? "" }
}

extension Scope {
  /// The sentence with whom it speaks of.
  fileprivate func around(_ sentence: String) -> String {
    switch self {
    case .replica(let replica): "\(replica) \(sentence)"
    case .allCorrect: "\(sentence) at all correct"
    case .anyCorrect: "\(sentence) at any correct"
    }
  }
}
