internal import PBFT

/// What clients are promised, and what every replica promises the others: invariants of the whole service.
extension Judge {
  /// A client sends a request.
  mutating func requested(_ request: Request) {
    ledgers[request.client.index].asked(request)
  }

  /// A replica executed a request, which it had not skipped.
  mutating func executed(
    _ n: SequenceNumber, _ index: Int, _ request: Request, _ result: String, _ replica: ReplicaID
  ) -> [Violation] {
    let bit = UInt16(1) << UInt16(replica.index)
    let isCorrect = faulty & bit == 0
    let client = request.client.index
    var found: [Violation] = []
    guard client < ledgers.count else {
      if isCorrect { report(invented(n, request, replica, result), &found) }
      return found
    }
    guard let place = ledgers[client].executed(request, n, index, result, bit), isCorrect else {
      return []
    }
    // What a faulty client has signed it may have asked for, by whatever way.
    if !ledgers[client].entries[place].isAsked,
      !request.isAuthentic || !isFaulty(request.client)
    {
      report(invented(n, request, replica, result), &found)
    }
    guard ledgers[client].isIrregular else { return found }
    for other in ledgers[client].entries.indices where other != place {
      compare(client, place, other, replica, &found)
    }
    return found
  }

  /// The same request at another place, or with another result.
  @inline(__always)
  private mutating func compare(
    _ client: Int, _ place: Int, _ other: Int, _ replica: ReplicaID, _ found: inout [Violation]
  ) {
    guard ledgers[client].entries[other].sequence > .zero,
      ledgers[client].entries[other].request == ledgers[client].entries[place].request
    else { return }
    let (own, held) = (ledgers[client].entries[place], ledgers[client].entries[other])
    let bit = UInt16(1) << UInt16(replica.index)
    func witness(_ replica: ReplicaID, _ entry: Ledger.Entry) -> Violation.Witness {
      .init(replica, entry.request.digest, result: entry.result, at: entry.sequence)
    }
    // A request whose timestamp has been executed is not executed again (§4.1).
    if held.replicas & bit != 0, held.sequence != own.sequence || held.index != own.index {
      report(
        Violation(
          .exactlyOnce, own.sequence, View(0), [witness(replica, held), witness(replica, own)],
          request: RequestName(own.request)), &found)
    }
    // Replicas are deterministic and start in the same state: equal order, equal results (§3).
    if held.result != own.result, let holder = replicas(held.replicas & ~faulty).first {
      report(
        Violation(
          .oneResult, own.sequence, View(0), [witness(holder, held), witness(replica, own)],
          request: RequestName(own.request)), &found)
    }
  }

  private func invented(
    _ n: SequenceNumber, _ request: Request, _ replica: ReplicaID, _ result: String
  ) -> Violation {
    Violation(
      .onlyRequested, n, View(0), [.init(replica, request.digest, result: result, at: n)],
      request: RequestName(request))
  }

  /// A client accepted a result: a correct replica must have executed the request with it (§4.1).
  mutating func accepted(
    _ timestamp: Timestamp, _ result: String, _ client: ClientID
  ) -> [Violation] {
    let place = client.index
    guard !isFaulty(client), timestamp > ledgers[place].forgotten else { return [] }
    var said: [Violation.Witness] = []
    // Read where they lie; most often it is the last that is meant.
    for index in ledgers[place].entries.indices.reversed()
    where ledgers[place].entries[index].request.timestamp == timestamp
      && ledgers[place].entries[index].replicas & ~faulty != 0
    {
      let entry = ledgers[place].entries[index]
      if entry.result == result { return [] }
      guard let replica = replicas(entry.replicas & ~faulty).first else { continue }
      said.insert(
        .init(replica, entry.request.digest, result: entry.result, at: entry.sequence), at: 0)
    }
    var found: [Violation] = []
    report(
      Violation(
        .clientAgrees, said.first?.sequence ?? .zero, View(0), said,
        request: RequestName(client, timestamp), accepted: result), &found)
    return found
  }

  /// A replica took a checkpoint: equal at all correct ones (§4.3).
  mutating func took(
    _ n: SequenceNumber, _ digest: Digest, _ replica: ReplicaID
  ) -> [Violation] {
    guard !isFaulty(replica), let place = chronicle.place(of: n.number) else { return [] }
    let index = chronicle[place].checkpoint(digest)
    chronicle[place].checkpoints[index].replicas |= UInt16(1) << UInt16(replica.index)
    var found: [Violation] = []
    for other in chronicle[place].checkpoints where other.digest != digest {
      if let witness = replicas(other.replicas & ~faulty).first {
        report(
          Violation(
            .checkpointsEqual, n, View(0), [.init(witness, other.digest), .init(replica, digest)]),
          &found)
      }
    }
    return found
  }

  /// A replica has taken in or executed a number: it must lie within its watermarks (§4.2, §4.3).
  @inline(__always)
  mutating func uses(
    _ n: SequenceNumber, _ low: SequenceNumber, _ high: SequenceNumber, _ view: View,
    _ replica: ReplicaID
  ) -> [Violation] {
    if n > low && n <= high { return [] }
    guard !isFaulty(replica) else { return [] }
    var found: [Violation] = []
    report(
      Violation(
        .withinWindow, n, view, [.init(replica, nil)],
        window: Violation.Window(low: low, high: high)), &found)
    return found
  }
}
