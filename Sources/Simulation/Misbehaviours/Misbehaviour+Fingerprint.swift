public import PBFT

extension Misbehaviour: Equatable, Fingerprintable {
  /// The same was ordered, and the adversaries remember the same.
  public static func == (one: Misbehaviour, other: Misbehaviour) -> Bool {
    one.order == other.order && one.adversary.isEqual(to: other.adversary)
  }

  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(order)
    adversary.combineMemory(into: &fingerprint)
  }
}

extension Misbehaviour.Order: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    switch self {
    case .silence: fingerprint.combine(0)
    case .equivocation(let plan): fingerprint.combine(1, plan.shares, plan.votes)
    case .misconduct(let misconduct): fingerprint.combine(2, misconduct)
    }
  }
}

extension Equivocation.Share: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(request, replicas)
  }
}

extension RequestName: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(client, timestamp)
  }
}

extension Misconduct: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(kind.word, parameter, target)
  }
}

extension Misconduct.Parameter: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    switch self {
    case .message(let kind): fingerprint.combine(0, kind.rawValue)
    case .client(let client): fingerprint.combine(1, client)
    case .time(let duration): fingerprint.combine(2, duration)
    case .count(let count): fingerprint.combine(3, count)
    case .view(let view): fingerprint.combine(4, view)
    case .replica(let replica): fingerprint.combine(5, replica)
    case .word(let word): fingerprint.combine(6, word)
    }
  }
}

extension Target: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(recipients)
    fingerprint.combine(numbers?.lowerBound, numbers?.upperBound)
    fingerprint.combine(views?.lowerBound, views?.upperBound)
  }
}

extension ClientMisconduct: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(word)
    switch self {
    case .onlyTo(let replica): fingerprint.combine(replica)
    case .slow(let duration): fingerprint.combine(duration)
    case .mute, .oldTimestamps, .twoOperations, .hugeTimestamp, .impatient, .unsigned: break
    }
  }
}
