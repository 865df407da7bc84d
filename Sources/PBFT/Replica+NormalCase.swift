/// The three phases and execution (§4.2).
extension Replica {
  mutating func receive(
    _ prePrepare: PrePrepare, _ batch: Batch?, _ effects: inout [Effect]
  ) -> Finding {
    let n = prePrepare.sequence
    if let finding = refusal(
      of: .prePrepare(prePrepare, batch), prePrepare.view, n, from: prePrepare.replica)
    {
      return finding
    }
    // Only the primary of the view proposes (§4.2).
    let primary = settings.primary(of: votingView)
    guard (prePrepare.replica == primary && primary != id) || isOff(.fromPrimary) else {
      return .refused(
        .fromPrimary,
        Values(.replica, prePrepare.replica.index, .need, primary.index, .view, view.number))
    }
    if let batch {
      // d = D(m), and the requests are signed by their clients (§4.2).
      guard batch.digest == prePrepare.digest || isOff(.digestMatches) else {
        return .refused(
          .digestMatches,
          Values(.offered, prePrepare.digest.number, .held, batch.digest.number))
      }
      for request in batch.requests where !request.isAuthentic && !isOff(.requestsAuthentic) {
        return .refused(.requestsAuthentic, Values(.client, request.client.index))
      }
    }
    let place = log.place(of: n)
    if let held = log.slots[place].prePrepare {
      if held.digest == prePrepare.digest, !log.slots[place].hasBatch, let batch {
        log.slots[place].add(batch, whateverItsDigest: isOff(.digestMatches))
        return installed(batch, at: place, &effects)
      }
      // It has not accepted a PRE-PREPARE for v and n with another digest (§4.2).
      let values = Values(
        .n, n.number, .held, held.digest.number, .offered, prePrepare.digest.number)
      guard isOff(.onePrePrepare), held.digest != prePrepare.digest else {
        return .refused(.onePrePrepare, values)
      }
      log.slots[place].removeVotes(of: id)
      log.slots[place].announced = .empty
    }
    log.slots[place].accept(prePrepare, in: settings)
    if let batch {
      log.slots[place].add(batch, whateverItsDigest: isOff(.digestMatches))
      // A request first seen inside an accepted PRE-PREPARE is a request received.
      for request in batch.requests { takeIn(request) }
    } else if !log.slots[place].hasBatch {
      fetchBatch(at: place, from: [prePrepare.replica], &effects)
    }
    // It enters the prepare phase by multicasting a PREPARE and adding both to its log (§4.2). Not before
    // it holds m: a certificate of votes for a digest would bind every later view to what nobody has.
    if log.slots[place].batch != nil { sendPrepare(at: place, &effects) }
    startTimerIfNeeded(&effects)
    progress(at: place, &effects)
    return .accepted(
      .onePrePrepare, Values(.n, n.number, .view, view.number, .low, low.number, .high, high.number)
    )
  }

  mutating func receive(_ prepare: Prepare, _ effects: inout [Effect]) -> Finding {
    let n = prepare.sequence
    if let finding = refusal(of: .prepare(prepare), prepare.view, n, from: prepare.replica) {
      return finding
    }
    // The primary sends no PREPARE (§4.2): its PRE-PREPARE says as much.
    guard prepare.replica != settings.primary(of: votingView) || isOff(.notFromPrimary) else {
      return .refused(
        .notFromPrimary, Values(.replica, prepare.replica.index, .view, view.number))
    }
    let place = log.place(of: n)
    if !isOff(.oneVote) {
      for held in log.slots[place].prepares
      where isSecondVote(prepare.replica, prepare.digest, held.replica, held.digest) {
        return .refused(
          .oneVote,
          Values(
            .replica, prepare.replica.index, .n, n.number, .held, held.digest.number, .offered,
            prepare.digest.number))
      }
    }
    if isOff(.voteBeforeProposal), log.slots[place].prePrepare == nil {
      return .refused(.voteBeforeProposal, Values(.n, n.number))
    }
    log.slots[place].add(prepare, in: settings)
    guard let accepted = log.slots[place].prePrepare else {
      return .kept(
        .voteBeforeProposal, Values(.n, n.number, .have, log.slots[place].prepares.count))
    }
    guard accepted.digest == prepare.digest || isOff(.voteForOtherDigest) else {
      return .kept(
        .voteForOtherDigest,
        Values(
          .n, n.number, .held, accepted.digest.number, .offered, prepare.digest.number))
    }
    let have = log.slots[place].matchingPrepares(in: settings)
    progress(at: place, &effects)
    return .accepted(
      .prepareCounts, Values(.have, have, .need, needs.prepares, .n, n.number))
  }

