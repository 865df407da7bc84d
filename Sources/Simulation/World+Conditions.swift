internal import PBFT

/// Conditions: sentences about a world, and whether they are true.
extension World {
  /// Whether a condition is true at this moment.
  ///
  /// One that names what there is not is false.
  public func holds(_ condition: Condition) -> Bool {
    switch condition {
    case .phase(let phase, let n, let name, let scope):
      return isTrue(scope) { hasReached(phase, n, name, $0) }
    case .executed(let n, let name, let scope):
      return isTrue(scope) { hasExecuted(n, name, $0) }
    case .view(let view, let scope):
      return isTrue(scope) { replicas[$0.index].view >= view && replicas[$0.index].isActive }
    case .changing(let view, let scope):
      return isTrue(scope) { replicas[$0.index].view >= view && !replicas[$0.index].isActive }
    case .stable(let n, let scope): return isTrue(scope) { replicas[$0.index].low >= n }
    case .value(let key, let value, let scope):
      return isTrue(scope) { replicas[$0.index].state.store[key] == value }
    case .accepted(let name, let result): return hasAccepted(name, result)
    case .crashed(let replica): return replica.index < replicas.count && isCrashed(replica)
    case .faulty(let replica): return replica.index < replicas.count && isFaulty(replica)
    case .refused(let rule, let scope):
      return isTrue(scope) { refusedRules[$0.index].contains(rule) }
    case .violated(let invariant):
      return judge.violations.contains { invariant == nil || $0.invariant == invariant }
    case .idle: return agenda.count == 0
    case .time(let instant): return now >= instant
    case .not(let inner): return !holds(inner)
    case .and(let one, let other): return holds(one) && holds(other)
    case .or(let one, let other): return holds(one) || holds(other)
    }
  }

  /// Checks that a condition names only what there is.
  public func resolve(_ condition: Condition) throws(Refusal) {
    switch condition {
    case .phase(_, _, _, let scope), .executed(_, _, let scope), .view(_, let scope),
      .changing(_, let scope), .stable(_, let scope), .value(_, _, let scope),
      .refused(_, let scope):
      if case .replica(let replica) = scope { try check(.replica(replica)) }
    case .accepted(let name, _): try check(.client(name.client))
    case .crashed(let replica), .faulty(let replica): try check(.replica(replica))
    case .violated, .idle, .time: break
    case .not(let inner): try resolve(inner)
    case .and(let one, let other), .or(let one, let other):
      try resolve(one)
      try resolve(other)
    }
  }

  private func isTrue(_ scope: Scope, _ predicate: (ReplicaID) -> Bool) -> Bool {
    switch scope {
    case .replica(let replica): replica.index < replicas.count && predicate(replica)
    case .allCorrect: correct.allSatisfy(predicate)
    case .anyCorrect: correct.contains(where: predicate)
    }
  }

  /// Whether a replica has ever been in a phase for n, in whatever view.
  private func hasReached(
    _ phase: Phase, _ n: SequenceNumber, _ name: DigestName?, _ replica: ReplicaID
  ) -> Bool {
    guard let record = judge.chronicle.record(of: n.number) else { return false }
    let bit = UInt16(1) << UInt16(replica.index)
    let wanted = name.map { digest(of: $0) }
    return record.agreements.contains { agreement in
      agreement.mask(phase) & bit != 0 && (wanted == nil || wanted == agreement.digest)
    }
  }

  /// Last executed >= n; with a digest: what was executed at n itself.
  private func hasExecuted(
    _ n: SequenceNumber, _ name: DigestName?, _ replica: ReplicaID
  ) -> Bool {
    guard let name else { return replicas[replica.index].lastExecuted >= n }
    guard let record = judge.chronicle.record(of: n.number), let wanted = digest(of: name) else {
      return false
    }
    let bit = UInt16(1) << UInt16(replica.index)
    return record.executions.contains { $0.digest == wanted && $0.replicas & bit != 0 }
  }

  private func digest(of name: DigestName) -> Digest? {
    try? resolve(name).digest
  }

  private func hasAccepted(_ name: RequestName, _ result: String?) -> Bool {
    guard name.client.index < clients.count else { return false }
    let results = acceptedResults[name.client.index]
    let index = name.timestamp.number - 1
    guard index >= 0, index < results.count else { return false }
    return result == nil || results[index] == result
  }
}
