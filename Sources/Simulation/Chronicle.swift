internal import PBFT

/// What was ever reached at each sequence number, by whom: the facts that invariants and conditions rest
/// on, whatever the replicas have discarded since.
struct Chronicle: Sendable {
  /// Everything about one digest in one view at one number.
  struct Agreement: Equatable, Sendable {
    let view: View
    let digest: Digest
    /// Bit i: replica i has reached the phase, pre-prepared first.
    var reached: (prePrepared: UInt16, prepared: UInt16, committed: UInt16) = (0, 0, 0)

    static func == (one: Self, other: Self) -> Bool {
      one.view == other.view && one.digest == other.digest && one.reached == other.reached
    }

    func mask(_ phase: Phase) -> UInt16 {
      switch phase {
      case .empty: 0
      case .prePrepared: reached.prePrepared
      case .prepared: reached.prepared
      case .committed: reached.committed
      }
    }
  }

  /// Everything about one number.
  struct Record: Equatable, Sendable {
    var agreements: [Agreement] = []
    var executions: [Execution] = []
  }

  struct Execution: Equatable, Sendable {
    let digest: Digest
    var replicas: UInt16
  }

  private var records = ChunkedList<Record>()
  /// How many numbers have been forgotten, from 1 on.
  private(set) var forgotten = 0
  /// Keeps no more than is needed to judge; for long runs without history.
  var isForgetful = false
  private var ring: [Record] = []

  init(forgetful: Bool = false) { isForgetful = forgetful }

  var last: Int { forgotten + (isForgetful ? ring.count : records.count) }

  subscript(n: Int) -> Record? {
    guard n > forgotten, n <= last else { return nil }
    return isForgetful ? ring[n - forgotten - 1] : records[n - 1]
  }

  /// Changes the record of a number, made if need be.
  mutating func change<Result>(_ n: Int, _ body: (inout Record) -> Result) -> Result? {
    guard n > forgotten, n - last < 100_000 else { return nil }
    if isForgetful {
      while ring.count < n - forgotten { ring.append(Record()) }
      return body(&ring[n - forgotten - 1])
    }
    while records.count < n { records.append(Record()) }
    return body(&records[n - 1])
  }

  /// May forget everything up to n: every correct replica's h has passed it.
  mutating func forget(upTo n: Int) {
    guard isForgetful, n - forgotten >= 64 else { return }
    let dropped = min(n - forgotten, ring.count)
    ring.removeFirst(dropped)
    forgotten += dropped
  }
}
