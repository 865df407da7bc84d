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

extension Replica {
  /// The numbers that one can ask about: what is in use above h, and the next one.
  var askedNumbers: ClosedRange<Int> {
    let used = log.used.last {
      $0.prePrepare != nil || !$0.prepares.isEmpty || !$0.commits.isEmpty
    }
    let last = max(used?.sequence.number ?? 0, lastExecuted.number) + 1
    let first = low.number + 1
    return first...max(first, min(last, high.number))
  }
}
