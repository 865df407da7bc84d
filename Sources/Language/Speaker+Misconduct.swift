internal import PBFT
internal import Simulation

extension Speaker {
  /// A misbehaviour that begins: `from now on R0 keeps every message of this kind back (withhold COMMIT),
  /// for R1 and R2`.
  func sentence(_ replica: ReplicaID, _ misconduct: Misconduct) -> String {
    let parameter = misconduct.parameter.map { " \($0.text)" } ?? ""
    var sentence = "from now on \(replica) \(misconduct.kind.sentence) "
    sentence += "(\(misconduct.kind.word)\(parameter))"
    let target = misconduct.target
    if let recipients = target.recipients {
      sentence += ", for \(Self.list(recipients.map(\.description)))"
    }
    if let numbers = target.numbers {
      sentence += ", " + Self.span(numbers.lowerBound, numbers.upperBound)
    }
    if let views = target.views {
      sentence += ", in " + Self.span(views.lowerBound, views.upperBound)
    }
    return sentence
  }

  private static func span<Bound: Equatable>(_ low: Bound, _ high: Bound) -> String {
    low == high ? "\(low)" : "\(low) to \(high)"
  }
}
