/// Repairing losses: what is missing is asked for with STATUS, what others lack is sent again.
extension Replica {
  /// Whether something is missing that others can send.
  var isSomethingMissing: Bool {
    if !isActive || transfer != nil || isBehind || !waiting.isEmpty || !future.isEmpty {
      return true
    }
    if let last = ownCheckpoints.last, last.sequence > low { return true }
    // What it executed in an earlier view counts too: others may need its votes in this one.
    if log.slots.contains(where: { $0.sequence > low && $0.announced < .committed }) {
      return true
    }
    return checkpointAhead != nil
  }

  /// The resend timer runs while something is missing, and starts anew with each progress: what is asked for
  /// has been missing for a whole period, and an idle cluster comes to rest.
  mutating func updateResendTimer(_ effects: inout [Effect]) {
    if mark != resendMark { periodsInVain = 0 }
    if resendToken != nil, mark == resendMark { return }
    if isSomethingMissing {
      setResendTimer(&effects)
    } else if resendToken != nil {
      resendToken = nil
      effects.append(.stopTimer(.resend))
    }
  }

  private mutating func setResendTimer(_ effects: inout [Effect]) {
    let token = nextToken()
    resendToken = token
    resendMark = mark
    effects.append(.setTimer(.resend, token: token, after: settings.resendPeriod))
  }

  private var mark: ResendMark {
    ResendMark(view: view, isActive: isActive, lastExecuted: lastExecuted, low: low)
  }

  mutating func resendTimerFired(_ token: Int, _ effects: inout [Effect]) {
    guard token == Self.forcedToken || token == resendToken || isOff(.timerCurrent) else {
      effects.append(.held(.refused(.timerCurrent)))
      return
    }
    resendToken = nil
    guard !isOff(.resend) else { return }
    let values = Values(.executed, lastExecuted.number, .low, low.number, .view, view.number)
    guard isSomethingMissing else {
      effects.append(.held(.refused(.resend, values)))
      return
    }
    // What it waits for has been missing since the last progress, a whole period ago.
    effects.append(.held(.accepted(.resend, values)))
    askAgain(&effects)
  }

  private mutating func askAgain(_ effects: inout [Effect]) {
    isBehind = false
    periodsInVain += 1
    // The VIEW-CHANGE is sent again until a NEW-VIEW for this view or a higher one has been processed.
    if !isActive, let own = viewChanges.first(where: { $0.replica == id }) {
      effects.append(.broadcast(.viewChange(own)))
    }
    if isActive, !isPrimary { for entry in waiting { relay(entry.request, &effects) } }
    effects.append(.broadcast(.status(status)))
    // Those who are asked may have discarded the checkpoint for a later one by now.
    if let (n, digest) = checkpointAhead, n > transfer?.sequence ?? .zero {
      startTransfer(n, digest, &effects)
    } else if transfer != nil {
      transfer?.attempt += 1
      fetchState(&effects)
    }
    fetchMissingBatches(&effects)
  }

  /// Where it is and what it lacks.
  var status: Status {
    var lacks: [Lack] = []
    for slot in log.used where slot.sequence > low && slot.announced < .committed {
      lacks.append(
        Lack(
          sequence: slot.sequence, hasPrePrepare: slot.batch != nil,
          prepares: slot.prepares.reduce(0) { $0 | 1 << UInt16($1.replica.index) },
          commits: slot.commits.reduce(0) { $0 | 1 << UInt16($1.replica.index) }))
    }
    return Status(
      view: view, isActive: isActive, lowWatermark: low, lastExecuted: lastExecuted,
      lacks: lacks, periods: periodsInVain, replica: id, by: signer)
  }

  /// Sends to a replica that is behind what it lacks.
  mutating func receive(_ status: Status, _ effects: inout [Effect]) -> Finding {
    let to = Principal.replica(status.replica)
    guard !isOff(.statusHelps) else { return .kept(.statusHelps) }
    let before = effects.count
    if status.view < view || (status.view == view && !status.isActive) {
      if isActive {
        if let newView { effects.append(.send(.newView(newView), to: to)) }
        // The votes of the view that it has yet to enter go along: it keeps them until it has. Asking for
        // them only then could take longer than its patience with this view.
        resendVotes(to: status, lacking: [], &effects)
      } else if let own = viewChanges.first(where: { $0.replica == id }) {
        effects.append(.send(.viewChange(own), to: to))
      }
    }
    // A stable checkpoint goes with its whole proof: the log below it is gone, and some of those that made
    // it stable may never speak again (§4.3).
    if stable.sequence > status.lowWatermark {
      for checkpoint in stable.checkpoints {
        effects.append(.send(.checkpoint(checkpoint), to: to))
      }
    }
    for own in ownCheckpoints
    where own.sequence > max(status.lowWatermark, stable.sequence) {
      effects.append(.send(.checkpoint(own.message), to: to))
    }
    if isActive, status.isActive, status.view == view {
      resendVotes(to: status, lacking: status.lacks, &effects)
    }
    if (status.view > view && status.isActive) || status.lastExecuted > lastExecuted
      || status.lowWatermark > low
    {
      isBehind = true
    }
    return .accepted(
      .statusHelps,
      Values(.replica, status.replica.index, .have, effects.count - before))
  }

  /// Sends again what it lacks: the own votes first.
  ///
  /// If it has asked in vain before, everybody's, since those who voted then may be gone, or in
  /// another view; and the PRE-PREPARE of what has been executed here. All of it is signed by its
  /// authors, so it does not matter who sends it.
  private func resendVotes(
    to status: Status, lacking lacks: [Lack], _ effects: inout [Effect]
  ) {
    let to = Principal.replica(status.replica)
    let asksAgain = status.periods > 1
    for slot in log.used {
      let lack = lacks.first { $0.sequence == slot.sequence }
      guard lack != nil || slot.sequence > status.lastExecuted else { continue }
      // What is undecided only its primary proposes.
      if isPrimary || (asksAgain && slot.sequence <= lastExecuted), lack?.hasPrePrepare != true,
        let held = slot.prePrepare, let batch = slot.batch
      {
        effects.append(.send(.prePrepare(held, batch), to: to))
      }
      func isLacking(_ voter: ReplicaID, _ held: UInt16?) -> Bool {
        (voter == id || asksAgain) && (held ?? 0) & (1 << UInt16(voter.index)) == 0
      }
      for prepare in slot.prepares where isLacking(prepare.replica, lack?.prepares) {
        effects.append(.send(.prepare(prepare), to: to))
      }
      for commit in slot.commits where isLacking(commit.replica, lack?.commits) {
        effects.append(.send(.commit(commit), to: to))
      }
    }
  }

  /// Starts again: every timer is gone, and what was kept for a later view; it says where it is, and goes
  /// on from there.
  mutating func restart(_ effects: inout [Effect]) {
    viewChangeTimer = nil
    resendToken = nil
    idleToken = nil
    future.removeAll()
    if !isActive, let own = viewChanges.first(where: { $0.replica == id }) {
      effects.append(.broadcast(.viewChange(own)))
      if viewChanges.count(where: { $0.view >= view }) >= needs.quorum || isOff(.newViewTimer) {
        startTimer(
          .newView, after: timeout,
          .accepted(.newViewTimer, Values(.view, view.number, .duration, timeout.microseconds)),
          &effects)
      }
    }
    effects.append(.broadcast(.status(status)))
    if transfer != nil { fetchState(&effects) }
    if isActive { fetchMissingBatches(&effects) }
    startTimerIfNeeded(&effects)
    propose(&effects)
  }
}
