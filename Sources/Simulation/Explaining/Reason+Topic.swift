internal import PBFT

extension Reason {
  /// What a link of a chain is about, without its values.
  public enum Topic: String, Hashable, Sendable, CaseIterable {
    // Where a request has got to
    case replies, requestMissing, primaryCrashed, primaryMisbehaves, primaryElsewhere
    case nobodySuspects
    // Numbers
    case votes, notYet, votedOtherwise, notProposed, requestsUnknown, waitsForLower, windowFull
    case flowControl, transfer
    // Views
    case viewChanges, notAsked, elsewhere, awaitsNewView, fewActive
    // Messages that are missed
    case inFlight, held, heldOnLink, cut, lossy, lost, refused
    // What lies at the end
    case down, misbehaves, timer, next, nothingRequested
    case primaryRunsNoTimer, nothingWaits, fetchesState, fewViewChanges, unaware

    /// When a chain has a link of this kind, in one plain sentence.
    public var sentence: String {
      switch self {
      case .replies: "A client has fewer matching replies than it takes."
      case .requestMissing: "The primary has not received the request."
      case .primaryCrashed: "The primary of the view is crashed."
      case .primaryMisbehaves: "The primary of the view misbehaves."
      case .primaryElsewhere: "The primary of the view is in another one, or on its way to one."
      case .nobodySuspects: "No backup waits for the request, so nobody suspects the primary."
      case .votes: "A replica holds fewer matching votes than it takes."
      case .notYet: "A replica has not come so far with a number."
      case .votedOtherwise: "A replica has accepted another proposal at this number."
      case .notProposed: "The primary has proposed nothing at this number."
      case .requestsUnknown: "A replica knows only the digest of what is proposed."
      case .waitsForLower: "A committed number waits until all lower ones are executed."
      case .windowFull: "The number is above H: a checkpoint must become stable first."
      case .flowControl: "The primary runs no further ahead of what it has executed than W."
      case .transfer: "A replica fetches the state of a checkpoint."
      case .viewChanges: "A replica holds fewer VIEW-CHANGEs than a NEW-VIEW takes."
      case .notAsked: "A replica has not asked for the view."
      case .elsewhere: "A replica is in another view, or on its way to one."
      case .awaitsNewView: "A replica waits for the NEW-VIEW of the new primary."
      case .fewActive: "Fewer replicas work in the view than a quorum takes."
      case .inFlight: "A message is on its way."
      case .held: "A message is held."
      case .heldOnLink: "A link holds every message."
      case .cut: "A link is cut, and what is sent over it is lost."
      case .lossy: "A link loses some of its messages, and this one was lost."
      case .lost: "A message was sent, and is on its way no more."
      case .refused: "A message has arrived, and a rule has refused it."
      case .down: "A replica is crashed."
      case .misbehaves: "A replica misbehaves."
      case .timer: "A timer will fire."
      case .next: "Something else happens next."
      case .nothingRequested: "No request waits to be proposed."
      case .primaryRunsNoTimer: "A primary runs no view-change timer: it waits for nobody."
      case .nothingWaits: "A replica runs no view-change timer, since no request waits there."
      case .fetchesState: "A replica that fetches a state runs no view-change timer."
      case .fewViewChanges: "The wait for the NEW-VIEW has not begun: it takes 2f + 1 VIEW-CHANGEs."
      case .unaware: "A replica does not know that it lacks anything, and asks for nothing."
      }
    }
  }
}

extension Reason.Fact {
  public var topic: Reason.Topic {
    switch self {
    case .replies: .replies
    case .requestMissing: .requestMissing
    case .primary(_, _, .crashed): .primaryCrashed
    case .primary(_, _, .misbehaves): .primaryMisbehaves
    case .primary(_, _, .elsewhere): .primaryElsewhere
    case .nobodySuspects: .nobodySuspects
    case .votes: .votes
    case .notYet: .notYet
    case .votedOtherwise: .votedOtherwise
    case .notProposed: .notProposed
    case .requestsUnknown: .requestsUnknown
    case .waitsForLower: .waitsForLower
    case .windowFull: .windowFull
    case .flowControl: .flowControl
    case .transfer: .transfer
    case .viewChanges: .viewChanges
    case .notAsked: .notAsked
    case .elsewhere: .elsewhere
    case .awaitsNewView: .awaitsNewView
    case .fewActive: .fewActive
    case .message(_, _, _, let fate): fate.topic
    case .down: .down
    case .misbehaves: .misbehaves
    case .timer: .timer
    case .noTimer(_, _, let idleness): idleness.topic
    case .nothingRequested: .nothingRequested
    case .next: .next
    }
  }
}

extension Reason.Fate {
  var topic: Reason.Topic {
    switch self {
    case .inFlight: .inFlight
    case .held: .held
    case .heldOnLink: .heldOnLink
    case .cut: .cut
    case .lossy: .lossy
    case .lost: .lost
    case .refused: .refused
    }
  }
}

extension Reason.Idleness {
  var topic: Reason.Topic {
    switch self {
    case .isPrimary: .primaryRunsNoTimer
    case .nothingWaits: .nothingWaits
    case .transfers: .fetchesState
    case .fewViewChanges: .fewViewChanges
    case .unaware: .unaware
    }
  }
}
