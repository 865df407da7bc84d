extension ReplicaID: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) { fingerprint.combine(index) }
}

extension ClientID: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) { fingerprint.combine(index) }
}

extension Principal: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) { fingerprint.combine(word) }

  /// The same number as in what is signed: clients after all replicas that there can be.
  fileprivate var word: Int {
    switch self {
    case .replica(let replica): replica.index
    case .client(let client): 0x100 + client.index
    }
  }
}

extension View: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) { fingerprint.combine(number) }
}

extension SequenceNumber: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) { fingerprint.combine(number) }
}

extension Timestamp: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) { fingerprint.combine(number) }
}

extension Duration: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) { fingerprint.combine(microseconds) }
}

extension TimerName: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) { fingerprint.combine(Int(rawValue)) }
}

extension Digest: Fingerprintable {
  /// Its first eight bytes: no more of it would fit into a fingerprint anyway.
  public func combine(into fingerprint: inout Fingerprint) { fingerprint.combine(first) }
}

extension Signature: Fingerprintable {
  /// The verdict, which is all that is kept of it: whose key made it, if anybody's.
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(signedBy?.word ?? -1)
  }
}

extension SplitMix64: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) { fingerprint.combine(state) }
}
