internal import PBFT

/// Why a client waits.
extension Explainer {
  mutating func whyWaits(_ request: Request, _ client: Client) -> Reason {
    self.request = request
    let done = world.replicas.filter {
      !world.isFaulty($0.id)
        && $0.state.replies[request.client]?.timestamp ?? Timestamp(0) >= request.timestamp
    }
    let reason =
      done.isEmpty ? whyNotExecuted(request) : whyNotAnswered(request, client, done.map(\.id))
    var more: [Reason] = []
    // Without 2f + 1 that run and do as they should nothing is certain to go on.
    if running.count(where: { world.misbehaviour(of: $0.id) == nil }) < world.settings.needs.quorum
    {
      more = cluster.replicas.filter(world.isCrashed).map(down)
    }
    // While nothing is on its way a timer may go on.
    if !isMoving(reason), let timer = earliestSuspicion { more.append(timer) }
    more = more.filter { !contains($0, in: reason) }
    return completed(Reason(reason.fact, remedy: reason.remedy, reason.causes + more))
  }

  private func isMoving(_ reason: Reason) -> Bool {
    switch reason.fact {
    case .message(_, _, _, .inFlight), .timer(.replica, .viewChange, _): true
    default: reason.causes.contains(where: isMoving)
    }
  }

  private func contains(_ other: Reason, in reason: Reason) -> Bool {
    reason.fact == other.fact || reason.causes.contains { contains(other, in: $0) }
  }

  /// The view-change timer that fires first.
  var earliestSuspicion: Reason? {
    alarms.first { $0.name == .viewChange }.flatMap { timer($0.owner, .viewChange) }
  }

  // MARK: Executed somewhere

  /// It needs f + 1 equal replies (§4.1).
  private mutating func whyNotAnswered(
    _ request: Request, _ client: Client, _ done: [ReplicaID]
  ) -> Reason {
    let have = client.replies.map { reply in
      client.replies.count { $0.result == reply.result }
    }.max()
    var causes: [Reason] = []
    for id in cluster.replicas where !client.replies.contains(where: { $0.replica == id }) {
      if done.contains(id) {
        causes.append(
          missing(
            .reply, from: .replica(id), to: .client(client.id), isSent: true,
            where: {
              if case .reply(let reply) = $0 { reply.timestamp == request.timestamp } else { false }
            }, unsent: { $0.down(id) }))
      } else if done.count < world.settings.needs.weak,
        let reason = whyNot(.executed, replica(id).lastExecuted.next, id)
      {
        causes.append(
          Reason(.notYet(id, .executed, replica(id).lastExecuted.next), [reason]))
      }
    }
    return Reason(.replies(client.id, have: have ?? 0, need: world.settings.needs.replies), causes)
  }

  // MARK: Executed nowhere

  /// The view in which a quorum works; one that is down is where it was.
  var workingView: View? {
    var best: View?
    for own in world.replicas where own.isActive {
      let count = world.replicas.count { $0.isActive && $0.view == own.view }
      if count >= world.settings.needs.quorum, own.view > best ?? View(-1) { best = own.view }
    }
    return best
  }

  private mutating func whyNotExecuted(_ request: Request) -> Reason {
    guard let view = workingView else { return whyNoView() }
    let primary = replica(world.settings.primary(of: view))
    if let (n, id) = place(of: request, in: view), let reason = whyNot(.executed, n, id) {
      return reason
    }
    if let trouble = trouble(of: primary, in: view) {
      let remedy: Command? =
        switch trouble {
        case .crashed: .restart(primary.id)
        case .misbehaves: .honest(primary.id)
        case .elsewhere: nil
        }
      return Reason(
        .primary(primary.id, view, trouble), remedy: remedy, suspicion(in: view, request))
    }
    guard primary.waiting.contains(where: { $0.request == request }) else {
      let fates = fates(of: request, at: primary.id)
      let isComing = fates.contains(where: isMoving)
      return Reason(
        .requestMissing(RequestName(request), primary.id, view),
        isComing ? fates : fates + suspicion(in: view, request))
    }
    return whyNotProposed(primary)
  }

