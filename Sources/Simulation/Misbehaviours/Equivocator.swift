internal import PBFT

/// Tells one half this and the other that.
///
/// As primary it withholds its PRE-PREPAREs until it has the authentic requests for two different ones,
/// and proposes them at the same number to different backups; then it is silent, or goes on voting, to each
/// for what it was told. As a backup it sends its true vote to the lower half and a vote for a bogus digest
/// to the rest.
struct Equivocator: Adversary {
  let plan: Equivocation
  /// What it has told, once it has.
  private(set) var told: Told?

  struct Told: Hashable, Sendable {
    let view: View
    let sequence: SequenceNumber
    /// The digest for each backup, by number; nil for those it has told nothing.
    let digests: [Digest?]
    let requests: [Request]
  }

  init(_ plan: Equivocation) { self.plan = plan }

  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    altered(message, to: recipient, from: replica).map { [Outgoing($0)] } ?? []
  }

  private func altered(
    _ message: Message, to recipient: Principal, from replica: Replica
  ) -> Message? {
    if let told {
      guard plan.votes else { return nil }
      switch message {
      case .prePrepare(_, let batch):
        // What it has told already is not proposed a second time.
        let repeated = batch?.requests.contains(where: told.requests.contains) ?? false
        return repeated ? nil : message
      case .commit(let commit) where commit.view == told.view && commit.sequence == told.sequence:
        return nil
      default: return message
      }
    }
    switch message {
    case .prePrepare(let prePrepare, _) where prePrepare.replica == replica.id: return nil
    case .prepare, .commit:
      guard message.kind == .prepare || !replica.isPrimary, replica.isInUpperHalf(recipient) else {
        return message
      }
      return message.altered(.digest(.bogus, nil), by: replica.signer)
        .altered(.sender(replica.id), by: replica.signer)
    default: return message
    }
  }

  mutating func ownMessages(of replica: Replica, at now: Instant) -> [Letter] {
    guard told == nil, replica.isActive, replica.isPrimary, let shares = shares(for: replica)
    else { return [] }
    // The number that the honest code gave to the first of them.
    guard
      let slot = replica.log.used.first(where: { slot in
        slot.sequence > replica.lastExecuted
          && shares.contains { slot.batch?.requests.contains($0.request) ?? false }
      })
    else { return [] }
    var digests: [Digest?] = Array(repeating: nil, count: replica.cluster.replicaCount)
    var messages: [Letter] = []
    for share in shares {
      let batch = Batch([share.request])
      let prePrepare = PrePrepare(
        view: replica.view, sequence: slot.sequence, digest: batch.digest, replica: replica.id,
        by: replica.signer)
      for backup in share.replicas where backup != replica.id {
        digests[backup.index] = batch.digest
        messages.append((.prePrepare(prePrepare, batch), .replica(backup)))
      }
    }
    told = Told(
      view: replica.view, sequence: slot.sequence, digests: digests,
      requests: shares.map(\.request))
    guard plan.votes else { return messages }
    for backup in replica.cluster.replicas {
      guard let digest = digests[backup.index] else { continue }
      let commit = Commit(
        view: replica.view, sequence: slot.sequence, digest: digest, replica: replica.id,
        by: replica.signer)
      messages.append((.commit(commit), .replica(backup)))
    }
    return messages
  }

  func combineMemory(into fingerprint: inout Fingerprint) {
    fingerprint.combine(told != nil)
    guard let told else { return }
    fingerprint.combine(told.view, told.sequence, told.digests, told.requests)
  }

  /// Which request goes to which backups, once the replica has them all.
  private func shares(for replica: Replica) -> [(request: Request, replicas: [ReplicaID])]? {
    let known = replica.waiting.map(\.request)
    if plan.shares.isEmpty {
      guard known.count >= 2 else { return nil }
      let backups = replica.cluster.replicas.filter { $0 != replica.id }
      let half = (backups.count + 1) / 2
      return [(known[0], Array(backups.prefix(half))), (known[1], Array(backups.dropFirst(half)))]
    }
    var shares: [(request: Request, replicas: [ReplicaID])] = []
    for share in plan.shares {
      guard let request = known.first(where: { RequestName($0) == share.request }) else {
        return nil
      }
      shares.append((request, share.replicas))
    }
    return shares
  }
}
