extension Operation: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    switch self {
    case .put(let key, let value): fingerprint.combine(0, key, value)
    case .add(let key, let amount): fingerprint.combine(1, key, amount)
    case .append(let key, let value): fingerprint.combine(2, key, value)
    case .get(let key): fingerprint.combine(3, key)
    case .delete(let key): fingerprint.combine(4, key)
    }
  }
}

extension KeyValueStore.Entry: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) { fingerprint.combine(key, value) }
}

extension ReplyTable.Entry: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(timestamp, result)
  }
}

extension Snapshot: Fingerprintable {
  /// What it holds, not its digest, which would have to be computed first.
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(store.entries, replies.entries)
  }
}

extension Cluster: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(replicaCount, faultsTolerated)
  }
}

extension Primaries: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    switch self {
    case .inTurn: fingerprint.combine(false)
    case .permuted(let seed): fingerprint.combine(true, seed)
    }
  }
}

extension RuleSet: Fingerprintable {
  /// By name: a rule more in the catalogue changes the number of every rule after it, and no world.
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(!isEmpty)
    if isEmpty { return }
    for rule in Rule.allCases where contains(rule) {
      fingerprint.combine(Self.names[Int(rule.rawValue)])
    }
  }

  /// The fingerprint of each rule's name.
  private static let names = Rule.allCases.map { rule in
    var fingerprint = Fingerprint()
    fingerprint.combine(rule.name)
    return fingerprint.bits
  }
}

extension Settings: Fingerprintable {
  /// What was chosen; how many votes each step takes follows from it.
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(cluster, checkpointInterval, logSize, window, batchSize)
    fingerprint.combine(viewChangeTimeout, clientTimeout, rulesOff, primaries, idleInterval)
  }
}
