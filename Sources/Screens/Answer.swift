internal import Language
internal import PBFT
internal import Simulation

/// Why something is so, in lines, and what would change it.
struct Answer: Hashable {
  var lines: [String]
  var remedies: [Command] = []
}

/// Why things are as they are.
extension Scene {
  /// Why a number has come so far at the focused replica, or has not.
  func answer(_ cell: WhyCell) -> Answer {
    let replica = world.replicas[model.replica.index]
    if cell.milestone.isReached(cell.sequence, at: replica) { return reached(cell) }
    guard let reason = world.whyNot(cell.milestone, cell.sequence, at: model.replica) else {
      return Answer(lines: ["nothing is known about it"])
    }
    return Answer(lines: speaker.lines(reason), remedies: Self.worthDoing(reason.remedies))
  }

  /// What brought a number so far: the happening, with the rule that decided.
  private func reached(_ cell: WhyCell) -> Answer {
    for happening in model.history.recent.reversed().joined().reversed()
    where brings(happening.kind, model.replica, cell) {
      let lines = ["\(time(happening.time)) s  \(speaker.sentence(happening))"]
      return Answer(lines: lines + rules(of: happening))
    }
    // Longer ago than the happenings that are kept.
    return Answer(
      lines: speaker.answer(.cell(model.replica, cell.milestone, cell.sequence), in: world))
  }

  private func brings(_ kind: Happening.Kind, _ id: ReplicaID, _ cell: WhyCell) -> Bool {
    switch (kind, cell.milestone) {
    case (.phase(id, .prePrepared, _, cell.sequence, _, _), .prePrepared),
      (.phase(id, .prepared, _, cell.sequence, _, _), .prepared),
      (.phase(id, .committed, _, cell.sequence, _, _), .committed),
      (.executedBatch(id, cell.sequence, _), .executed):
      true
    case (.transfer(id, let n, _), _): n >= cell.sequence
    default: false
    }
  }

  /// All that can be done; of waiting, once.
  private static func worthDoing(_ remedies: [Command]) -> [Command] {
    func isWaiting(_ command: Command) -> Bool {
      if case .run = command { true } else { false }
    }
    let first = remedies.first(where: isWaiting)
    return remedies.filter { !isWaiting($0) || $0 == first }
  }

  /// Why the last event did what it did: its rules with what they say and protect, each once.
  var lastReasons: [String] {
    var lines: [String] = []
    let last = model.history.recent.last ?? []
    for happening in last {
      for line in rules(of: happening, among: last) where !lines.contains(line) {
        lines.append(line)
      }
    }
    return lines
  }

  /// The rule by which something happened, with what it protects and the values; not the event itself.
  private func rules(of happening: Happening, among step: [Happening] = []) -> [String] {
    speaker.why(happening, among: step).dropFirst().filter { !$0.hasPrefix("because ") }
      .map { line in
        let rule = Rule.allCases.first { line.hasPrefix("rule \($0.name) (") }
        return rule.map { "\(line) It protects \($0.entry.protects.rawValue)." } ?? line
      }
  }
}
