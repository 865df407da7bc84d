/// Execution in order and exactly once (§4.1, §4.2).
extension Replica {
  /// Executes every batch whose turn it is.
  mutating func execute(_ effects: inout [Effect]) {
    guard transfer == nil else { return }
    var executedAny = false
    while true {
      // Executed when committed-local and all lower numbers have been executed (§4.2).
      let n = lastExecuted.next
      guard n > lastExecuted, let place = log.find(n), log.slots[place].announced == .committed,
        let batch = log.slots[place].batch
      else { break }
      lastExecuted = n
      executedAny = true
      // Stable storage: what was committed is on the disk before a reply tells of it.
      write(.durableExecuted, log.slots[place].committedRecord(in: settings), &effects)
      if !log.slots[place].isExecutedEarly { execute(batch, n, &effects) }
      // A checkpoint is produced when n is divisible by K (§4.3).
      if isCheckpoint(n) { takeCheckpoint(&effects) }
    }
    if isOff(.executeInOrder) { executedAny = executeEarly(&effects) || executedAny }
    guard executedAny else { return }
    updateTimer(&effects)
    propose(&effects)
  }

  private mutating func execute(
    _ batch: Batch, _ n: SequenceNumber, _ effects: inout [Effect]
  ) {
    for index in batch.requests.indices {
      execute(batch.requests[index], n, index: index, &effects)
    }
    tell(.phases, .executedBatch(n, batch.digest), &effects)
  }

  /// Without the rule of §4.2 what is committed-local is executed at once, whatever is missing below it.
  private mutating func executeEarly(_ effects: inout [Effect]) -> Bool {
    var executedAny = false
    for n in log.numbers where n > lastExecuted {
      guard let place = log.find(n), log.slots[place].announced == .committed,
        !log.slots[place].isExecutedEarly, let batch = log.slots[place].batch
      else { continue }
      log.slots[place].isExecutedEarly = true
      executedAny = true
      execute(batch, n, &effects)
    }
    return executedAny
  }

  /// What is committed-local waits while a lower number has not been executed (§4.2): told once it does.
  func tellGap(below n: SequenceNumber, _ effects: inout [Effect]) {
    guard n > lastExecuted, transfer == nil, !isOff(.executeInOrder) else { return }
    tell(
      .details,
      .held(.refused(.executeInOrder, Values(.n, n.number, .executed, lastExecuted.number))),
      &effects)
  }

  private mutating func execute(
    _ request: Request, _ n: SequenceNumber, index: Int, _ effects: inout [Effect]
  ) {
    let (result, isSkipped) = run(request)
    tell(
      isSkipped ? .details : .executions,
      .executed(n, index: index, request, result: result, skipped: isSkipped), &effects)
    if !isSkipped { progressView = view }
    if !isSkipped || request.timestamp == state.replies[request.client]?.timestamp {
      reply(request.timestamp, to: request.client, result, &effects)
    }
    dropAnswered(request.client)
  }

  /// Runs a request, or finds its result in the last-reply table.
  mutating func run(_ request: Request) -> (result: String, isSkipped: Bool) {
    // A request at or below the last executed timestamp of its client is not run again: the stored reply
    // is sent (§4.1).
    if let last = state.replies[request.client], request.timestamp <= last.timestamp,
      !isOff(.exactlyOnce)
    {
      return (last.result, true)
    }
    let result = state.store.execute(request.operation)
    state.replies[request.client] = ReplyTable.Entry(timestamp: request.timestamp, result: result)
    return (result, false)
  }

  /// Drops each waiting request that the last-reply table has overtaken.
  mutating func dropAnswered(_ client: ClientID) {
    guard let last = state.replies[client] else { return }
    if isOff(.requestNewest) {
      waiting.removeAll {
        $0.request.client == client && $0.request.timestamp <= last.timestamp
      }
      return
    }
    // Of each client only the newest waits.
    guard let index = waiting.firstIndex(where: { $0.request.client == client }),
      waiting[index].request.timestamp <= last.timestamp
    else { return }
    waiting.remove(at: index)
  }
}