  func trouble(of primary: Replica, in view: View) -> Reason.Trouble? {
    if world.isCrashed(primary.id) { return .crashed }
    if let misbehaviour = world.misbehaviour(of: primary.id)?.order {
      return .misbehaves(misbehaviour)
    }
    if primary.view != view || !primary.isActive {
      return .elsewhere(primary.view, isActive: primary.isActive)
    }
    return nil
  }

  /// The number that the request has in the view, and the replica that has come farthest with it.
  private func place(
    of request: Request, in view: View
  ) -> (n: SequenceNumber, replica: ReplicaID)? {
    var best: (phase: Phase, n: SequenceNumber, replica: ReplicaID)?
    for own in running where own.view == view && own.isActive && !world.isFaulty(own.id) {
      for slot in own.log.used
      where slot.batch?.requests.contains(request) == true && slot.prePrepare != nil {
        let phase = slot.phase(in: world.settings)
        if phase > best?.phase ?? .empty { best = (phase, slot.sequence, own.id) }
      }
    }
    return best.map { ($0.n, $0.replica) }
  }

  /// Where a request is that the primary should have.
  private func fates(of request: Request, at primary: ReplicaID) -> [Reason] {
    let to = Principal.replica(primary)
    if let copy = inFlight.first(where: { $0.to == to && $0.message == .request(request) }) {
      return [travelling(copy)]
    }
    var found: [Reason] = []
    if let fault = fault(.request, .client(request.client), to) { found.append(fault) }
    for own in running where own.id != primary {
      guard own.waiting.contains(where: { $0.request == request }) else { continue }
      if let fault = fault(.request, .replica(own.id), to) { found.append(fault) }
    }
    let client = Principal.client(request.client)
    found.append(
      timer(client, .retry)
        ?? Reason(.noTimer(client, .retry, .unaware), remedy: .fire(client, .retry)))
    return found
  }

  /// What leads to another primary: a backup's timer, or what keeps all of them from running (§4.4).
  mutating func suspicion(in view: View, _ request: Request) -> [Reason] {
    if let timer = earliestSuspicion { return [timer] }
    let client = Principal.client(request.client)
    let backups = running.filter {
      $0.id != world.settings.primary(of: view) && $0.view == view && $0.isActive
    }
    let without = backups.filter { !$0.waiting.contains(where: { $0.request == request }) }
    guard !without.isEmpty else {
      guard let first = backups.first else { return [] }
      return [suspicion(of: first.id)]
    }
    var causes: [Reason] = []
    for own in without {
      for reason in arrival(of: request, at: own.id) where !causes.contains(reason) {
        causes.append(reason)
      }
    }
    if causes.isEmpty {
      causes = [Reason(.noTimer(client, .retry, .unaware), remedy: .fire(client, .retry))]
    }
    return [Reason(.nobodySuspects(without.map(\.id)), causes)]
  }

  /// A primary that has the request and has given it no number: flow control, or something to fetch.
  private mutating func whyNotProposed(_ primary: Replica) -> Reason {
    if primary.transfer != nil { return transferring(primary) }
    if let slot = primary.log.used.first(where: { $0.prePrepare != nil && $0.batch == nil }) {
      return unknownRequests(slot, at: primary)
    }
    let n = max(primary.lastAssigned, primary.low).next
    if n > primary.high {
      return Reason(
        .windowFull(primary.id, n, high: primary.high), whyNotStable(primary))
    }
    if n > primary.lastExecuted + world.settings.window,
      let reason = whyNot(.executed, primary.lastExecuted.next, primary.id)
    {
      return Reason(
        .flowControl(
          primary.id, n, executed: primary.lastExecuted, window: world.settings.window), [reason])
    }
    return Reason(
      .notProposed(primary.id, primary.view, n),
      [repair(.replica(primary.id), .replica(primary.id))])
  }
}
