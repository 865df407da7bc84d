/// Execution in order and exactly once (§4.1, §4.2).
extension Replica {
  /// Executes every batch whose turn it is.
  mutating func execute(_ effects: inout [Effect]) {
    guard transfer == nil else { return }
    var executedAny = false
    while true {
      // Executed when committed-local and all lower numbers have been executed (§4.2).
      let n = lastExecuted.next
      guard log.contains(n) else { break }
      let place = n.number % log.slots.count
      guard log.slots[place].sequence == n, log.slots[place].announced == .committed,
        let batch = log.slots[place].batch
      else { break }
      lastExecuted = n
      executedAny = true
      for index in batch.requests.indices {
        execute(batch.requests[index], n, index: index, &effects)
      }
      tell(.phases, .executedBatch(n, batch.digest), &effects)
      // A checkpoint is produced when n is divisible by K (§4.3).
      if n.number % settings.checkpointInterval == 0 { takeCheckpoint(&effects) }
    }
    guard executedAny else { return }
    updateTimer(&effects)
    propose(&effects)
  }

  private mutating func execute(
    _ request: Request, _ n: SequenceNumber, index: Int, _ effects: inout [Effect]
  ) {
    // A request at or below the last executed timestamp of its client is not run again: the stored reply
    // is sent (§4.1).
    if let last = state.replies[request.client], request.timestamp <= last.timestamp,
      !isOff(.exactlyOnce)
    {
      tell(
        .details, .executed(n, index: index, request, result: last.result, skipped: true), &effects)
      if request.timestamp == last.timestamp {
        reply(request.timestamp, to: request.client, last.result, &effects)
      }
    } else {
      let result = state.store.execute(request.operation)
      state.replies[request.client] = ReplyTable.Entry(
        timestamp: request.timestamp, result: result)
      tell(
        .executions, .executed(n, index: index, request, result: result, skipped: false), &effects)
      reply(request.timestamp, to: request.client, result, &effects)
      progressView = view
    }
    dropAnswered(request.client)
  }

  /// Drops each waiting request that the last-reply table has overtaken.
  mutating func dropAnswered(_ client: ClientID) {
    guard let last = state.replies[client] else { return }
    // Of each client only the newest waits.
    guard let index = waiting.firstIndex(where: { $0.request.client == client }),
      waiting[index].request.timestamp <= last.timestamp
    else { return }
    waiting.remove(at: index)
  }
}
