internal import PBFT
internal import Simulation

extension Completer {
  /// What may follow in a condition; `within` ends one behind `run until`.
  func condition(_ words: [String], isRun: Bool) -> [Completion] {
    if let last = words.last?.lowercased(), last == "within" { return durations }
    if words.contains(where: { $0.lowercased() == "within" }) { return [] }
    let end = words.lastIndex { ["and", "or", "not", "("].contains($0.lowercased()) }
    let clause = words[(end.map { $0 + 1 } ?? 0)...].map { $0.lowercased() }
    guard let first = clause.first else { return beginnings }
    let more = operators(isRun)
    if first.contains("/") {
      return clause.count == 1 ? [Completion("accepted", "its client has accepted a result")] : more
    }
    let names = context.vocabulary.replicas.map { $0.description.lowercased() }
    guard names.contains(first) else { return predicate(clause, ofReplica: false, more) }
    if clause.count == 1 { return states + predicates }
    return predicate(Array(clause.dropFirst()), ofReplica: true, more)
  }

  private func operators(_ isRun: Bool) -> [Completion] {
    [Completion("and", "both"), Completion("or", "one of both")]
      + (isRun ? [Completion("within", "at most this long: within 60s")] : [])
  }

  private var beginnings: [Completion] {
    predicates
      + [
        Completion("violated", "an invariant has been violated"),
        Completion("idle", "no message is on its way and no timer runs"),
        Completion("time", "virtual time has reached this: time 3s"),
        Completion("not", "the opposite"),
      ] + replicas + context.requests.map { Completion("\($0)", "a request") }
  }

  private var states: [Completion] {
    [Completion("crashed", "it is down"), Completion("faulty", "it counts against f")]
  }

  private var predicates: [Completion] {
    [
      Completion("pre-prepared", "at this number, ever: pre-prepared 1"),
      Completion("prepared", "at this number, ever: prepared 1"),
      Completion("committed", "at this number, ever: committed 1"),
      Completion("executed", "the last executed number is this or higher: executed 3"),
      Completion("view", "active in this view or a higher one: view 1"),
      Completion("changing", "in the change to this view or a higher one: changing 1"),
      Completion("stable", "h is this or higher: stable 5"),
      Completion("holds", "the key has this value: holds x ab"),
      Completion("refused", "has refused something by this rule"),
    ]
  }

  /// What may follow the words of a plain sentence, the replica left out.
  private func predicate(
    _ clause: [String], ofReplica: Bool, _ more: [Completion]
  ) -> [Completion] {
    let scope = ofReplica ? [] : [Completion("at", "at all correct, at any correct")]
    if clause.last == "at" {
      return [Completion("all", "all correct replicas"), Completion("any", "one correct replica")]
    }
    if let last = clause.last, last == "all" || last == "any" {
      return [Completion("correct", "the replicas that are not faulty")]
    }
    guard let word = clause.first else { return [] }
    let count = clause.count
    switch word {
    case "refused" where count == 1:
      return Rule.allCases.map { Completion($0.name, $0.entry.title) }
    case "violated" where count == 1:
      return Invariant.allCases.map { Completion($0.name, "this invariant") } + more
    case "violated", "idle", "crashed", "faulty": return more
    case "time": return count == 1 ? durations : more
    case "holds": return count < 3 ? [] : scope + more
    case "executed", "prepared", "pre-prepared", "committed":
      if count == 1 { return [Completion("1", "a sequence number")] }
      return (count == 2 ? digests : []) + scope + more
    case "view", "changing", "stable":
      return count == 1 ? [Completion("1", "a number")] : scope + more
    case "refused": return scope + more
    default: return []
    }
  }
}
