internal import PBFT
internal import Simulation

/// Moments that are worth going to.
enum Landmark {
  /// A sequence number reaches a phase that it had reached nowhere, or a client accepts.
  case phase
  /// A view change, crash, timeout, refusal, stable checkpoint or violation.
  case event

  var word: String { self == .phase ? "new phase" : "such event" }

  /// What has been reached before, so that only the first time counts.
  struct Seen {
    private enum Reached: Hashable {
      case phase(View, SequenceNumber, Phase, Digest)
      case executed(SequenceNumber, Digest)
      case accepted(ClientID, Timestamp)
    }

    private var reached: Set<Reached> = []

    init(_ happenings: [Happening]) { _ = isNew(.phase, in: happenings) }

    /// Whether the happenings of one event make it a landmark; remembers them.
    mutating func isNew(_ kind: Landmark, in happenings: [Happening]) -> Bool {
      var isNew = false
      for happening in happenings {
        switch kind {
        case .event: isNew = isNew || Self.isEvent(happening.kind)
        case .phase:
          guard let key = Self.key(happening.kind) else { continue }
          if reached.insert(key).inserted { isNew = true }
        }
      }
      return isNew
    }

    private static func key(_ kind: Happening.Kind) -> Reached? {
      switch kind {
      case .phase(_, let phase, let view, let n, let digest, _): .phase(view, n, phase, digest)
      case .executedBatch(_, let n, let digest): .executed(n, digest)
      case .accept(let client, let timestamp, _, _): .accepted(client, timestamp)
      default: nil
      }
    }

    private static func isEvent(_ kind: Happening.Kind) -> Bool {
      switch kind {
      case .receive(_, _, _, _, let finding):
        finding.verdict == .refused && !isCourtesy(finding.rule)
      case .view, .stable, .transfer, .timerFired, .crash, .restart, .fault, .violation: true
      default: false
      }
    }

    /// What is refused in the best of worlds: it came late or twice.
    private static func isCourtesy(_ rule: Rule) -> Bool {
      switch rule {
      case .replyCurrent, .oneReply, .oneVote, .checkpointNew, .requestFresh: true
      default: false
      }
    }
  }
}
