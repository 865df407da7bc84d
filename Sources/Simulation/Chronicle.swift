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
    /// The checkpoints that replicas took at this number.
    var checkpoints: [Execution] = []

    /// Where the agreement on this digest in this view is, added if need be.
    @inline(__always)
    mutating func agreement(_ view: View, _ digest: Digest) -> Int {
      for index in agreements.indices
      where agreements[index].view == view && agreements[index].digest == digest {
        return index
      }
      agreements.append(Agreement(view: view, digest: digest))
      return agreements.count - 1
    }

    /// Where the execution of this digest is, added if need be.
    @inline(__always)
    mutating func execution(_ digest: Digest) -> Int {
      for index in executions.indices where executions[index].digest == digest { return index }
      executions.append(Execution(digest: digest, replicas: 0))
      return executions.count - 1
    }

    /// Where the checkpoint with this digest is, added if need be.
    mutating func checkpoint(_ digest: Digest) -> Int {
      for index in checkpoints.indices where checkpoints[index].digest == digest { return index }
      checkpoints.append(Execution(digest: digest, replicas: 0))
      return checkpoints.count - 1
    }
  }

  /// A digest, and who says so: of a batch executed, or of a checkpoint taken.
  struct Execution: Equatable, Sendable {
    let digest: Digest
    var replicas: UInt16
  }

  /// Where the record of a number is kept.
  struct Place: Sendable {
    fileprivate let index: Int
  }

  /// The records from `forgotten` + 1 on; in a ring while it is forgetful.
  private var records = ChunkedList<Record>()
  /// How many numbers have been forgotten, from 1 on.
  private(set) var forgotten = 0
  /// The highest number of which there is a record.
  private(set) var last = 0
  /// Keeps no more than is needed to judge; for long runs without history.
  private let isForgetful: Bool
  private var ring: [Record] = []

  init(forgetful: Bool = false) { isForgetful = forgetful }

  /// What is known about a number, or nil.
  func record(of n: Int) -> Record? {
    guard n > forgotten, n <= last else { return nil }
    return self[Place(index: index(of: n))]
  }

  private func index(of n: Int) -> Int { isForgetful ? n % ring.count : n - 1 }

  /// The place of a number, made if need be; nil when it is forgotten, or out of all proportion.
  mutating func place(of n: Int) -> Place? {
    guard n > forgotten, n - last < 100_000 else { return nil }
    if n > last {
      if isForgetful {
        if n - forgotten > ring.count { grow(to: n - forgotten) }
      } else {
        while records.count < n { records.append(Record()) }
      }
      last = n
    }
    return Place(index: index(of: n))
  }

  subscript(place: Place) -> Record {
    // Read where it lies: a copy would hold on to three lists.
    _read {
      if isForgetful { yield ring[place.index] } else { yield records[place.index] }
    }
    _modify {
      if isForgetful { yield &ring[place.index] } else { yield &records[place.index] }
    }
  }

  private mutating func grow(to count: Int) {
    let old = ring
    ring = Array(repeating: Record(), count: max(64, 2 * count))
    guard !old.isEmpty, last > forgotten else { return }
    for n in forgotten + 1...last { ring[n % ring.count] = old[n % old.count] }
  }

  /// May forget everything up to n: every correct replica's h has passed it.
  mutating func forget(upTo n: Int) {
    guard isForgetful, n - forgotten >= 64 else { return }
    while forgotten < min(n, last) {
      forgotten += 1
      // The memory is used again.
      ring[forgotten % ring.count].agreements.removeAll(keepingCapacity: true)
      ring[forgotten % ring.count].executions.removeAll(keepingCapacity: true)
      ring[forgotten % ring.count].checkpoints.removeAll(keepingCapacity: true)
    }
  }
}

extension Chronicle: Equatable {
  /// What is known of each number is compared: how large the ring has grown, and what was forgotten and still
  /// lies in it, nobody can tell.
  static func == (one: Chronicle, other: Chronicle) -> Bool {
    guard one.isForgetful == other.isForgetful, one.forgotten == other.forgotten,
      one.last == other.last
    else { return false }
    guard one.isForgetful else { return one.records == other.records }
    return (one.forgotten..<max(one.forgotten, one.last)).allSatisfy {
      one.record(of: $0 + 1) == other.record(of: $0 + 1)
    }
  }
}
