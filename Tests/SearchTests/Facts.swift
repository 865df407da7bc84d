import PBFT
import Search
import Simulation

/// What correct replicas reached in a run, and the invariants worked out from it once more in the plainest
/// way, to be compared with the judge that folds over the happenings as they come.
struct Facts {
  private struct Reached: Hashable {
    let replica: ReplicaID
    let view: View
    let sequence: SequenceNumber
    let digest: Digest
  }

  private var prepared: Set<Reached> = []
  /// At how many replicas, at least, something was prepared when one found it committed.
  private var fewestPrepared = Int.max
  private var executed: Set<Reached> = []
  private var selections: [View: [Selection]] = [:]
  private var promises: Promises
  private(set) var viewsEntered = 0
  private(set) var executions = 0

  /// What the replicas of a walk reached that were honest throughout.
  init(_ walk: Walk) {
    promises = Promises(faulty: walk.faultyClient)
    take(
      walk.trial.happenings.filter {
        switch $0.kind {
        case .phase(let replica, _, _, _, _, _), .executedBatch(let replica, _, _),
          .view(let replica, _, _, _), .execute(let replica, _, _, _, _, _),
          .stable(let replica, _, _, _, _), .send(_, _, .replica(let replica), _, _),
          .receive(_, _, _, .replica(let replica), _), .judgedLater(let replica, _, _):
          !walk.faulty.contains(replica)
        case .request, .accept: true
        default: false
        }
      })
  }

  private mutating func take(_ happenings: [Happening]) {
    for happening in happenings {
      promises.take(happening.kind)
      switch happening.kind {
      case .phase(let replica, .prepared, let view, let n, let digest, _):
        prepared.insert(Reached(replica: replica, view: view, sequence: n, digest: digest))
      case .phase(_, .committed, let view, let n, let digest, _):
        // I2: what is committed-local at one is prepared at f + 1 by then.
        let holders = prepared.count {
          $0.view == view && $0.sequence == n && $0.digest == digest
        }
        fewestPrepared = min(fewestPrepared, holders)
      case .executedBatch(let replica, let n, let digest):
        executions += 1
        executed.insert(Reached(replica: replica, view: View(0), sequence: n, digest: digest))
      case .view(_, let view, true, let selection?):
        viewsEntered += 1
        selections[view, default: []].append(selection)
      default: break
      }
    }
  }

  /// The invariants that do not hold, in their order.
  ///
  /// All faulty replicas must have been so from the start, and what they say of themselves must not
  /// be among the facts.
  func broken(in cluster: Cluster) -> [Invariant] {
    var broken = promises.broken
    // I1: no two correct replicas have different requests prepared in one view at one number.
    for (_, same) in Dictionary(grouping: prepared, by: { [$0.view.number, $0.sequence.number] })
    where Set(same.map(\.digest)).count > 1 { broken.insert(.preparedUnique) }
    let agreed = Dictionary(
      grouping: prepared,
      by: {
        Reached(replica: ReplicaID(0), view: $0.view, sequence: $0.sequence, digest: $0.digest)
      })
    if fewestPrepared < cluster.weak { broken.insert(.committedMeansPrepared) }
    // I3: what was prepared at f + 1 is in every later new view at its number, above min-s.
    for (one, holders) in agreed where holders.count >= cluster.weak {
      for (view, entered) in selections where view > one.view {
        for selection in entered where one.sequence > selection.minS {
          if selection.rows.first(where: { $0.sequence == one.sequence })?.digest != one.digest {
            broken.insert(.committedSurvives)
          }
        }
      }
    }
    for (_, same) in Dictionary(grouping: executed, by: \.sequence)
    where Set(same.map(\.digest)).count > 1 { broken.insert(.agreement) }
    return broken.sorted { $0.rawValue < $1.rawValue }
  }
}
