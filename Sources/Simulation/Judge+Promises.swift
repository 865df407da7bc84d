internal import PBFT

/// What a replica had told others when it crashed: the restarted one must stand by it.
struct Promises: Equatable, Sendable {
  /// The vote for one number in one view.
  struct Vote: Equatable, Sendable {
    enum Kind { case prePrepare, prepare, commit }
    let kind: Kind
    let view: View
    let sequence: SequenceNumber
    let digest: Digest
  }

  /// It has sent a VIEW-CHANGE for this view, or voted in it.
  private(set) var view = View(0)
  /// Its votes in that view, in its window.
  private(set) var votes: [Vote] = []
  /// What it has prepared, by its COMMITs and certificates, in its window.
  private(set) var prepared: [Vote] = []

  /// Adds what a replica that crashes has said in its last life; what it said in earlier lives stays as long
  /// as it can be contradicted.
  mutating func add(_ replica: Replica) {
    view = max(view, replica.view)
    votes.removeAll { $0.view < view || $0.sequence <= replica.low }
    prepared.removeAll { $0.sequence <= replica.low }
    // Without these rules it contradicts itself in one life already: that is no matter of restarts.
    let rulesOff = replica.settings.rulesOff
    for slot in replica.log.used {
      let own = Self.votes(of: replica.id, in: slot)
      if !rulesOff.contains(.onePrePrepare) { votes += own }
      if rulesOff.contains(.proofsInViewChange) { continue }
      prepared += own.filter { $0.kind == .commit }
      if let proof = slot.certificate {
        prepared.append(Vote(kind: .commit, proof.view, proof.sequence, proof.digest))
      }
    }
  }

  private static func votes(of replica: ReplicaID, in slot: Slot) -> [Vote] {
    var votes: [Vote] = []
    if let own = slot.prePrepare, own.replica == replica {
      votes.append(Vote(kind: .prePrepare, own.view, own.sequence, own.digest))
    }
    for own in slot.prepares where own.replica == replica {
      votes.append(Vote(kind: .prepare, own.view, own.sequence, own.digest))
    }
    for own in slot.commits where own.replica == replica {
      votes.append(Vote(kind: .commit, own.view, own.sequence, own.digest))
    }
    return votes
  }

  /// What it said before that this contradicts: the view, the number, and the digests said then and now.
  func contradicted(
    by message: Message, of replica: ReplicaID
  ) -> (view: View, sequence: SequenceNumber, then: Digest?, now: Digest?)? {
    guard message.author == .replica(replica) else { return nil }
    switch message {
    case .prePrepare(let own, _):
      return contradicted(by: Vote(kind: .prePrepare, own.view, own.sequence, own.digest))
    case .prepare(let own):
      return contradicted(by: Vote(kind: .prepare, own.view, own.sequence, own.digest))
    case .commit(let own):
      return contradicted(by: Vote(kind: .commit, own.view, own.sequence, own.digest))
    case .viewChange(let own):
      // Views never go back.
      if own.view < view { return (view, own.stable.sequence, nil, nil) }
      // P holds everything that it sent a COMMIT for, above its stable checkpoint (§4.4).
      for vote in prepared where vote.sequence > own.stable.sequence && vote.view < own.view {
        let proof = own.prepared.first { $0.sequence == vote.sequence }
        if proof == nil || proof.map({ $0.view < vote.view }) == true {
          return (vote.view, vote.sequence, vote.digest, proof?.digest)
        }
      }
      return nil
    default: return nil
    }
  }

  private func contradicted(
    by vote: Vote
  ) -> (view: View, sequence: SequenceNumber, then: Digest?, now: Digest?)? {
    // It has left this view: it votes in it no more.
    if vote.view < view { return (vote.view, vote.sequence, nil, vote.digest) }
    let other = votes.first {
      $0.kind == vote.kind && $0.view == vote.view && $0.sequence == vote.sequence
        && $0.digest != vote.digest
    }
    return other.map { (vote.view, vote.sequence, $0.digest, vote.digest) }
  }
}

extension Promises.Vote {
  init(kind: Kind, _ view: View, _ sequence: SequenceNumber, _ digest: Digest) {
    self.init(kind: kind, view: view, sequence: sequence, digest: digest)
  }
}

extension Judge {
  /// Remembers what a replica has said, before it starts again.
  mutating func remember(_ replica: Replica) {
    if promises.isEmpty {
      promises = Array(repeating: nil, count: cluster.replicaCount)
    }
    promises[replica.id.index, default: Promises()].add(replica)
  }

  /// Whether it has ever started again; costs nothing while nobody has.
  @inline(__always)
  func hasRestarted(_ owner: Principal) -> Bool {
    guard !promises.isEmpty, case .replica(let replica) = owner else { return false }
    return promises[replica.index] != nil
  }

  /// A replica that has started again sends a message.
  mutating func said(_ message: Message, by owner: Principal) -> [Violation] {
    guard case .replica(let replica) = owner, !isFaulty(replica),
      let found = promises[replica.index]?.contradicted(by: message, of: replica)
    else { return [] }
    var violations: [Violation] = []
    report(
      Violation(
        .restartConsistent, found.sequence, found.view,
        [.init(replica, found.then), .init(replica, found.now)]), &violations)
    return violations
  }
}

extension Array where Element == Promises? {
  fileprivate subscript(index: Int, default value: Promises) -> Promises {
    get { self[index] ?? value }
    set { self[index] = newValue }
  }
}
