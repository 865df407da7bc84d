public import PBFT

extension World {
  /// What all that is there, and all that decides what can happen from now on, comes to.
  ///
  /// In two worlds with equal hashes replicas, clients and links go on equally, whatever way has led there. So
  /// the number of steps does not count, nor what is only remembered of the past: how often which rule has
  /// decided, which letter stands for which digest, what was asked for and accepted long ago, and what
  /// invariants are judged by, before they are violated.
  public var stateHash: StateHash {
    var fingerprint = Fingerprint()
    combine(into: &fingerprint)
    return StateHash(bits: fingerprint.bits)
  }

  private func combine(into fingerprint: inout Fingerprint) {
    // How messages are signed changes nothing that anybody says.
    fingerprint.combine(configuration.settings, configuration.seed, configuration.clientCount)
    fingerprint.combine(configuration.leastLatency, configuration.mostLatency)
    fingerprint.combine(Int(observation.rawValue), settings, now)
    fingerprint.combine(replicas, twins, crashed, disks)
    fingerprint.combine(clients, load?.interval, load?.next)
    fingerprint.combine(links, chance, agenda, lastMessageID, arrived)
    fingerprint.combine(Int(villains), misbehaviours, misconducts)
    fingerprint.combine(Int(judge.faulty), judge.faultyClients, judge.violations)
  }
}

extension Violation: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(invariant.name, sequence, view, witnesses)
    fingerprint.combine(request, accepted, window?.low, window?.high)
  }
}

extension Violation.Witness: Fingerprintable {
  public func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(replica, digest, result, sequence)
  }
}
