internal import PBFT

/// Why a number has not come so far at a replica: for the grid's empty cells, and for requests.
extension Explainer {
  /// Nil where it has come so far, or further.
  mutating func whyNot(
    _ milestone: Milestone, _ n: SequenceNumber, _ id: ReplicaID
  ) -> Reason? {
    let own = replica(id)
    if n <= own.lastExecuted || n <= own.low { return nil }
    let phase = own.phase(of: n)
    if milestone == .prePrepared && phase >= .prePrepared { return nil }
    if milestone == .prepared && phase >= .prepared { return nil }
    if milestone == .committed && phase >= .committed { return nil }
    // What is explained further up is not explained again.
    guard asked.insert(.milestone(milestone, n, id)).inserted else {
      return Reason(.notYet(id, milestone, n))
    }
    if world.isCrashed(id) { return down(id) }
    if let misbehaviour = world.misbehaviour(of: id)?.order, !own.isActive || phase == .empty {
      return Reason(.misbehaves(id, misbehaviour), remedy: .honest(id))
    }
    if milestone == .executed, own.transfer != nil { return transferring(own) }
    if phase == .committed {
      // A committed number waits until every lower one has been executed (§4.2).
      let lower = own.lastExecuted.next
      let causes = lower < n ? whyNot(.executed, lower, id).map { [$0] } ?? [] : []
      return Reason(.waitsForLower(id, n, lower: lower), causes)
    }
    guard own.isActive else { return whyElsewhere(own) }
    switch phase {
    case .empty: return whyNotPrePrepared(n, own)
    case .prePrepared: return votes(.prepare, n, own)
    default: return votes(.commit, n, own)
    }
  }

  // MARK: The PRE-PREPARE

  private mutating func whyNotPrePrepared(_ n: SequenceNumber, _ own: Replica) -> Reason {
    if n > own.high {
      return Reason(.windowFull(own.id, n, high: own.high), whyNotStable(own))
    }
    if let slot = own.log[n], slot.prePrepare != nil { return unknownRequests(slot, at: own) }
    let primary = replica(own.primary)
    if primary.id == own.id { return whyNothingProposed(n, primary) }
    let proposal = primary.view == own.view ? primary.log[n]?.prePrepare : nil
    let message = proposal.map { Message.prePrepare($0, primary.log[n]?.batch) }
    return missing(
      .prePrepare, from: .replica(primary.id), to: .replica(own.id), isSent: proposal != nil,
      message, where: { $0.sequence == n && $0.view == own.view },
      unsent: { explainer in
        primary.view == own.view && primary.isActive
          ? explainer.whyNothingProposed(n, primary)
          : Reason(
            .elsewhere(primary.id, primary.view, isActive: primary.isActive),
            [explainer.repair(.replica(own.id), .replica(primary.id))])
      })
  }

  /// The primary has given the number to nothing.
  private mutating func whyNothingProposed(_ n: SequenceNumber, _ primary: Replica) -> Reason {
    if n <= primary.low {
      return Reason(
        .waitsForLower(primary.id, n, lower: primary.low), [earliestHelp(for: primary)])
    }
    var causes: [Reason] = []
    if n > primary.lastExecuted + world.settings.window {
      if let reason = whyNot(.executed, primary.lastExecuted.next, primary.id) {
        causes.append(
          Reason(
            .flowControl(
              primary.id, n, executed: primary.lastExecuted, window: world.settings.window),
            [reason]))
      }
    } else if n > primary.high {
      causes = whyNotStable(primary)
    }
    if causes.isEmpty {
      let client = world.clients.first { $0.outstanding == nil }?.id ?? ClientID(0)
      causes = [
        Reason(
          .nothingRequested, remedy: .request(client, .append(key: "x", value: "a")))
      ]
    }
    return Reason(.notProposed(primary.id, primary.view, n), causes)
  }

  private func earliestHelp(for own: Replica) -> Reason {
    timer(.replica(own.id), .resend)
      ?? Reason(
        .noTimer(.replica(own.id), .resend, .unaware), remedy: .fire(.replica(own.id), .resend))
  }

  /// A PRE-PREPARE of which only the digest is known: its requests are fetched (§4.4).
  mutating func unknownRequests(_ slot: Slot, at own: Replica) -> Reason {
    let to = Principal.replica(own.id)
    let answer = inFlight.first {
      $0.to == to && $0.message.kind == .data && $0.message.sequence == slot.sequence
    }
    let question = inFlight.first { $0.from == to && $0.message.kind == .fetch }
    let cause = (answer ?? question).map(travelling) ?? earliestHelp(for: own)
    return Reason(.requestsUnknown(own.id, slot.sequence), [cause])
  }

  // MARK: Votes

