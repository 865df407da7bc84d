internal import PBFT

/// What one client has asked for and what became of it, wherever it was executed.
struct Ledger: Equatable, Sendable {
  /// One execution of one request: equal at all replicas, as long as all goes well.
  struct Entry: Equatable, Sendable {
    let request: Request
    /// Whether the client has sent it, rather than somebody in its name.
    var isAsked: Bool
    /// Where it was executed: the batch, and its place in it; number zero: nowhere yet.
    var sequence = SequenceNumber.zero
    var index = 0
    var result = ""
    /// Bit i: replica i executed it there, with this result.
    var replicas: UInt16 = 0
  }

  private(set) var entries: [Entry] = []
  /// Some request has been executed at two places, with two results, or without having been asked for.
  private(set) var isIrregular = false
  /// Requests up to this timestamp may have been forgotten.
  private(set) var forgotten = Timestamp(0)

  /// The client sends a request.
  mutating func asked(_ request: Request) {
    entries.append(Entry(request: request, isAsked: true))
  }

  /// A replica executed a request; returns which entry tells so, or nil where it has been forgotten.
  mutating func executed(
    _ request: Request, _ sequence: SequenceNumber, _ index: Int, _ result: String, _ bit: UInt16
  ) -> Int? {
    var free: Int?
    var isAsked = false
    // The newest are the ones most likely meant.
    var place = entries.count - 1
    while place >= 0 {
      if entries[place].request.timestamp == request.timestamp, entries[place].request == request {
        isAsked = isAsked || entries[place].isAsked
        if entries[place].sequence == sequence, entries[place].index == index,
          entries[place].result == result
        {
          entries[place].replicas |= bit
          return place
        }
        if entries[place].sequence == .zero { free = place }
      }
      place -= 1
    }
    guard request.timestamp > forgotten else { return nil }
    if free == nil {
      entries.append(Entry(request: request, isAsked: isAsked))
      isIrregular = true
    }
    let found = free ?? entries.count - 1
    entries[found].sequence = sequence
    entries[found].index = index
    entries[found].result = result
    entries[found].replicas = bit
    return found
  }

  /// Forgets what was executed up to n, and what was asked for before that.
  mutating func forget(upTo n: Int) {
    guard
      let last = entries.lastIndex(where: { $0.sequence > .zero && $0.sequence.number <= n })
    else { return }
    for entry in entries[...last] { forgotten = max(forgotten, entry.request.timestamp) }
    entries.removeFirst(last + 1)
  }
}
