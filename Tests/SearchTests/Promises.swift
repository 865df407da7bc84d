import PBFT
import Simulation

/// The invariants of the whole service, worked out once more in the plainest way from what happened.
struct Promises {
  private struct Execution {
    let replica: ReplicaID
    let sequence: SequenceNumber
    let index: Int
    let request: Request
    let result: String
  }

  private var requested: [Request] = []
  private var executions: [Execution] = []
  private var checkpoints: [SequenceNumber: Set<Digest>] = [:]
  private var windows: [ReplicaID: ClosedRange<Int>] = [:]
  private(set) var broken: Set<Invariant> = []
  /// The client to which nothing is promised, and which may sign what it has never asked for.
  private let faulty: ClientID?

  init(faulty: ClientID?) { self.faulty = faulty }

  mutating func take(_ kind: Happening.Kind) {
    switch kind {
    case .request(let request): requested.append(request)
    case .execute(let replica, let n, let index, let request, let result, false):
      execute(
        Execution(replica: replica, sequence: n, index: index, request: request, result: result))
    case .send(_, .checkpoint(let checkpoint), let from, _, _)
    where from == .replica(checkpoint.replica):
      checkpoints[checkpoint.sequence, default: []].insert(checkpoint.digest)
      if checkpoints[checkpoint.sequence]?.count ?? 0 > 1 { broken.insert(.checkpointsEqual) }
    case .stable(let replica, _, _, let low, let high):
      windows[replica] = low.number + 1...high.number
    case .receive(_, let message, _, .replica(let replica), let finding):
      takeIn(message, finding, at: replica)
    case .executedBatch(let replica, let n, _):
      if let window = windows[replica], n.number > window.upperBound {
        broken.insert(.withinWindow)
      }
    case .accept(let client, let timestamp, let result, _) where client != faulty:
      let isAgreed = executions.contains {
        $0.request.client == client && $0.request.timestamp == timestamp && $0.result == result
      }
      if !isAgreed { broken.insert(.clientAgrees) }
    default: break
    }
  }

  private mutating func execute(_ execution: Execution) {
    let request = execution.request
    let isAsked =
      requested.contains { $0 == request } || (request.client == faulty && request.isAuthentic)
    if !isAsked { broken.insert(.onlyRequested) }
    for other in executions where other.request == execution.request {
      if other.result != execution.result { broken.insert(.oneResult) }
      if other.replica == execution.replica,
        other.sequence != execution.sequence || other.index != execution.index
      {
        broken.insert(.exactlyOnce)
      }
    }
    executions.append(execution)
  }

  private mutating func takeIn(_ message: Message, _ finding: Finding, at replica: ReplicaID) {
    guard [.prePrepare, .prepare, .commit].contains(message.kind), finding.verdict != .refused,
      finding.rule != .higherViewKept, let n = message.sequence, let window = windows[replica]
    else { return }
    if !window.contains(n.number) { broken.insert(.withinWindow) }
  }
}
