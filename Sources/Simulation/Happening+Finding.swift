public import PBFT

extension Happening.Kind {
  /// The rule that it was decided by, with its values, and the kind of the message that it was made of.
  ///
  /// Nil where it decides nothing by itself.
  public var decision: (finding: Finding, kind: Message.Kind?)? {
    switch self {
    case .receive(_, let message, _, _, let finding), .judgedLater(_, let message, let finding):
      (finding, message.kind)
    case .rule(_, let finding), .phase(_, _, _, _, _, let finding): (finding, nil)
    case .write(_, let record): record.finding.map { ($0, nil) }
    case .execute(_, let n, _, let request, _, let skipped):
      // What was executed before is not executed again (§4.1).
      (
        Finding(
          .exactlyOnce, skipped ? .refused : .accepted,
          Values(
            .client, request.client.index, .timestamp, request.timestamp.number, .n, n.number)),
        nil
      )
    case .executedBatch(_, let n, _): (.accepted(.executeInOrder, Values(.n, n.number)), nil)
    case .accept(let client, let timestamp, _, _):
      // A client that has its result sends its request to nobody any more (§4.1).
      (
        .refused(.rebroadcast, Values(.client, client.index, .timestamp, timestamp.number)), nil
      )
    case .timerStopped(let owner, _):
      // Its token is of the past: it does nothing any more (§4.4).
      (.refused(.timerCurrent, Self.values(of: owner)), nil)
    case .ofTwin(let kind): kind.decision
    default: nil
    }
  }

  private static func values(of owner: Principal) -> Values {
    switch owner {
    case .replica(let replica): Values(.replica, replica.index)
    case .client(let client): Values(.client, client.index)
    }
  }
}

extension Coverage {
  /// Counts the rules by which something happened.
  mutating func count(_ kind: Happening.Kind, without off: RuleSet) {
    guard let (finding, message) = kind.decision else { return }
    count(finding, of: message, without: off)
  }
}