  /// Which PREPAREs or COMMITs are missing at a replica, and why each.
  private mutating func votes(
    _ kind: Message.Kind, _ n: SequenceNumber, _ own: Replica
  ) -> Reason {
    guard let slot = own.log[n], let accepted = slot.prePrepare else {
      return Reason(.notYet(own.id, .prePrepared, n))
    }
    let isPrepare = kind == .prepare
    let have = isPrepare ? slot.matchingPrepares(in: world.settings) : slot.matchingCommits()
    let need = isPrepare ? world.settings.needs.prepares : world.settings.needs.quorum
    var causes: [Reason] = []
    for sender in cluster.replicas where sender != own.id {
      if isPrepare, sender == own.primary { continue }
      if let digest = vote(of: sender, kind, in: slot)?.digest {
        if digest != accepted.digest { causes.append(Reason(.votedOtherwise(sender, n))) }
        continue
      }
      causes.append(whyNoVote(kind, n, accepted, of: replica(sender), at: own))
    }
    return Reason(.votes(kind, n, at: own.id, have: have, need: need), causes)
  }

  private func vote(
    of sender: ReplicaID, _ kind: Message.Kind, in slot: Slot
  ) -> (digest: Digest, message: Message)? {
    kind == .prepare
      ? slot.prepares.first { $0.replica == sender }.map { ($0.digest, .prepare($0)) }
      : slot.commits.first { $0.replica == sender }.map { ($0.digest, .commit($0)) }
  }

  private mutating func whyNoVote(
    _ kind: Message.Kind, _ n: SequenceNumber, _ accepted: PrePrepare, of sender: Replica,
    at own: Replica
  ) -> Reason {
    let isThere = sender.view == own.view
    let given = isThere ? sender.log[n].flatMap { vote(of: sender.id, kind, in: $0) } : nil
    // Below its h a replica has voted, and discarded it (§4.3).
    let isDiscarded = n <= sender.low
    return missing(
      kind, from: .replica(sender.id), to: .replica(own.id),
      isSent: given?.digest == accepted.digest || isDiscarded, given?.message,
      where: { $0.sequence == n && $0.view == own.view },
      unsent: { explainer in
        if given != nil
          || (isThere
            && sender.log[n]?.prePrepare.map(\.digest) ?? accepted.digest != accepted.digest)
        {
          return Reason(.votedOtherwise(sender.id, n))
        }
        if !isThere || !sender.isActive {
          return explainer.whyElsewhere(sender)
        }
        let milestone: Milestone = kind == .prepare ? .prePrepared : .prepared
        let why = explainer.whyNot(milestone, n, sender.id)
        return Reason(.notYet(sender.id, milestone, n), why.map { [$0] } ?? [])
      })
  }

  // MARK: Checkpoints and state

  /// Why h does not move (§4.3).
  mutating func whyNotStable(_ own: Replica) -> [Reason] {
    guard asked.insert(.checkpoint(own.id)).inserted else { return [] }
    let interval = world.settings.checkpointInterval
    guard let taken = own.ownCheckpoints.last(where: { $0.sequence > own.low }) else {
      let n = SequenceNumber((own.low.number / interval + 1) * interval)
      let reason = whyNot(.executed, own.lastExecuted.next, own.id)
      return [Reason(.notYet(own.id, .executed, n), reason.map { [$0] } ?? [])]
    }
    let held = own.checkpoints.filter { $0.sequence == taken.sequence }
    let have = held.count { $0.digest == taken.digest }
    var causes: [Reason] = []
    for sender in world.replicas
    where sender.id != own.id && !held.contains(where: { $0.replica == sender.id }) {
      causes.append(
        missing(
          .checkpoint, from: .replica(sender.id), to: .replica(own.id),
          isSent: sender.lastExecuted >= taken.sequence,
          where: { $0.sequence == taken.sequence },
          unsent: { explainer in
            let next = sender.lastExecuted.next
            let reason = explainer.whyNot(.executed, next, sender.id)
            return Reason(.notYet(sender.id, .executed, next), reason.map { [$0] } ?? [])
          }))
    }
    return [
      Reason(
        .votes(
          .checkpoint, taken.sequence, at: own.id, have: have, need: world.settings.needs.stable),
        causes)
    ]
  }

  /// A state transfer under way, and where its FETCH or DATA is.
  mutating func transferring(_ own: Replica) -> Reason {
    guard let transfer = own.transfer else { return Reason(.notYet(own.id, .executed, own.low)) }
    let (source, to) = (Principal.replica(transfer.source), Principal.replica(own.id))
    let answer = inFlight.first {
      $0.to == to && $0.message.kind == .data && $0.message.sequence == transfer.sequence
    }
    let question = inFlight.first {
      $0.from == to && $0.to == source && $0.message.kind == .fetch
    }
    let again = earliestHelp(for: own)
    let causes: [Reason]
    if let copy = answer ?? question {
      causes = [travelling(copy)]
    } else if world.isCrashed(transfer.source) {
      causes = [down(transfer.source), again]
    } else if let misbehaviour = world.misbehaviour(of: transfer.source)?.order {
      causes = [
        Reason(.misbehaves(transfer.source, misbehaviour), remedy: .honest(transfer.source)), again,
      ]
    } else if let fault = fault(.fetch, to, source) ?? fault(.data, source, to) {
      causes = [fault, again]
    } else {
      causes = [again]
    }
    return Reason(
      .transfer(
        own.id, transfer.sequence, source: transfer.source, attempt: transfer.attempt + 1), causes)
  }
}
