public import PBFT

extension Instant: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) { fingerprint.combine(microseconds) }
}

extension Envelope: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(id, message, from, to, sent, due, heldByLink, toTwin)
  }
}

extension Alarm: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(owner, name, due, token, isTwin)
  }
}

extension Upcoming: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    switch self {
    case .delivery(let envelope): fingerprint.combine(0, envelope)
    case .alarm(let alarm): fingerprint.combine(1, alarm)
    case .load(let instant): fingerprint.combine(2, instant)
    }
  }
}

extension LinkState: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(delay, isCut, isHeld, lossPercent)
  }
}

extension Links: Fingerprintable {
  func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(replicaCount, clientCount, areFaulty)
    // As long as none is faulty they are all alike.
    if areFaulty { fingerprint.combine(states) }
  }
}

extension Chance: Fingerprintable {
  func combine(into fingerprint: inout Fingerprint) { fingerprint.combine(latency, loss, timers) }
}

extension Twin: Fingerprintable {
  func combine(into fingerprint: inout Fingerprint) { fingerprint.combine(replica, first, second) }
}
