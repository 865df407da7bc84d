/// The timers of a replica.
///
/// A timer is a delayed event with a token; a stale one is ignored.
public enum TimerName: UInt8, Hashable, Sendable, CaseIterable {
  /// Runs on a request at a backup, and on the NEW-VIEW during a view change (§4.4).
  case viewChange
  /// Asks again for what is missing.
  case resend
  /// A client's: sends the request to all replicas (§4.1).
  case retry
  /// Of a primary that has nothing to propose (§4.3).
  case idle

  /// How many there are.
  public static let count = allCases.count

  /// The word of the language.
  public var word: String {
    switch self {
    case .viewChange: "view-change"
    case .resend: "resend"
    case .retry: "retry"
    case .idle: "idle"
    }
  }
}

/// What can happen to a replica.
public enum Event: Sendable {
  /// A message arrives over the link from `link`, whoever it claims to come from.
  case receive(Message, link: Principal)
  /// A timer runs out.
  case timer(TimerName, token: Int)
  /// It starts again, from what is left of it.
  case restart
}

/// How far agreement on one sequence number has come at one replica (§4.2).
public enum Phase: UInt8, Hashable, Comparable, Sendable {
  case empty
  case prePrepared
  case prepared
  case committed

  public var word: String {
    switch self {
    case .empty: "empty"
    case .prePrepared: "pre-prepared"
    case .prepared: "prepared"
    case .committed: "committed"
    }
  }

  @inlinable public static func < (one: Self, other: Self) -> Bool {
    one.rawValue < other.rawValue
  }
}

/// What a replica tells of itself besides what it does: the effects that only an observer asks for.
///
/// Those that are rare are always told.
public struct Tells: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Each rule that came to hold.
  public static let details = Tells(rawValue: 1)
  /// Each phase that a number reached, and each batch executed.
  public static let phases = Tells(rawValue: 2)
  /// Each request executed, with its result.
  public static let executions = Tells(rawValue: 4)
  /// What it writes to its disk before which message.
  public static let writes = Tells(rawValue: 8)

  public static let everything: Tells = [.details, .phases, .executions, .writes]
}

/// What follows from an event, in order.
///
/// The replica itself does nothing but answer.
public enum Effect: Hashable, Sendable {
  /// What it made of the message received: exactly one for each, and the first that follows from it.
  case judged(Finding)
  /// What it made, on entering a view, of a message that it had kept for it.
  case judgedLater(Message, Finding)
  /// A rule that came to hold: a quorum reached, a timer's reason.
  case held(Finding)
  case broadcast(Message)
  case send(Message, to: Principal)
  /// It is on its disk before anything that comes after this leaves.
  case write(StableRecord)
  /// Wake it with this token after this long; the world adds the random part.
  case setTimer(TimerName, token: Int, after: Duration)
  /// The timer of this name no longer runs.
  case stopTimer(TimerName)
  /// A sequence number reached a phase. The finding is the tally.
  case phase(Phase, View, SequenceNumber, Digest, Finding)
  /// A request of the batch at n was executed, or skipped because it had been before.
  case executed(SequenceNumber, index: Int, Request, result: String, skipped: Bool)
  /// The whole batch at n is done (a null request too).
  case executedBatch(SequenceNumber, Digest)
  /// The checkpoint at n is stable; h = n.
  case stable(SequenceNumber, Digest)
  /// It took over the state of the checkpoint at n from others.
  case transferred(SequenceNumber, Digest)
  /// It entered the view with this O, or left its view for it.
  case enteredView(View, Selection)
  case changingView(View)
  /// A client accepted a result from these replicas.
  case accepted(Timestamp, result: String, from: [ReplicaID])
  /// A client sent a new request.
  case requested(Request)
}
