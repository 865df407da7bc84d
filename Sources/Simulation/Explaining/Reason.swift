public import PBFT

/// Why something has not happened, down to what a person can change.
public struct Reason: Hashable, Sendable {
  public let fact: Fact
  /// The command that would help here; `run` where it is only a matter of time.
  public let remedy: Command?
  /// Why that is so, or what would mend it; empty where nothing lies behind it.
  public let causes: [Reason]

  public init(_ fact: Fact, remedy: Command? = nil, _ causes: [Reason] = []) {
    self.fact = fact
    self.remedy = remedy
    self.causes = causes
  }

  /// What can be done, in the order of the chain, each once.
  public var remedies: [Command] {
    var found = remedy.map { [$0] } ?? []
    for cause in causes {
      for remedy in cause.remedies where !found.contains(remedy) { found.append(remedy) }
    }
    return found
  }

  /// One link of the chain.
  public enum Fact: Hashable, Sendable {
    // Where a request has got to
    /// The client has only so many matching replies.
    case replies(ClientID, have: Int, need: Int)
    /// The primary has not received it.
    case requestMissing(RequestName, ReplicaID, View)
    /// The primary does not lead, since it is crashed, misbehaves or is elsewhere.
    case primary(ReplicaID, View, Trouble)
    /// No backup's timer runs, since none of these has received the request.
    case nobodySuspects([ReplicaID])

    // Numbers
    /// So many matching votes of this kind for a number are held at a replica.
    case votes(Message.Kind, SequenceNumber, at: ReplicaID, have: Int, need: Int)
    case notYet(ReplicaID, Milestone, SequenceNumber)
    /// It accepted another proposal at this number.
    case votedOtherwise(ReplicaID, SequenceNumber)
    /// The primary of the view has proposed nothing at this number.
    case notProposed(ReplicaID, View, SequenceNumber)
    /// The requests of a proposal are known by their digest only.
    case requestsUnknown(ReplicaID, SequenceNumber)
    /// A number waits for a lower one.
    case waitsForLower(ReplicaID, SequenceNumber, lower: SequenceNumber)
    /// The next number lies above H.
    case windowFull(ReplicaID, SequenceNumber, high: SequenceNumber)
    /// The next number lies above last executed + W.
    case flowControl(ReplicaID, SequenceNumber, executed: SequenceNumber, window: Int)
    /// A state transfer is under way.
    case transfer(ReplicaID, SequenceNumber, source: ReplicaID, attempt: Int)

    // Views
    /// A replica, mostly the primary of the view to come, holds so many VIEW-CHANGEs for it.
    case viewChanges(ReplicaID, View, isPrimary: Bool, have: Int, need: Int)
    case notAsked(ReplicaID, View)
    case elsewhere(ReplicaID, View, isActive: Bool)
    case awaitsNewView(ReplicaID, View, of: ReplicaID)
    /// Only so many replicas work in the view.
    case fewActive(View, have: Int, need: Int)

    // What lies at the end
    case message(Message.Kind, from: Principal, to: Principal, Fate)
    case down(ReplicaID)
    case misbehaves(ReplicaID, Misbehaviour.Order)
    case timer(Principal, TimerName, due: Instant)
    case noTimer(Principal, TimerName, Idleness)
    /// Nothing waits to be proposed.
    case nothingRequested
    /// What happens next, where nothing else is known.
    case next(Instant)
  }

  /// What keeps a primary from leading.
  public enum Trouble: Hashable, Sendable {
    case crashed
    case misbehaves(Misbehaviour.Order)
    /// It is in this view, or is changing to it.
    case elsewhere(View, isActive: Bool)
  }

  /// What became of a message that is missed.
  public enum Fate: Hashable, Sendable {
    case inFlight(id: Int, arrives: Instant)
    case held(id: Int)
    case heldOnLink(id: Int)
    case cut
    case lossy(percent: Int)
    /// It was sent, and is on its way no more.
    case lost
    /// It would be refused.
    case refused(Finding)
  }

  /// Why a timer does not run.
  public enum Idleness: Hashable, Sendable {
    /// A primary waits for nobody.
    case isPrimary
    case nothingWaits
    case transfers
    /// It starts with 2f + 1 VIEW-CHANGEs.
    case fewViewChanges
    /// It does not know that it lacks anything.
    case unaware
  }
}

/// How far a replica may be asked to have come with a number: a column of the grid.
public enum Milestone: UInt8, Hashable, Comparable, Sendable, CaseIterable {
  case prePrepared, prepared, committed, executed

  public var word: String {
    switch self {
    case .prePrepared: "pre-prepared"
    case .prepared: "prepared"
    case .committed: "committed"
    case .executed: "executed"
    }
  }

  public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

/// A request that a client waits for, and why.
public struct Waiting: Hashable, Sendable {
  public let request: Request
  public let reason: Reason
}

extension World {
  /// For every request that a client waits for, why it waits.
  public func progress() -> [Waiting] {
    clients.compactMap { client in
      guard let request = client.outstanding else { return nil }
      var explainer = Explainer(self)
      return Waiting(request: request, reason: explainer.whyWaits(request, client))
    }
  }

  /// Why a replica has not come so far with a number; nil where it has, or where there is no such replica
  /// or number.
  public func whyNot(
    _ milestone: Milestone, _ n: SequenceNumber, at replica: ReplicaID
  ) -> Reason? {
    guard n > .zero, replica.index < replicas.count else { return nil }
    var explainer = Explainer(self)
    guard let reason = explainer.whyNot(milestone, n, replica) else { return nil }
    return explainer.completed(reason)
  }
}
