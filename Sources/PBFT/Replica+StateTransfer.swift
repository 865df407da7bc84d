/// Fetching what is known only by its digest: requests, and the state of a checkpoint (§4.3, §4.4).
extension Replica {
  /// The highest checkpoint above the last executed number that 2f + 1 replicas agree on, or f + 1 where it
  /// lies above H; nil if there is none.
  var checkpointAhead: (SequenceNumber, Digest)? {
    var best: (SequenceNumber, Digest)?
    // What it has executed upon a state that it discards is no better than that.
    let known = min(lastExecuted, transfer?.sequence ?? lastExecuted)
    for held in checkpoints
    where held.sequence > known && held.sequence > best?.0 ?? .zero {
      // f + 1: at least one of them is correct (§4.3).
      let needed = isOutOfReach(held.sequence) ? needs.vouching : needs.stable
      if votes(for: held.sequence, held.digest) >= needed { best = (held.sequence, held.digest) }
    }
    return best
  }

  /// Whether a checkpoint lies above H.
  private func isOutOfReach(_ n: SequenceNumber) -> Bool { n > high && !settings.isWindowOpen }

  /// f + 1 replicas vouch for a checkpoint above H: this log can never be completed (§4.3).
  ///
  /// `checkpoint` is the one that has just come, and so many have said the same.
  mutating func leftBehind(
    by checkpoint: Checkpoint, saidBy have: Int, _ effects: inout [Effect]
  ) {
    if isOutOfReach(checkpoint.sequence), have < needs.vouching {
      let values = Values(
        .have, have, .need, needs.vouching, .n, checkpoint.sequence.number, .high, high.number)
      tell(.details, .held(.refused(.checkpointVouched, values)), &effects)
    }
    guard let (n, digest) = checkpointAhead, isOutOfReach(n) else { return }
    startTransfer(n, digest, &effects)
  }

  mutating func startTransfer(
    _ n: SequenceNumber, _ digest: Digest, from sources: [ReplicaID]? = nil,
    _ effects: inout [Effect]
  ) {
    if let transfer, transfer.sequence >= n { return }
    let vouching =
      sources
      ?? checkpoints.filter { $0.sequence == n && $0.digest == digest }.map(\.replica)
    let others = vouching.filter { $0 != id }
    guard !others.isEmpty, !isOff(.stateTransfer) else { return }
    transfer = Transfer(sequence: n, digest: digest, sources: others, attempt: 0)
    // It waits for no request while it fetches; the wait for a NEW-VIEW goes on (§4.4).
    if isActive { stopTimer(&effects) }
    effects.append(
      .held(
        .accepted(
          .stateTransfer,
          Values(
            .n, n.number, .executed, lastExecuted.number, .have, others.count, .high, high.number)))
    )
    fetchState(&effects)
  }

  func fetchState(_ effects: inout [Effect]) {
    guard let transfer else { return }
    let fetch = Fetch(.state(transfer.sequence, transfer.digest), replica: id, by: signer)
    effects.append(.send(.fetch(fetch), to: .replica(transfer.source)))
  }

  /// Asks for the requests of every PRE-PREPARE that is known by its digest only: of those that vouched for
  /// it, all that signed its certificate or the new view.
  func fetchMissingBatches(_ effects: inout [Effect]) {
    for place in log.places
    where log.slots[place].prePrepare != nil && !log.slots[place].hasBatch {
      fetchBatch(at: place, from: vouching(for: log.slots[place]), &effects)
    }
  }

  private func vouching(for slot: Slot) -> [ReplicaID] {
    guard let digest = slot.prePrepare?.digest else { return [] }
    var replicas: [ReplicaID] = []
    for viewChange in newView?.viewChanges ?? [] {
      for proof in viewChange.prepared
      where proof.sequence == slot.sequence && proof.digest == digest {
        replicas += [viewChange.replica, proof.prePrepare.replica]
        replicas += proof.prepares.map(\.replica)
      }
    }
    // Who proposed it or voted for it vouches for it too.
    replicas += [primary]
    replicas += slot.prepares.filter { $0.digest == digest }.map(\.replica)
    replicas += slot.commits.filter { $0.digest == digest }.map(\.replica)
    var unique: [ReplicaID] = []
    for replica in replicas.sorted() where !unique.contains(replica) { unique.append(replica) }
    return unique
  }