  mutating func receive(_ commit: Commit, _ effects: inout [Effect]) -> Finding {
    let n = commit.sequence
    if let finding = refusal(of: .commit(commit), commit.view, n, from: commit.replica) {
      return finding
    }
    let place = log.place(of: n)
    if !isOff(.oneVote) {
      for held in log.slots[place].commits
      where isSecondVote(commit.replica, commit.digest, held.replica, held.digest) {
        return .refused(
          .oneVote,
          Values(
            .replica, commit.replica.index, .n, n.number, .held, held.digest.number, .offered,
            commit.digest.number))
      }
    }
    if isOff(.voteBeforeProposal), log.slots[place].prePrepare == nil {
      return .refused(.voteBeforeProposal, Values(.n, n.number))
    }
    log.slots[place].add(commit, in: settings)
    guard let accepted = log.slots[place].prePrepare else {
      return .kept(
        .voteBeforeProposal, Values(.n, n.number, .have, log.slots[place].commits.count))
    }
    guard accepted.digest == commit.digest || isOff(.voteForOtherDigest) else {
      return .kept(
        .voteForOtherDigest,
        Values(.n, n.number, .held, accepted.digest.number, .offered, commit.digest.number))
    }
    let have = log.slots[place].matchingCommits()
    progress(at: place, &effects)
    return .accepted(.commitCounts, Values(.have, have, .need, needs.quorum, .n, n.number))
  }

  /// What keeps a message of the three phases from being looked at now, or nil.
  private mutating func refusal(
    of message: @autoclosure () -> Message, _ view: View, _ n: SequenceNumber,
    from sender: ReplicaID
  ) -> Finding? {
    if view != self.view || !isActive, !countsOldView(view) {
      let values = Values(.view, view.number, .ownView, self.view.number)
      // Messages of views to come routinely overtake their NEW-VIEW: they are kept, never processed.
      if view > self.view || view == self.view { return keep(message(), from: sender, values) }
      // While its view changes it accepts only CHECKPOINT, VIEW-CHANGE and NEW-VIEW (§4.4).
      return isActive ? .refused(.sameView, values) : .refused(.active, values)
    }
    // h < n <= H (§4.2).
    guard admits(n) else {
      return .refused(
        .withinWatermarks, Values(.n, n.number, .low, low.number, .high, high.number))
    }
    return nil
  }

  /// The view that its slots and votes belong to: its own, or the one it is leaving.
  var votingView: View { isActive ? view : enteredView }

  /// Whether a message of a view that is not this one counts all the same.
  ///
  /// In a correct replica never: it stops working in its view with its VIEW-CHANGE (§4.4), and a vote
  /// counts only in the view it was sent in (§4.2). Both can be taken away.
  private func countsOldView(_ view: View) -> Bool {
    (!isActive && view == enteredView && isOff(.active))
      || (view >= View(0) && view < enteredView && isOff(.sameView)
        && (isActive || isOff(.active)))
  }

  /// Of each sender only the first vote counts (§4.2).
  ///
  /// Where a backup may accept two PRE-PREPAREs it votes for both, and both count.
  @inline(__always)
  private func isSecondVote(
    _ sender: ReplicaID, _ digest: Digest, _ heldSender: ReplicaID, _ held: Digest
  ) -> Bool {
    sender == heldSender && (held == digest || !isOff(.onePrePrepare))
  }

