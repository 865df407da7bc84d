/// Leaving a view: VIEW-CHANGE, the join rule, and their validity (§4.4, §4.5.2).
extension Replica {
  /// Stops working in its view and asks for view w.
  mutating func startViewChange(to w: View, _ effects: inout [Effect]) {
    view = w
    isActive = false
    stopTimer(&effects)
    for place in log.slots.indices { log.slots[place].keepCertificate(in: settings) }
    effects.append(.changingView(w))
    // ⟨VIEW-CHANGE, v + 1, n, C, P, i⟩ to all replicas (§4.4).
    let prepared = isOff(.proofsInViewChange) ? [] : certificates
    if !isOff(.proofsInViewChange) {
      let values = Values(.have, prepared.count, .n, stable.sequence.number, .view, w.number)
      tell(
        .details,
        .held(
          prepared.isEmpty
            ? .refused(.proofsInViewChange, values) : .accepted(.proofsInViewChange, values)),
        &effects)
    }
    let viewChange = ViewChange(
      view: w, stable: stable, prepared: prepared, replica: id, by: signer)
    viewChanges.removeAll { $0.replica == id }
    viewChanges.append(viewChange)
    // Stable storage: the view it asks for is on its disk before the VIEW-CHANGE leaves.
    write(.durableView, .viewChange(viewChange), &effects)
    effects.append(.broadcast(.viewChange(viewChange)))
    viewChangeArrived(&effects)
  }

  /// What prepared here above the stable checkpoint, as far as others would take it (§4.4).
  private var certificates: [PreparedProof] {
    log.used.compactMap(\.certificate).filter {
      $0.sequence > stable.sequence && isInWindow($0.sequence, above: stable.sequence)
    }
  }

  private func isInWindow(_ n: SequenceNumber, above low: SequenceNumber) -> Bool {
    settings.isWindowOpen || n.number - low.number <= settings.logSize
  }

  mutating func receive(_ viewChange: ViewChange, _ effects: inout [Effect]) -> Finding {
    guard
      viewChange.view > view || (viewChange.view == view && !isActive) || isOff(.viewChangeCurrent)
    else {
      return .refused(
        .viewChangeCurrent, Values(.view, viewChange.view.number, .ownView, view.number))
    }
    if let held = viewChanges.first(where: { $0.replica == viewChange.replica }),
      held.view >= viewChange.view, !isOff(.viewChangeOnce)
    {
      return .refused(
        .viewChangeOnce,
        Values(
          .replica, viewChange.replica.index, .view, viewChange.view.number, .held,
          held.view.number))
    }
    if let finding = refusal(of: viewChange) { return finding }
    viewChanges.removeAll { $0.replica == viewChange.replica }
    viewChanges.append(viewChange)
    // Counted now: once the last of them has come, the view is entered and they are gone.
    let have = viewChanges.count { $0.view == viewChange.view }
    joinIfNeeded(&effects)
    viewChangeArrived(&effects)
    startTimerIfNeeded(&effects)
    return .accepted(
      .viewChangeCounts,
      Values(.have, have, .need, needs.quorum, .view, viewChange.view.number))
  }

  /// What makes a VIEW-CHANGE invalid, or nil.
  func refusal(of viewChange: ViewChange) -> Finding? {
    let stable = viewChange.stable
    // C: 2f + 1 CHECKPOINTs (n, d) of different replicas; none needed for n = 0 (§4.4).
    if stable.sequence > .zero, !isOff(.stableProof) {
      var senders = Senders(countingCopies: isOff(.oneVote))
      for checkpoint in stable.checkpoints
      where checkpoint.isAuthentic && checkpoint.sequence == stable.sequence
        && checkpoint.digest == stable.digest
        && checkpoint.replica.index < cluster.replicaCount
      {
        senders.insert(checkpoint.replica)
      }
      guard senders.count >= needs.stable, stable.digest != nil else {
        return .refused(
          .stableProof,
          Values(
            .have, senders.count, .need, needs.stable, .n, stable.sequence.number))
      }
    }
    guard stable.sequence >= .zero else {
      return .refused(.stableProof, Values(.n, stable.sequence.number))
    }
    var last = stable.sequence
    for proof in viewChange.prepared {
      let n = proof.sequence
      // P: at most one for each n, in the window above n (§4.4).
      guard n > last, isInWindow(n, above: stable.sequence),
        isValid(proof, before: viewChange.view) || isOff(.preparedProofs)
      else {
        return .refused(
          .preparedProofs,
          Values(
            .n, n.number, .view, proof.view.number, .have, matchingSigners(of: proof), .need,
            needs.prepares))
      }
      last = n
    }
    return nil
  }

