import PBFT
import Simulation

extension Lab {
  /// A replica misbehaves from now on, towards some or all.
  mutating func misbehave(
    _ replica: ReplicaID, _ kind: MisconductKind, _ parameter: Misconduct.Parameter? = nil,
    to recipients: [ReplicaID]? = nil
  ) throws {
    try perform(
      .misbehave(
        replica,
        Misconduct(
          kind, parameter, target: Target(to: recipients?.map { Principal.replica($0) }))))
  }

  /// The verdicts of a replica on the messages of one kind from another, in order, each once in a row.
  func verdicts(
    _ replica: ReplicaID, on kind: Message.Kind, from sender: ReplicaID, view: Int? = nil
  ) -> [String] {
    var found: [String] = []
    for happening in happenings {
      guard
        case .receive(_, let message, .replica(sender), .replica(replica), let finding) =
          happening.kind, message.kind == kind,
        view == nil || message.view == view.map({ View($0) })
      else { continue }
      let text = "\(finding.verdict.word) \(finding.rule.name)"
      if found.last != text { found.append(text) }
    }
    return found
  }

  /// Whom a replica asked for a state, in order.
  func asked(by replica: ReplicaID) -> [ReplicaID] {
    happenings.compactMap {
      if case .send(_, .fetch(let fetch), .replica(replica), .replica(let to), _) = $0.kind,
        case .state = fetch.item
      {
        to
      } else {
        nil
      }
    }
  }

  /// Every accepted result of every client.
  var allAnswers: [String] {
    happenings.compactMap {
      if case .accept(let client, let timestamp, let result, _) = $0.kind {
        "\(client)/\(timestamp.number) \(result)"
      } else {
        nil
      }
    }
  }

  /// When each request was accepted by its client, in milliseconds.
  var acceptTimes: [Int] {
    happenings.compactMap {
      if case .accept = $0.kind { $0.time.microseconds / 1_000 } else { nil }
    }
  }
}