  private mutating func keep(
    _ message: Message, from sender: ReplicaID, _ values: Values
  ) -> Finding {
    guard !isOff(.higherViewKept) else { return .refused(.higherViewKept, values) }
    let bound = 4 * settings.logSize
    let held = future.count { $0.author == .replica(sender) }
    guard held < bound || isOff(.bufferBound) else {
      return .refused(
        .bufferBound, Values(.replica, sender.index, .have, held, .need, bound))
    }
    if future.contains(message), !isOff(.oneVote) { return .refused(.oneVote, values) }
    future.append(message)
    return .kept(.higherViewKept, values)
  }

  /// Multicasts the own PREPARE for what was accepted, unless it has voted already.
  mutating func sendPrepare(at place: Int, _ effects: inout [Effect]) {
    guard let accepted = log.slots[place].prePrepare,
      !log.slots[place].prepares.contains(where: { $0.replica == id })
    else { return }
    let prepare = Prepare(
      view: accepted.view, sequence: accepted.sequence, digest: accepted.digest, replica: id,
      by: signer)
    log.slots[place].add(prepare, in: settings)
    // Stable storage: what it votes for is on its disk before the PREPARE leaves.
    write(.durablePrePrepared, .prePrepared(accepted, log.slots[place].batch), &effects)
    effects.append(.broadcast(.prepare(prepare)))
  }

  /// Draws the consequences of each phase that a slot has reached, each once.
  mutating func progress(at place: Int, _ effects: inout [Effect]) {
    // Nothing follows after the last phase.
    guard log.slots[place].announced < .committed else { return }
    let phase = log.slots[place].phase(in: settings)
    guard phase > log.slots[place].announced, let accepted = log.slots[place].prePrepare else {
      return
    }
    let n = accepted.sequence
    if log.slots[place].announced < .prePrepared {
      log.slots[place].announced = .prePrepared
      tell(
        .phases,
        .phase(
          .prePrepared, accepted.view, n, accepted.digest,
          .accepted(.prePrepared, Values(.n, n.number, .view, accepted.view.number))), &effects)
    }
    if phase >= .prepared, log.slots[place].announced < .prepared {
      log.slots[place].announced = .prepared
      let tally = Values(
        .have, log.slots[place].matchingPrepares(in: settings), .need, needs.prepares, .n,
        n.number)
      tell(
        .phases, .phase(.prepared, accepted.view, n, accepted.digest, .accepted(.prepared, tally)),
        &effects)
      sendCommit(at: place, accepted, &effects)
    }
    if log.slots[place].phase(in: settings) >= .committed,
      log.slots[place].announced < .committed
    {
      log.slots[place].announced = .committed
      let tally = Values(
        .have, log.slots[place].matchingCommits(), .need, needs.quorum, .n, n.number)
      tell(
        .phases,
        .phase(.committed, accepted.view, n, accepted.digest, .accepted(.committed, tally)),
        &effects)
      execute(&effects)
      tellGap(below: n, &effects)
    }
  }

  /// When prepared becomes true it multicasts a COMMIT (§4.2).
  private mutating func sendCommit(
    at place: Int, _ accepted: PrePrepare, _ effects: inout [Effect]
  ) {
    guard !log.slots[place].commits.contains(where: { $0.replica == id }) else { return }
    let commit = Commit(
      view: accepted.view, sequence: accepted.sequence, digest: accepted.digest, replica: id,
      by: signer)
    log.slots[place].add(commit, in: settings)
    // Stable storage: that it prepared is on its disk before the COMMIT leaves.
    write(
      .durablePrepared,
      log.slots[place].proof(in: settings).map { .prepared($0, log.slots[place].batch) }, &effects)
    effects.append(.broadcast(.commit(commit)))
  }
}

extension Digest {
  /// The first eight bytes as a number for a finding.
  public var number: Int { Int(Int64(bitPattern: first)) }
}
