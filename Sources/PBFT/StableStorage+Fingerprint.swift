extension StableStorage: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(view, isActive, viewChange, newView, progressView)
    fingerprint.combine(stable, checkpoints, entries)
  }
}

extension StableStorage.Entry: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(sequence, accepted, prepared, committed, batches)
  }
}

extension StableStorage.Committed: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(prePrepare, commits, batch)
  }
}
