internal import PBFT
public import Simulation

extension Misconduct {
  /// As the language writes it: `withhold COMMIT to R1,R2 n 1..3 v 0`.
  public var text: String {
    kind.word + (parameter.map { " \($0.text)" } ?? "") + target.text
  }
}

extension Misconduct.Parameter {
  /// As the language writes it.
  public var text: String {
    switch self {
    case .message(let kind): kind.rawValue
    case .client(let client): client.description
    case .time(let time): time.text
    case .count(let count): "\(count)"
    case .view(let view): view.description
    case .replica(let replica): replica.description
    case .word(let word): word
    }
  }
}

extension Target {
  /// As the language writes it, with the blank before it: ` to R1,R2 n 1..3 v 0`; empty for everything.
  public var text: String {
    var text = ""
    if let recipients {
      text += " to " + recipients.map(\.description).joined(separator: ",")
    }
    if let numbers {
      text += " n " + Self.range(numbers.lowerBound.number, numbers.upperBound.number)
    }
    if let views { text += " v " + Self.range(views.lowerBound.number, views.upperBound.number) }
    return text
  }

  private static func range(_ low: Int, _ high: Int) -> String {
    low == high ? "\(low)" : "\(low)..\(high)"
  }
}