  func fetchBatch(
    at place: Int, from sources: [ReplicaID], _ effects: inout [Effect]
  ) {
    guard let accepted = log.slots[place].prePrepare else { return }
    // Without m in the log it is not pre-prepared (§4.2).
    tell(
      .details,
      .held(
        .refused(
          .prePrepared, Values(.n, accepted.sequence.number, .view, accepted.view.number))),
      &effects)
    let fetch = Fetch(.batch(accepted.sequence, accepted.digest), replica: id, by: signer)
    for source in sources where source != id {
      effects.append(.send(.fetch(fetch), to: .replica(source)))
    }
  }

  mutating func receive(_ fetch: Fetch, _ effects: inout [Effect]) -> Finding {
    let to = Principal.replica(fetch.replica)
    let values = Values(.n, fetch.item.sequence.number, .replica, fetch.replica.index)
    let content: DataMessage.Content?
    switch fetch.item {
    case .batch(let n, let digest):
      content = log[n]?.batches.first { $0.digest == digest }.map { .batch($0) }
    case .state(let n, let digest):
      content = ownCheckpoints.first { $0.sequence == n && $0.digest == digest }
        .map { .state($0.snapshot) }
    }
    guard let content else {
      // It holds this no longer: its own checkpoint tells where it is instead.
      if let own = ownCheckpoints.first, own.sequence >= fetch.item.sequence {
        effects.append(.send(.checkpoint(own.message), to: to))
      }
      return .refused(.dataHeld, values)
    }
    effects.append(.send(.data(DataMessage(fetch.item, content, replica: id, by: signer)), to: to))
    return .accepted(.dataHeld, values)
  }

  mutating func receive(_ data: DataMessage, _ effects: inout [Effect]) -> Finding {
    let n = data.item.sequence
    switch (data.item, data.content) {
    case (.batch(_, let digest), .batch(let batch)):
      guard let place = log.find(n), log.slots[place].prePrepare?.digest == digest,
        !log.slots[place].hasBatch
      else {
        return .refused(.dataWanted, Values(.n, n.number))
      }
      guard batch.digest == digest || isOff(.dataDigest) else { return wrongDigest(data) }
      // The requests are signed by their clients, by whatever way they come (§4.2).
      for request in batch.requests where !request.isAuthentic && !isOff(.requestsAuthentic) {
        return .refused(.requestsAuthentic, Values(.client, request.client.index))
      }
      return installed(batch, at: place, &effects)
    case (.state(_, let digest), .state(let snapshot)):
      guard let transfer, transfer.sequence == n, transfer.digest == digest else {
        return .refused(.dataWanted, Values(.n, n.number))
      }
      guard snapshot.digest == digest || isOff(.dataDigest) else { return wrongDigest(data) }
      install(snapshot, n, digest, &effects)
      return .accepted(.dataDigest, Values(.n, n.number, .held, digest.number))
    default:
      return .refused(.dataWanted, Values(.n, n.number))
    }
  }

  private func wrongDigest(_ data: DataMessage) -> Finding {
    .refused(
      .dataDigest,
      Values(
        .n, data.item.sequence.number, .held, data.item.digest.number, .offered,
        data.content.digest.number))
  }

  /// The requests of an accepted PRE-PREPARE have come after it.
  mutating func installed(
    _ batch: Batch, at place: Int, _ effects: inout [Effect]
  ) -> Finding {
    log.slots[place].add(batch, whateverItsDigest: isOff(.dataDigest) || isOff(.digestMatches))
    let n = log.slots[place].sequence
    for request in batch.requests {
      takeIn(request)
      if isPrimary, let index = waiting.firstIndex(where: { $0.request == request }) {
        waiting[index].isAssigned = true
      }
    }
    // While its view changes it votes for nothing that was proposed before (§4.4).
    if isActive || isOff(.active) {
      if settings.primary(of: votingView) != id { sendPrepare(at: place, &effects) }
      progress(at: place, &effects)
    }
    startTimerIfNeeded(&effects)
    propose(&effects)
    return .accepted(.dataDigest, Values(.n, n.number, .held, batch.digest.number))
  }

  /// Takes over the state of a checkpoint: brings state, not activity.
  private mutating func install(
    _ snapshot: Snapshot, _ n: SequenceNumber, _ digest: Digest, _ effects: inout [Effect]
  ) {
    transfer = nil
    state = snapshot
    lastExecuted = n
    effects.append(.transferred(n, digest))
    for entry in snapshot.replies.all { dropAnswered(entry.client) }
    let checkpoint = Checkpoint(sequence: n, digest: digest, replica: id, by: signer)
    record(checkpoint, snapshot, &effects)
    execute(&effects)
    updateTimer(&effects)
    propose(&effects)
  }
}