  /// P_m: a signed PRE-PREPARE of that view's primary and 2f matching, signed PREPAREs of different
  /// backups, of an earlier view (§4.4).
  private func isValid(_ proof: PreparedProof, before view: View) -> Bool {
    proof.view < view && proof.view >= View(0) && proof.prePrepare.isAuthentic
      && (proof.prePrepare.replica == settings.primary(of: proof.view) || isOff(.fromPrimary))
      && matchingSigners(of: proof) >= needs.prepares
  }

  private func matchingSigners(of proof: PreparedProof) -> Int {
    guard proof.view >= View(0) else { return 0 }
    let primary = settings.primary(of: proof.view)
    var senders = Senders(countingCopies: isOff(.oneVote))
    for prepare in proof.prepares
    where prepare.isAuthentic && prepare.view == proof.view && prepare.sequence == proof.sequence
      && (prepare.digest == proof.digest || isOff(.voteForOtherDigest))
      && prepare.replica.index < cluster.replicaCount
      && (prepare.replica != primary || isOff(.notFromPrimary))
    {
      senders.insert(prepare.replica)
    }
    return senders.count
  }

  /// f + 1 VIEW-CHANGEs of others for higher views: join the smallest of them (§4.5.2).
  private mutating func joinIfNeeded(_ effects: inout [Effect]) {
    let higher = viewChanges.filter { $0.replica != id && $0.view > view }
    guard let smallest = higher.map(\.view).min(), !isOff(.join) else { return }
    let values = Values(
      .have, higher.count, .need, needs.join, .view, smallest.number, .ownView, view.number)
    guard higher.count >= needs.join else {
      effects.append(.held(.refused(.join, values)))
      return
    }
    effects.append(.held(.accepted(.join, values)))
    startViewChange(to: smallest, &effects)
  }

  /// What a further VIEW-CHANGE may bring: the timer for the NEW-VIEW, or the NEW-VIEW itself.
  private mutating func viewChangeArrived(_ effects: inout [Effect]) {
    guard !isActive else { return }
    // The wait for the NEW-VIEW starts with 2f + 1 VIEW-CHANGEs for this view or higher ones (§4.5.2).
    let reached = viewChanges.count { $0.view >= view }
    let values = Values(
      .have, reached, .need, needs.quorum, .view, view.number, .duration, timeout.microseconds)
    if reached < needs.quorum, !isOff(.newViewTimer) {
      tell(.details, .held(.refused(.newViewTimer, values)), &effects)
    } else if viewChangeTimer?.purpose != .newView {
      startTimer(.newView, after: timeout, .accepted(.newViewTimer, values), &effects)
    }
    sendNewView(&effects)
  }
}

/// Those who have signed something, each counted once; copies count where that rule is off.
struct Senders {
  private var mask = UInt64(0)
  private var copies = 0
  private let countsCopies: Bool

  init(countingCopies: Bool) { countsCopies = countingCopies }

  var count: Int { countsCopies ? copies : mask.nonzeroBitCount }

  mutating func insert(_ replica: ReplicaID) {
    mask |= 1 << UInt64(replica.index)
    copies += 1
  }
}
