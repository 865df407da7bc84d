internal import PBFT
public import Simulation

/// Why something happened: the rule, what it says and where, and the numbers it was decided on.
extension Speaker {
  /// Why this happened, line by line; `step` is everything that happened at the same step, of which the first
  /// is the cause of the rest.
  public func why(_ happening: Happening, among step: [Happening] = []) -> [String] {
    var lines = [sentence(happening)]
    if case .violation(let violation) = happening.kind {
      let invariant = violation.invariant
      lines.append(
        "invariant \(invariant.name) (\(invariant.section)): \(invariant.sentence)")
    }
    let finding = finding(of: happening.kind)
    if let rule = finding?.rule ?? rule(behind: happening.kind, among: step) {
      let told = finding ?? step.compactMap { self.finding(of: $0.kind) }.first { $0.rule == rule }
      lines.append("rule \(rule.name) (\(rule.entry.section)): \(rule.entry.sentence)")
      if let told, told.values != .none {
        let values = told.values.all.map { "\($0.name) \(value($0.name, $0.number))" }
        lines.append("with \(values.joined(separator: ", "))")
      }
    }
    if let cause = cause(of: happening, among: step) {
      lines.append("because \(sentence(cause))")
    }
    return lines
  }

  /// The first happening of a step causes the others; a person's command causes what follows it.
  private func cause(of happening: Happening, among step: [Happening]) -> Happening? {
    guard let first = step.first, first != happening, step.contains(happening) else { return nil }
    return first
  }

  private func value(_ quantity: Quantity, _ number: Int) -> String {
    switch quantity {
    case .held, .offered: name(ofDigestNumbered: number)
    case .duration: Times.text(microseconds: number)
    case .replica: Facts.replica(number) ?? "\(number)"
    case .client: Facts.client(number) ?? "\(number)"
    case .none, .n, .low, .high, .view, .ownView, .have, .need, .timestamp,
      .lastTimestamp, .minS, .maxS, .interval, .window, .executed:
      "\(number)"
    }
  }

  private func finding(of kind: Happening.Kind) -> Finding? {
    switch kind {
    case .receive(_, _, _, _, let finding), .judgedLater(_, _, let finding),
      .rule(_, let finding), .phase(_, _, _, _, _, let finding):
      finding
    default: nil
    }
  }

  /// The rule by which something follows that carries no finding of its own.
  private func rule(behind kind: Happening.Kind, among step: [Happening]) -> Rule? {
    switch kind {
    case .send(_, let message, _, _, _): sending(message.kind, among: step)
    case .execute(_, _, _, _, _, let skipped): skipped ? .exactlyOnce : .executeInOrder
    case .executedBatch: .executeInOrder
    case .accept: .replyQuorum
    case .stable: .stableCheckpoint
    case .transfer: .dataDigest
    case .view(_, _, let isActive, _):
      isActive
        ? held([.newViewQuorum, .newViewComputed], among: step) ?? .newViewComputed
        : held([.join, .timeout], among: step) ?? .timeout
    case .timerSet(_, let name, _):
      held([.newViewTimer, .timerOnRequest], among: step, for: name) ?? running(name)
    case .timerFired(_, let name):
      name == .viewChange ? .timeout : running(name)
    case .timerStopped(_, let name): name == .viewChange ? .timerStops : nil
    default: nil
    }
  }

  private func running(_ name: TimerName) -> Rule {
    switch name {
    case .viewChange: .timerOnRequest
    case .resend: .resend
    case .retry: .rebroadcast
    case .idle: .idleNull
    }
  }

  private func sending(_ kind: Message.Kind, among step: [Happening]) -> Rule? {
    switch kind {
    case .request: held([.rebroadcast, .relayRequest], among: step)
    case .prePrepare: .assignNumber
    case .prepare: .onePrePrepare
    case .commit: .prepared
    case .reply: held([.requestFresh], among: step) ?? .executeInOrder
    case .checkpoint: .checkpointInterval
    case .viewChange: held([.join, .resend, .timeout], among: step) ?? .timeout
    case .newView: .newViewQuorum
    case .status: .resend
    case .fetch: .stateTransfer
    case .data: .dataHeld
    }
  }

  /// The first of these rules that came to hold at the same step.
  private func held(
    _ rules: [Rule], among step: [Happening], for name: TimerName = .viewChange
  ) -> Rule? {
    guard name == .viewChange else { return nil }
    return rules.first { rule in
      step.contains { finding(of: $0.kind)?.rule == rule }
    }
  }
}
