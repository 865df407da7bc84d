/// Requests: taking them in, passing them on, giving them numbers (§4.1, §4.2).
extension Replica {
  mutating func receive(
    _ request: Request, link: Principal, _ effects: inout [Effect]
  ) -> Finding {
    let last = state.replies[request.client]
    if let last, request.timestamp <= last.timestamp, !isOff(.requestFresh) {
      let values = Values(
        .timestamp, request.timestamp.number, .lastTimestamp, last.timestamp.number)
      guard request.timestamp == last.timestamp else { return .refused(.requestFresh, values) }
      // The reply may have been lost: it is sent again, with the view of now (§4.1).
      reply(request.timestamp, to: request.client, last.result, &effects)
      return .accepted(.requestFresh, values)
    }
    if !isOff(.requestNewest),
      let index = waiting.firstIndex(where: { $0.request.client == request.client })
    {
      let held = waiting[index].request
      let values = Values(.timestamp, request.timestamp.number, .held, held.timestamp.number)
      if held.timestamp > request.timestamp { return .refused(.requestNewest, values) }
      if held.timestamp == request.timestamp {
        // A client that asks a second time has waited in vain: the primary may have missed it (§4.1).
        guard isActive, !isPrimary, case .client = link else {
          return .refused(.requestNewest, values)
        }
        return relay(held, &effects)
      }
    }
    guard isActive || !isOff(.requestDuringViewChange) else {
      return .refused(.requestDuringViewChange, Values(.ownView, view.number))
    }
    takeIn(request, evenIfExecuted: isOff(.requestFresh))
    guard isActive else { return .kept(.requestDuringViewChange, Values(.ownView, view.number)) }
    guard isPrimary else {
      // A backup relays the request to the primary (§4.1); what a replica relayed is not relayed again.
      var finding = Finding.kept(.relayRequest, Values(.replica, primary.index))
      if case .client = link { finding = relay(request, &effects) }
      startTimerIfNeeded(&effects)
      return finding
    }
    propose(&effects)
    startTimerIfNeeded(&effects)
    if viewChangeTimer == nil {
      // Only a backup's timer runs on a request (§4.4).
      tell(
        .details,
        .held(
          .refused(
            .timerOnRequest,
            Values(.client, request.client.index, .timestamp, request.timestamp.number))),
        &effects)
    }
    guard !isOff(.requestAtPrimary) else {
      return .kept(.requestAtPrimary, Values(.n, lastAssigned.number))
    }
    let isAssigned = waiting.contains { $0.request == request && $0.isAssigned }
    return isAssigned
      ? .accepted(.requestAtPrimary, Values(.n, lastAssigned.number))
      : .kept(
        .flowControl,
        Values(
          .n, lastAssigned.number + 1, .executed, lastExecuted.number, .window, settings.window,
          .high, high.number))
  }

  /// Puts a request among those that wait, in place of an older one of its client.
  mutating func takeIn(_ request: Request, evenIfExecuted: Bool = false) {
    if let last = state.replies[request.client], request.timestamp <= last.timestamp,
      !evenIfExecuted
    {
      return
    }
    if isOff(.requestNewest) {
      if waiting.contains(where: { $0.request == request }) { return }
    } else if let index = waiting.firstIndex(where: { $0.request.client == request.client }) {
      guard waiting[index].request.timestamp < request.timestamp else { return }
      waiting.remove(at: index)
    }
    waiting.append(Waiting(request: request, isAssigned: false))
  }

  /// Passes a request on to the primary (§4.1).
  @discardableResult
  func relay(_ request: Request, _ effects: inout [Effect]) -> Finding {
    let values = Values(.replica, primary.index)
    guard !isOff(.relayRequest) else { return .kept(.relayRequest, values) }
    effects.append(.send(.request(request), to: .replica(primary)))
    return .accepted(.relayRequest, values)
  }

  func reply(
    _ timestamp: Timestamp, to client: ClientID, _ result: String, _ effects: inout [Effect]
  ) {
    let reply = Reply(
      view: view, timestamp: timestamp, client: client, replica: id, result: result, by: signer)
    effects.append(.send(.reply(reply), to: .client(client)))
  }

  /// As primary: gives the waiting requests numbers, as far as flow control lets it.
  mutating func propose(_ effects: inout [Effect]) {
    guard isActive, isPrimary, transfer == nil, !waiting.isEmpty, !isOff(.requestAtPrimary) else {
      return
    }
    // Bodies of O that are still being fetched may hold what waits here; proposing it again would only
    // waste numbers.
    if newView != nil, isBatchMissing { return }
    while true {
      // A number is given only up to min(H, last executed + W).
      let n = max(lastAssigned, low).next
      guard mayAssign(n) else { return }
      var requests: [Request] = []
      for index in waiting.indices where !waiting[index].isAssigned {
        waiting[index].isAssigned = true
        requests.append(waiting[index].request)
        if requests.count == settings.batchSize { break }
      }
      guard !requests.isEmpty else { return }
      assign(n, to: Batch(requests), &effects)
    }
  }

  /// A number is given only up to min(H, last executed + W).
  func mayAssign(_ n: SequenceNumber) -> Bool {
    if isOff(.flowControl) { return true }
    let limit = lastExecuted.number + settings.window
    return n.number <= (settings.isWindowOpen ? limit : min(high.number, limit))
  }

  /// The primary assigns a number to a batch (§4.2).
  mutating func assign(
    _ n: SequenceNumber, to batch: Batch, _ effects: inout [Effect]
  ) {
    lastAssigned = n
    idleToken = nil
    tell(
      .details,
      .held(
        .accepted(
          .assignNumber,
          Values(
            .n, n.number, .low, low.number, .high, high.number, .interval,
            settings.checkpointInterval))),
      &effects)
    // The primary multicasts ⟨⟨PRE-PREPARE, v, n, d⟩, m⟩ and appends it to its log (§4.2).
    let prePrepare = PrePrepare(
      view: view, sequence: n, digest: batch.digest, replica: id, by: signer)
    let place = log.place(of: n)
    log.slots[place].accept(prePrepare, in: settings)
    log.slots[place].add(batch)
    // Stable storage: on the disk before it leaves, or a restart could propose something else at n.
    write(.durablePrePrepared, .prePrepared(prePrepare, batch), &effects)
    effects.append(.broadcast(.prePrepare(prePrepare, batch)))
    progress(at: place, &effects)
  }

  /// Whether an accepted PRE-PREPARE lacks its requests.
  var isBatchMissing: Bool {
    log.slots.indices.contains {
      log.slots[$0].prePrepare != nil && !log.slots[$0].hasBatch
    }
  }
}
