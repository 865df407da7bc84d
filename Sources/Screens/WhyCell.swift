public import PBFT
public import Simulation

/// The cell of the phase grid that the window of reasons tells about.
public struct WhyCell: Hashable, Sendable {
  public internal(set) var sequence: SequenceNumber
  public internal(set) var milestone: Milestone
  /// So many rows of the reasons are scrolled away.
  public internal(set) var scroll = 0

  init(_ sequence: SequenceNumber, _ milestone: Milestone) {
    self.sequence = sequence
    self.milestone = milestone
  }

  /// What one would ask about first: the lowest number that is not executed, where it is stuck.
  init(for replica: ReplicaID, in world: World) {
    let replica = world.replicas[replica.index]
    let sequence = SequenceNumber(min(replica.lastExecuted.number + 1, replica.high.number))
    let milestone = Milestone.allCases.first { !$0.isReached(sequence, at: replica) }
    self.init(sequence, milestone ?? .executed)
  }
}

extension Milestone {
  /// Whether a number has come so far at a replica.
  func isReached(_ n: SequenceNumber, at replica: Replica) -> Bool {
    switch self {
    case .prePrepared: replica.phase(of: n) >= .prePrepared
    case .prepared: replica.phase(of: n) >= .prepared
    case .committed: replica.phase(of: n) >= .committed
    case .executed: n <= replica.lastExecuted
    }
  }
}

extension World {
  /// The numbers that one can ask a replica about: above its h, what is in use anywhere, and the next one of
  /// its own.
  ///
  /// A number that others work on may be just what it lacks.
  func askedNumbers(at id: ReplicaID) -> ClosedRange<Int> {
    let own = replicas[id.index]
    let first = own.low.number + 1
    let anywhere = replicas.compactMap(\.lastUsed).max() ?? 0
    let last = max(anywhere, own.lastUsed.map { $0 + 1 } ?? 0, own.lastExecuted.number + 1)
    return first...max(first, min(last, own.high.number))
  }
}

extension Replica {
  /// The highest number of which it holds anything.
  fileprivate var lastUsed: Int? {
    log.used.last {
      $0.prePrepare != nil || !$0.prepares.isEmpty || !$0.commits.isEmpty
    }?.sequence.number
  }
}
