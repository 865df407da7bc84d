/// Checkpoints, stability, garbage collection (§4.3).
extension Replica {
  mutating func takeCheckpoint(_ effects: inout [Effect]) {
    let checkpoint = Checkpoint(
      sequence: lastExecuted, digest: state.digest, replica: id, by: signer)
    record(checkpoint, state, &effects)
  }

  /// Multicasts an own CHECKPOINT and keeps the state that it promises.
  mutating func record(
    _ checkpoint: Checkpoint, _ snapshot: Snapshot, _ effects: inout [Effect]
  ) {
    ownCheckpoints.removeAll { $0.sequence >= checkpoint.sequence }
    ownCheckpoints.append(OwnCheckpoint(message: checkpoint, snapshot: snapshot))
    if checkpoint.sequence > low {
      checkpoints.removeAll { $0.replica == id && $0.sequence >= checkpoint.sequence }
      checkpoints.append(checkpoint)
    }
    // Stable storage: the state that it promises is on the disk before the CHECKPOINT leaves.
    write(.durableCheckpoint, .checkpoint(checkpoint, snapshot), &effects)
    effects.append(.broadcast(.checkpoint(checkpoint)))
    stabilise(checkpoint.sequence, &effects)
  }

  mutating func receive(_ checkpoint: Checkpoint, _ effects: inout [Effect]) -> Finding {
    let n = checkpoint.sequence
    guard isCheckpoint(n) else {
      return .refused(
        .checkpointInterval, Values(.n, n.number, .interval, settings.checkpointInterval))
    }
    guard n > low || isOff(.checkpointNew) else {
      return .refused(.checkpointNew, Values(.n, n.number, .low, low.number))
    }
    for held in checkpoints
    where held.replica == checkpoint.replica && held.sequence == n && !isOff(.oneVote)
      && !isOff(.checkpointCounts)
    {
      return .refused(
        .oneVote,
        Values(
          .replica, checkpoint.replica.index, .n, n.number, .held, held.digest.number, .offered,
          checkpoint.digest.number))
    }
    bound(checkpoint.replica)
    checkpoints.append(checkpoint)
    let have = votes(for: n, checkpoint.digest)
    stabilise(n, &effects)
    leftBehind(by: checkpoint, saidBy: have, &effects)
    return .accepted(
      .checkpointCounts, Values(.have, have, .need, needs.stable, .n, n.number))
  }

  /// Whether a checkpoint is taken after n: when it is divisible by K (§4.3).
  func isCheckpoint(_ n: SequenceNumber) -> Bool {
    n > .zero
      && (n.number % settings.checkpointInterval == 0 || isOff(.checkpointInterval))
  }

  /// Keeps of one sender only so many CHECKPOINTs: what the window can hold, and two above it.
  private mutating func bound(_ sender: ReplicaID) {
    let most = settings.logSize / settings.checkpointInterval + 2
    while checkpoints.count(where: { $0.replica == sender }) >= most {
      var oldest: Int?
      for index in checkpoints.indices
      where checkpoints[index].replica == sender
        && checkpoints[index].sequence > high
        && checkpoints[index].sequence < oldest.map({ checkpoints[$0].sequence })
          ?? SequenceNumber(.max)
      {
        oldest = index
      }
      guard let index = oldest ?? checkpoints.firstIndex(where: { $0.replica == sender }) else {
        return
      }
      checkpoints.remove(at: index)
    }
  }

  /// How many replicas say this of a checkpoint.
  func votes(for n: SequenceNumber, _ digest: Digest) -> Int {
    var count = 0
    for held in checkpoints where held.sequence == n && held.digest == digest { count += 1 }
    return count
  }

  /// Makes a checkpoint stable that 2f + 1 replicas agree on, if this replica has reached it itself.
  mutating func stabilise(_ n: SequenceNumber, _ effects: inout [Effect]) {
    guard n > low, n > undiscarded?.sequence ?? .zero else { return }
    guard let own = ownCheckpoints.first(where: { $0.sequence == n }) else {
      if let digest = quorumDigest(at: n) { stabilise(unreached: n, digest, &effects) }
      return
    }
    let matching = checkpoints.filter { $0.sequence == n && $0.digest == own.digest }
    let values = Values(.have, matching.count, .need, needs.stable, .n, n.number)
    guard matching.count >= needs.stable else {
      tell(.details, .held(.refused(.stableCheckpoint, values)), &effects)
      // A quorum says otherwise: the own state is wrong, and is fetched (§4.3).
      if let other = quorumDigest(at: n), other != own.digest { discard(own, other, &effects) }
      return
    }
    // 2f + 1 matching CHECKPOINTs, the own one among them, are the proof (§4.3).
    let proof = [own.message] + matching.filter { $0.replica != id }.prefix(needs.stable - 1)
    effects.append(.held(.accepted(.stableCheckpoint, values)))
    moveWatermarks(StableProof(sequence: n, digest: own.digest, checkpoints: proof), &effects)
    propose(&effects)
  }

  /// h does not move to what this replica has not reached (§4.3); without that rule it does, and the state is
  /// fetched afterwards.
  private mutating func stabilise(
    unreached n: SequenceNumber, _ digest: Digest, _ effects: inout [Effect]
  ) {
    guard isOff(.ownCheckpoint) else {
      tell(
        .details,
        .held(
          .refused(
            .ownCheckpoint,
            Values(.n, n.number, .executed, lastExecuted.number, .high, high.number))),
        &effects)
      return
    }
    let proof = checkpoints.filter { $0.sequence == n && $0.digest == digest }
    moveWatermarks(StableProof(sequence: n, digest: digest, checkpoints: proof), &effects)
    if lastExecuted < n {
      startTransfer(n, digest, from: proof.map(\.replica), &effects)
    }
  }

  /// The digest that 2f + 1 replicas give for the checkpoint at n, if any.
  func quorumDigest(at n: SequenceNumber) -> Digest? {
    for held in checkpoints
    where held.sequence == n && votes(for: n, held.digest) >= needs.stable {
      return held.digest
    }
    return nil
  }

  private mutating func discard(
    _ own: OwnCheckpoint, _ digest: Digest, _ effects: inout [Effect]
  ) {
    ownCheckpoints.removeAll { $0.sequence >= own.sequence }
    checkpoints.removeAll { $0.replica == id && $0.sequence >= own.sequence }
    startTransfer(own.sequence, digest, &effects)
  }

  /// Discards the log up to a stable checkpoint and moves h and H (§4.3).
  mutating func moveWatermarks(_ proof: StableProof, _ effects: inout [Effect]) {
    guard proof.sequence > low, let digest = proof.digest else { return }
    if isOff(.garbageCollection) {
      // The log and h stay as they are, for as long as the rule is off.
      undiscarded = proof
      effects.append(.stable(proof.sequence, digest))
      return
    }
    undiscarded = nil
    stable = proof
    log.advance(to: proof.sequence)
    checkpoints.removeAll { $0.sequence <= proof.sequence }
    ownCheckpoints.removeAll { $0.sequence < proof.sequence }
    if lastAssigned < proof.sequence { lastAssigned = proof.sequence }
    if tells.contains(.writes) { effects.append(.write(.stable(proof))) }
    effects.append(.stable(proof.sequence, digest))
  }
}
