/// Entering a view: NEW-VIEW, O, and what is done first in it (§4.4).
extension Replica {
  /// As the primary of the view it is changing to: sends the NEW-VIEW once it holds 2f + 1 VIEW-CHANGEs.
  mutating func sendNewView(_ effects: inout [Effect]) {
    guard !isActive, isPrimary else { return }
    let matching = viewChanges.filter { $0.view == view }
    guard matching.count >= needs.newView,
      let own = matching.first(where: { $0.replica == id })
    else { return }
    // V: the first 2f + 1 by arrival, the primary's own included.
    let others = matching.filter { $0.replica != id }.prefix(needs.newView - 1)
    let members = [own] + others
    let selection = Selection(from: members, rulesOff: settings.rulesOff)
    let proposals = selection.rows.map {
      PrePrepare(view: view, sequence: $0.sequence, digest: $0.digest, replica: id, by: signer)
    }
    // ⟨NEW-VIEW, v + 1, V, O⟩ to all replicas (§4.4).
    let newView = NewView(
      view: view, viewChanges: members, prePrepares: proposals, replica: id, by: signer)
    effects.append(
      .held(
        .accepted(
          .newViewQuorum,
          Values(.have, matching.count, .need, needs.newView, .view, view.number))))
    // Stable storage: V and O are on the disk before the NEW-VIEW, or a vote in the view, leaves.
    write(.durableNewView, .newView(newView), &effects)
    effects.append(.broadcast(.newView(newView)))
    enter(newView, selection, &effects)
  }

  mutating func receive(_ newView: NewView, _ effects: inout [Effect]) -> Finding {
    let w = newView.view
    guard w > View(0), newView.replica != id,
      newView.replica == settings.primary(of: w) || isOff(.newViewFromPrimary)
    else {
      return .refused(
        .newViewFromPrimary, Values(.replica, newView.replica.index, .view, w.number))
    }
    guard w > view || (w == view && !isActive) || isOff(.newViewCurrent) else {
      return .refused(.newViewCurrent, Values(.view, w.number, .ownView, view.number))
    }
    // V holds valid VIEW-CHANGEs for this view of 2f + 1 different replicas (§4.4).
    var senders = UInt64(0)
    for viewChange in newView.viewChanges
    where viewChange.view == w && viewChange.isAuthentic
      && viewChange.replica.index < cluster.replicaCount && refusal(of: viewChange) == nil
    {
      senders |= 1 << UInt64(viewChange.replica.index)
    }
    guard
      senders.nonzeroBitCount >= needs.newView
        && senders.nonzeroBitCount == newView.viewChanges.count
    else {
      return .refused(
        .newViewQuorum,
        Values(.have, senders.nonzeroBitCount, .need, needs.newView, .view, w.number))
    }
    // It performs the computation of the primary to check O (§4.4).
    let selection = Selection(from: newView.viewChanges, rulesOff: settings.rulesOff)
    guard follows(newView.prePrepares, from: selection, newView) || isOff(.newViewComputed) else {
      return .refused(
        .newViewComputed,
        Values(
          .have, newView.prePrepares.count, .need, selection.rows.count, .minS,
          selection.minS.number, .maxS, selection.maxS.number))
    }
    // Stable storage: the view is on the disk before a vote in it leaves.
    write(.durableNewView, .newView(newView), &effects)
    enter(newView, selection, &effects)
    return .accepted(
      .newViewComputed,
      Values(
        .have, selection.rows.count, .need, selection.rows.count, .minS, selection.minS.number,
        .maxS, selection.maxS.number))
  }

  private func follows(
    _ proposals: [PrePrepare], from selection: Selection, _ newView: NewView
  ) -> Bool {
    guard proposals.count == selection.rows.count else { return false }
    return zip(proposals, selection.rows).allSatisfy { proposal, row in
      proposal.sequence == row.sequence && proposal.digest == row.digest
        && proposal.view == newView.view && proposal.replica == newView.replica
        && proposal.isAuthentic
    }
  }

  private mutating func enter(
    _ newView: NewView, _ selection: Selection, _ effects: inout [Effect]
  ) {
    // What is complete only after its VIEW-CHANGE has left, it has never told anybody of: no COMMIT was sent for
    // it, and it does not count as prepared (§4.4).
    if isActive || isOff(.active) {
      for place in log.slots.indices { log.slots[place].keepCertificate(in: settings) }
    }
    view = newView.view
    enteredView = view
    isActive = true
    self.newView = newView
    stopTimer(&effects)
    isBehind = false
    for place in log.slots.indices { log.slots[place].leaveView() }
    if tells.contains(.details) {
      for finding in Selection.findings(on: newView.viewChanges, selection, settings.rulesOff) {
        effects.append(.held(finding))
      }
    }
    viewChanges.removeAll { $0.view <= newView.view }
    effects.append(.enteredView(view, selection))
    adopt(selection.stable, &effects)
    lastAssigned = max(selection.maxS, low)
    for proposal in newView.prePrepares
    where proposal.view == view && admits(proposal.sequence) {
      // Each PRE-PREPARE of O goes into the log, and each backup multicasts a PREPARE for it (§4.4).
      let place = log.place(of: proposal.sequence)
      log.slots[place].accept(proposal, in: settings)
      if proposal.digest == Batch.null.digest { log.slots[place].add(.null) }
      if !isPrimary { sendPrepare(at: place, &effects) }
    }
    fetchMissingBatches(&effects)
    for n in log.numbers {
      if let place = log.find(n) { progress(at: place, &effects) }
    }
    resumeRequests(&effects)
    judgeFuture(&effects)
    propose(&effects)
  }

  /// min-s may be ahead of the own stable checkpoint: its proof is taken over, and the state fetched if it
  /// has not been executed (§4.4).
  private mutating func adopt(_ proof: StableProof, _ effects: inout [Effect]) {
    guard proof.sequence > low, let digest = proof.digest else { return }
    // Whatever else a liar has put into C is neither passed on nor asked for the state.
    let proof = isOff(.stableProof) ? proof : proof.withoutPadding(in: cluster)
    moveWatermarks(proof, &effects)
    if lastExecuted < proof.sequence {
      startTransfer(proof.sequence, digest, from: proof.checkpoints.map(\.replica), &effects)
    } else if let transfer, transfer.sequence <= proof.sequence {
      self.transfer = nil
    }
  }

  /// The new primary will propose what waits and is not in O; a backup relays it and waits (§4.4).
  private mutating func resumeRequests(_ effects: inout [Effect]) {
    var proposed: [Request] = []
    for slot in log.used { proposed += slot.batch?.requests ?? [] }
    for request in proposed { takeIn(request) }
    for index in waiting.indices {
      waiting[index].isAssigned = isPrimary && proposed.contains(waiting[index].request)
    }
    if !isPrimary { for entry in waiting { relay(entry.request, &effects) } }
    startTimerIfNeeded(&effects)
  }

  private mutating func judgeFuture(_ effects: inout [Effect]) {
    let kept = future
    future.removeAll()
    for message in kept {
      guard let messageView = message.view, messageView >= view else { continue }
      if messageView > view { future.append(message) } else { judgeLater(message, &effects) }
    }
  }
}
