public import PBFT

/// One thing that happened in a world: a line of the trace.
public struct Happening: Hashable, Sendable {
  /// Counts events; all happenings of one event share it.
  ///
  /// The first event is 1.
  public let step: Int
  public let time: Instant
  public let kind: Kind

  public init(step: Int, time: Instant, kind: Kind) {
    self.step = step
    self.time = time
    self.kind = kind
  }

  /// Why a copy of a message was lost.
  public enum Loss: String, Hashable, Sendable {
    /// By command.
    case dropped
    /// The link is cut.
    case cut
    /// The link loses some.
    case lossy
    /// Its recipient is crashed.
    case crashed
    /// A faulty sender keeps it back.
    case withheld
    /// The second copy of its recipient has stopped.
    case stopped
  }

  public enum Kind: Hashable, Sendable {
    /// A person's command; what follows it shares its step.
    case command(Command)
    /// A client sends a new request.
    case request(Request)
    /// A copy of a message leaves; it arrives at that instant, or is held (nil).
    case send(id: Int, Message, from: Principal, to: Principal, arrives: Instant?)
    case receive(id: Int, Message, from: Principal, to: Principal, Finding)
    /// A message kept for a later view is judged on entering it.
    case judgedLater(ReplicaID, Message, Finding)
    case drop(id: Int, Message, from: Principal, to: Principal, Loss)
    /// A copy of copy `of`.
    case duplicate(id: Int, of: Int, Message, from: Principal, to: Principal, arrives: Instant)
    case hold(id: Int, Message, from: Principal, to: Principal)
    case release(id: Int, Message, from: Principal, to: Principal, arrives: Instant)
    /// A copy on its way was altered: this message arrives in place of what was sent.
    case alter(id: Int, Message, from: Principal, to: Principal, Alteration)
    /// A rule came to hold at a replica or client.
    case rule(Principal, Finding)
    case phase(ReplicaID, Phase, View, SequenceNumber, Digest, Finding)
    case execute(
      ReplicaID, SequenceNumber, index: Int, Request, result: String, skipped: Bool)
    /// A batch is done; null requests have no `execute`.
    case executedBatch(ReplicaID, SequenceNumber, Digest)
    case accept(ClientID, Timestamp, result: String, from: [ReplicaID])
    case stable(ReplicaID, SequenceNumber, Digest, low: SequenceNumber, high: SequenceNumber)
    case transfer(ReplicaID, SequenceNumber, Digest)
    /// A replica entered a view (active, with the selection that it entered with), or began to change to it.
    case view(ReplicaID, View, active: Bool, Selection?)
    case timerSet(Principal, TimerName, for: Instant)
    case timerFired(Principal, TimerName)
    case timerStopped(Principal, TimerName)
    case crash(ReplicaID)
    case restart(ReplicaID)
    /// A replica writes to its disk what the next message that leaves it depends on.
    case write(ReplicaID, StableRecord)
    /// A link or a replica misbehaves from now on, or again as it should, as the command says.
    case fault(Command)
    case violation(Violation)
    /// What the second of two copies of a replica did; what it sends is told like any other message.
    indirect case ofTwin(Kind)

    /// What happened, whichever copy did it.
    public var ofEither: Kind { if case .ofTwin(let kind) = self { kind } else { self } }

    /// Whether a message leaves, or would have.
    var isSend: Bool {
      switch self {
      case .send, .drop, .hold: true
      default: false
      }
    }
  }
}
