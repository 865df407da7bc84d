internal import PBFT

/// Long runs under a closed load, for benchmarks and searches: no happenings are kept.
extension World {
  /// Every client asks again as soon as it is answered, until so many requests have been answered and nothing
  /// but timers is left to happen.
  ///
  /// - Returns: how many messages were delivered.
  public mutating func runLoad(requests: Int) -> Int {
    var happenings: [Happening] = []
    var submitted = 0
    while submitted < min(requests, clients.count) {
      submit(Self.loadOperation(submitted), by: clients[submitted].id, &happenings)
      submitted += 1
    }
    var deliveries = 0
    while let (due, place) = agenda.next() {
      now = max(now, due)
      step += 1
      guard agenda.isMessage(place) else {
        if clients.allSatisfy({ $0.outstanding == nil }) { break }
        happen(agenda.takeNextTimer(at: place), &happenings)
        continue
      }
      let envelope = agenda.takeNextMessage(at: place)
      let to = envelope.to
      deliver(envelope, &happenings)
      deliveries += 1
      if case .client(let client) = to, submitted < requests,
        clients[client.index].outstanding == nil
      {
        submit(Self.loadOperation(submitted), by: client, &happenings)
        submitted += 1
      }
      if !happenings.isEmpty { happenings.removeAll(keepingCapacity: true) }
    }
    return deliveries
  }

  private static func loadOperation(_ number: Int) -> Operation {
    .add(key: number % 2 == 0 ? "even" : "odd", amount: 1)
  }
}
