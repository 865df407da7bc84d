internal import PBFT
internal import Simulation

extension Speaker {
  /// A misbehaviour that begins: `from now on R0 keeps every COMMIT back (withhold), for R1 and R2`.
  func sentence(_ replica: ReplicaID, _ misconduct: Misconduct) -> String {
    var sentence = "from now on \(replica) \(deed(misconduct)) (\(misconduct.kind.word))"
    let target = misconduct.target
    if let recipients = target.recipients {
      sentence += ", for \(Self.list(recipients.map(\.description)))"
    }
    if let numbers = target.numbers {
      sentence += ", at " + Self.span(numbers.lowerBound, numbers.upperBound)
    }
    if let views = target.views {
      sentence += ", in " + Self.span(views.lowerBound, views.upperBound)
    }
    return sentence
  }

  /// What it does, with the values in it.
  private func deed(_ misconduct: Misconduct) -> String {
    switch (misconduct.kind, misconduct.parameter) {
    case (.withhold, .message(let kind)): "keeps every \(kind.rawValue) back"
    case (.censor, .client(let client)):
      "orders the null request in place of whatever \(client) asks for"
    case (.slow, .time(let pause)):
      "keeps each PRE-PREPARE back for \(pause.text), and never lets two leave within it"
    case (.repeatVotes, .count(let count)):
      "sends each of its PREPAREs and COMMITs \(count) times over"
    case (.askForView, .view(let view)):
      "sends a VIEW-CHANGE for \(view), and sends it again after each resend period"
    case (.forgeSender, .replica(let name)):
      "sends a copy of each of its messages in the name of \(name), signed with its own key"
    case (.wrongVotes, let part):
      "changes the \(part?.text ?? "digest") of each of its PREPAREs and COMMITs"
    case (.bogusState, .word("checkpoint")):
      "vouches in its CHECKPOINTs for a state that never was, and hands it out"
    case (.bogusState, _): "answers who fetches a state with one that never was"
    case (.thinNewView, .word("twice")): "sends its NEW-VIEW with a V that names one sender twice"
    case (.thinNewView, .word("other")):
      "sends its NEW-VIEW with a V that holds a VIEW-CHANGE for another view"
    case (.thinNewView, _):
      "sends its NEW-VIEW with a V of 2f = \(cluster.prepares) VIEW-CHANGEs"
    default: misconduct.kind.sentence
    }
  }

  private static func span<Bound: Equatable>(_ low: Bound, _ high: Bound) -> String {
    low == high ? "\(low)" : "\(low) to \(high)"
  }
}
