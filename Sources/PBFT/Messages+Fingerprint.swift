/// Requests and batches: their digests stand for what they say, and the verdicts on them go beside those.
extension Request: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(digest, signature)
  }
}

extension Batch: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    // How many requests there are is in the digest.
    fingerprint.combine(digest)
    for index in requests.indices { fingerprint.combine(requests[index].signature) }
  }
}

extension PrePrepare: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(view, sequence, digest, replica, signature)
  }
}

extension Prepare: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(view, sequence, digest, replica, signature)
  }
}

extension Commit: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(view, sequence, digest, replica, signature)
  }
}

extension Checkpoint: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(sequence, digest, replica, signature)
  }
}

extension Reply: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(view, timestamp, client, replica, result, signature)
  }
}

extension PreparedProof: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(prePrepare, prepares)
  }
}

extension StableProof: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(sequence, digest, checkpoints)
  }
}

extension ViewChange: Fingerprintable {
  /// Its digest is over all that it says, with the verdicts on what it quotes.
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(digest, signature)
  }
}

extension NewView: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(view, viewChanges, prePrepares, replica, signature)
  }
}

extension Lack: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(sequence, hasPrePrepare, Int(prepares), Int(commits))
  }
}

extension Status: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(
      view, isActive, lowWatermark, lastExecuted, lacks, periods, replica, signature)
  }
}

extension FetchItem: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    switch self {
    case .batch(let n, let digest): fingerprint.combine(0, n, digest)
    case .state(let n, let digest): fingerprint.combine(1, n, digest)
    }
  }
}

extension Fetch: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(item, replica, signature)
  }
}

extension DataMessage: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(item, replica, signature)
    switch content {
    case .batch(let batch): fingerprint.combine(0, batch)
    case .state(let snapshot): fingerprint.combine(1, snapshot)
    }
  }
}

extension Message: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    switch self {
    case .request(let message): fingerprint.combine(0, message)
    case .prePrepare(let message, let batch): fingerprint.combine(1, message, batch)
    case .prepare(let message): fingerprint.combine(2, message)
    case .commit(let message): fingerprint.combine(3, message)
    case .reply(let message): fingerprint.combine(4, message)
    case .checkpoint(let message): fingerprint.combine(5, message)
    case .viewChange(let message): fingerprint.combine(6, message)
    case .newView(let message): fingerprint.combine(7, message)
    case .status(let message): fingerprint.combine(8, message)
    case .fetch(let message): fingerprint.combine(9, message)
    case .data(let message): fingerprint.combine(10, message)
    }
  }
}
