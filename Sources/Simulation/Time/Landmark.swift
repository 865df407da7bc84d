public import PBFT

/// Moments that are worth going to.
public enum Landmark: Hashable, Sendable {
  /// A number reaches a phase that it had reached nowhere, is executed for the first time, or a client
  /// accepts.
  case phase
  /// Any of the following.
  case event
  /// A replica is the first to enter a view.
  case view
  /// A rule refuses a message; not one that is merely late or comes twice.
  case refusal
  /// An invariant is violated.
  case violation
  /// A checkpoint becomes stable, or a state is taken over.
  case checkpoint
  /// Something is broken or mended by hand: replicas, links, rules.
  case fault
  /// A view-change timer runs out.
  case timeout
  /// Something happens at this replica.
  case at(ReplicaID)
  /// A note is attached.
  case note

  /// Those that name no replica, in the order in which they are offered.
  public static let general: [Landmark] = [
    .phase, .event, .view, .refusal, .violation, .checkpoint, .fault, .timeout, .note,
  ]

  /// The word for it: `next view`.
  public var word: String {
    switch self {
    case .phase: "phase"
    case .event: "event"
    case .view: "view"
    case .refusal: "refusal"
    case .violation: "violation"
    case .checkpoint: "checkpoint"
    case .fault: "fault"
    case .timeout: "timeout"
    case .at(let replica): "at \(replica)"
    case .note: "note"
    }
  }
}

/// What happened at one step, in a few bits: enough to find it again and to paint it on a line of time.
public struct StepMarks: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32

  public init(rawValue: UInt32) { self.rawValue = rawValue }

  public static let phase = StepMarks(rawValue: 1)
  /// A replica is the first to enter a view.
  public static let view = StepMarks(rawValue: 2)
  /// A replica enters a view, or begins to change to one.
  public static let viewChange = StepMarks(rawValue: 4)
  public static let refusal = StepMarks(rawValue: 8)
  public static let violation = StepMarks(rawValue: 16)
  /// A checkpoint becomes stable.
  public static let checkpoint = StepMarks(rawValue: 32)
  public static let fault = StepMarks(rawValue: 64)
  public static let timeout = StepMarks(rawValue: 128)
  /// Some other timer runs out.
  public static let timer = StepMarks(rawValue: 256)
  /// A state is taken over.
  public static let transfer = StepMarks(rawValue: 512)

  private static let event: StepMarks = [
    .viewChange, .refusal, .violation, .checkpoint, .fault, .timeout, .timer, .transfer,
  ]
  /// Bit 16 + i: something happened at replica i.
  private static let firstReplica: UInt32 = 16

  /// Whether this is such a moment; notes are not kept here.
  func isLandmark(_ landmark: Landmark) -> Bool { !isDisjoint(with: Self.of(landmark)) }

  /// The marks of which one is enough; none for notes.
  static func of(_ landmark: Landmark) -> StepMarks {
    switch landmark {
    case .phase: .phase
    case .event: event
    case .view: .view
    case .refusal: .refusal
    case .violation: .violation
    case .checkpoint: [.checkpoint, .transfer]
    case .fault: .fault
    case .timeout: .timeout
    case .at(let replica): StepMarks(rawValue: 1 << (firstReplica + UInt32(replica.index)))
    case .note: []
    }
  }

  /// The marks of what has just happened in this world.
  init(_ happenings: [Happening], in world: World) {
    var marks: StepMarks = []
    for happening in happenings {
      let kind = happening.kind.ofEither
      marks.formUnion(Self.marks(kind, in: world))
      if let replica = Self.place(kind) {
        marks.formUnion(StepMarks(rawValue: 1 << (Self.firstReplica + UInt32(replica.index))))
      }
    }
    self = marks
  }

  private static func marks(_ kind: Happening.Kind, in world: World) -> StepMarks {
    switch kind {
    case .phase(let replica, let phase, let view, let n, let digest, _):
      world.isFirst(replica, phase, view, n, digest) ? .phase : []
    case .executedBatch(let replica, let n, let digest):
      world.isFirst(replica, toExecute: digest, at: n) ? .phase : []
    case .accept: .phase
    case .view(let replica, let view, let isActive, _):
      isActive && world.isFirst(replica, in: view) ? [.view, .viewChange] : .viewChange
    case .receive(_, _, _, _, let finding), .judgedLater(_, _, let finding):
      finding.verdict == .refused && !finding.rule.isCourtesy ? .refusal : []
    case .violation: .violation
    case .stable: .checkpoint
    case .transfer: .transfer
    case .crash, .restart, .fault: .fault
    case .timerFired(_, let name): name == .viewChange ? .timeout : .timer
    default: []
    }
  }

  /// The replica at which something happened.
  private static func place(_ kind: Happening.Kind) -> ReplicaID? {
    switch kind {
    case .receive(_, _, _, .replica(let replica), _), .judgedLater(let replica, _, _),
      .timerFired(.replica(let replica), _), .crash(let replica), .restart(let replica),
      .phase(let replica, _, _, _, _, _), .executedBatch(let replica, _, _),
      .stable(let replica, _, _, _, _), .transfer(let replica, _, _),
      .view(let replica, _, _, _):
      replica
    case .fault(let command): command.replica
    default: nil
    }
  }
}

extension Rule {
  /// Whether it refuses also in the best of worlds, what came late or twice.
  public var isCourtesy: Bool {
    switch self {
    case .replyCurrent, .oneReply, .oneVote, .checkpointNew, .requestFresh: true
    default: false
    }
  }
}

extension Command {
  /// The replica that is made to misbehave, or to be honest again.
  fileprivate var replica: ReplicaID? {
    switch self {
    case .silence(let replica), .equivocate(let replica, _), .misbehave(let replica, _),
      .honest(let replica), .twin(let replica, _), .restartEmpty(let replica),
      .corruptState(let replica):
      replica
    case .forge(let forgery): forgery.from
    default: nil
    }
  }
}

extension World {
  /// The highest view that a replica is in.
  var latestView: View { replicas.filter(\.isActive).map(\.view).max() ?? View(0) }

  /// Whether no other replica has been in this phase for this digest in this view.
  fileprivate func isFirst(
    _ replica: ReplicaID, _ phase: Phase, _ view: View, _ n: SequenceNumber, _ digest: Digest
  ) -> Bool {
    let others = ~(UInt16(1) << UInt16(replica.index))
    let agreements = judge.chronicle.record(of: n.number)?.agreements ?? []
    return !agreements.contains {
      $0.view == view && $0.digest == digest && $0.mask(phase) & others != 0
    }
  }

  fileprivate func isFirst(
    _ replica: ReplicaID, toExecute digest: Digest, at n: SequenceNumber
  ) -> Bool {
    let others = ~(UInt16(1) << UInt16(replica.index))
    let executions = judge.chronicle.record(of: n.number)?.executions ?? []
    return !executions.contains { $0.digest == digest && $0.replicas & others != 0 }
  }

  /// Whether no other replica is in this view or a later one.
  fileprivate func isFirst(_ replica: ReplicaID, in view: View) -> Bool {
    !replicas.contains {
      $0.id != replica && ($0.view > view || ($0.view == view && $0.isActive))
    }
  }
}
