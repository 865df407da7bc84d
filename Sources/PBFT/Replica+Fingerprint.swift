extension Replica: Fingerprintable {
  /// All that it holds but its key, which is that of its name.
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(id, settings, Int(tells.rawValue))
    fingerprint.combine(view, isActive, enteredView, progressView)
    fingerprint.combine(log, lastExecuted, lastAssigned, state, waiting)
    fingerprint.combine(stable, undiscarded, ownCheckpoints, checkpoints)
    fingerprint.combine(viewChanges, newView, future, transfer)
    fingerprint.combine(viewChangeTimer, resendToken, idleToken, lastToken)
    fingerprint.combine(resendMark, isBehind, periodsInVain)
  }
}

extension Replica.Waiting: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(request, isAssigned)
  }
}

extension Replica.OwnCheckpoint: Fingerprintable {
  /// With the state, which the digest does not stand for where memory or a liar has changed it.
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(message, snapshot)
  }
}

extension Replica.Transfer: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(sequence, digest, sources, attempt)
  }
}

extension Replica.RunningTimer: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    switch purpose {
    case .request(let request): fingerprint.combine(token, request)
    case .newView: fingerprint.combine(token, -1)
    }
  }
}

extension Replica.ResendMark: Fingerprintable {
  func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(view, isActive, lastExecuted, low)
  }
}

extension Log: Fingerprintable {
  /// The slots in use, by number: where they lie follows from that.
  public func combine(into fingerprint: inout Fingerprint) {
    let places = places
    fingerprint.combine(low, reach, places.count)
    for place in places { slots[place].combine(into: &fingerprint) }
  }
}

extension Slot: Fingerprintable {
  /// What was received; how many votes match follows from it.
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(sequence, prePrepare, batches, batchIndex, prepares, commits, certificate)
    fingerprint.combine(Int(announced.rawValue), isExecutedEarly)
  }
}
