extension Client: Fingerprintable {
  /// All that it holds but its key, which is that of its name.
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(id, settings, outstanding, replies, queue, lastTimestamp)
    fingerprint.combine(accepted, view, retries, token)
  }
}
