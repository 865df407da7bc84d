internal import PBFT

/// Every kind of misbehaviour of a replica, in the order of a menu: what a primary can do, what any replica
/// can, and what the primary of a new view can.
public enum MisconductKind: String, Hashable, Sendable, CaseIterable {
  case wrongDigest = "wrong-digest"
  case secondProposal = "second-proposal"
  case repeatRequest = "repeat-request"
  case inventRequest = "invent-request"
  case skipNumber = "skip-number"
  case beyondWindow = "beyond-window"
  case censor = "censor"
  case slow = "slow"
  case wrongView = "wrong-view"

  case withhold = "withhold"
  case usurp = "usurp"
  case wrongVotes = "wrong-votes"
  case repeatVotes = "repeat-votes"
  case lieToClients = "lie-to-clients"
  case askForView = "ask-for-view"
  case hideProofs = "hide-proofs"
  case inventProofs = "invent-proofs"
  case twoFaced = "two-faced"
  case wrongCheckpoints = "wrong-checkpoints"
  case bogusState = "bogus-state"
  case forgeSender = "forge-sender"
  case byHand = "by-hand"

  case omitInNewView = "omit-in-new-view"
  case twoNewViews = "two-new-views"
  case thinNewView = "thin-new-view"

  /// In which role a replica can do it.
  public enum Role: String, Hashable, Sendable, CaseIterable {
    case primary = "as primary"
    case replica = "as any replica"
    case newPrimary = "as primary of a new view"
  }

  /// The form of what it needs to know.
  public enum ParameterForm: Hashable, Sendable {
    case none
    case message, client, time, count, view, replica
    /// One of these words, or none: then it is the first.
    case words([String])
  }

  /// The word of the language.
  public var word: String { rawValue }

  public var role: Role {
    switch self {
    case .wrongDigest, .secondProposal, .repeatRequest, .inventRequest, .skipNumber, .beyondWindow,
      .censor, .slow, .wrongView:
      .primary
    case .omitInNewView, .twoNewViews, .thinNewView: .newPrimary
    case .withhold, .usurp, .wrongVotes, .repeatVotes, .lieToClients, .askForView, .hideProofs,
      .inventProofs, .twoFaced, .wrongCheckpoints, .bogusState, .forgeSender, .byHand:
      .replica
    }
  }

  public var form: ParameterForm {
    switch self {
    case .withhold: .message
    case .censor: .client
    case .slow: .time
    case .repeatVotes: .count
    case .askForView: .view
    case .forgeSender: .replica
    case .wrongVotes: .words(WrongVotes.Part.allCases.map(\.rawValue))
    case .bogusState: .words(BogusState.Lie.allCases.map(\.rawValue))
    case .thinNewView: .words(ThinNewView.Flaw.allCases.map(\.rawValue))
    default: .none
    }
  }

  /// How often a vote can be repeated.
  public static let counts = 2...20

  /// Whether two of this kind with different parameters are two misbehaviours; otherwise the later one takes
  /// the place of the earlier.
  var adds: Bool {
    switch self {
    case .withhold, .censor, .forgeSender, .wrongVotes: true
    default: false
    }
  }
}

extension Misconduct {
  /// What comes before the adversary: who leaves a number out must see every number after it too.
  var reach: Target {
    kind == .skipNumber ? Target(to: target.recipients, views: target.views) : target
  }

  /// The adversary that does it.
  ///
  /// A parameter that does not fit was refused before.
  var adversary: any Adversary {
    switch (kind, parameter) {
    case (.wrongDigest, _): WrongDigest()
    case (.secondProposal, _): SecondProposal()
    case (.repeatRequest, _): RepeatedRequest()
    case (.inventRequest, _): InventedRequest()
    case (.skipNumber, _): SkippedNumber(numbers: target.numbers)
    case (.beyondWindow, _): BeyondWindow()
    case (.censor, .client(let client)): Censor(client: client)
    case (.slow, .time(let pause)): SlowPrimary(pause: pause)
    case (.wrongView, _): WrongView()
    case (.withhold, .message(let kind)): Withholding(kind: kind)
    case (.usurp, _): Usurper()
    case (.wrongVotes, .word(let word)):
      WrongVotes(part: WrongVotes.Part(rawValue: word) ?? .digest)
    case (.wrongVotes, _): WrongVotes(part: .digest)
    case (.repeatVotes, .count(let count)): RepeatedVotes(count: count)
    case (.lieToClients, _): LiarToClients()
    case (.askForView, .view(let view)): AskForView(view: view)
    case (.hideProofs, _): HiddenProofs()
    case (.inventProofs, _): InventedProofs()
    case (.twoFaced, _): TwoFaced(isDirected: target.recipients != nil)
    case (.wrongCheckpoints, _): WrongCheckpoints()
    case (.bogusState, .word(let word)): BogusState(lie: BogusState.Lie(rawValue: word) ?? .data)
    case (.bogusState, _): BogusState(lie: .data)
    case (.forgeSender, .replica(let name)): ForgedSender(name: name)
    case (.omitInNewView, _): OmittingNewView()
    case (.twoNewViews, _): TwoNewViews(isDirected: target.recipients != nil)
    case (.thinNewView, .word(let word)):
      ThinNewView(flaw: ThinNewView.Flaw(rawValue: word) ?? .few)
    case (.thinNewView, _): ThinNewView(flaw: .few)
    case (.byHand, _), (.censor, _), (.slow, _), (.withhold, _), (.repeatVotes, _),
      (.askForView, _), (.forgeSender, _):
      ByHand()
    }
  }
}

/// The honest code, until a person alters what leaves it.
struct ByHand: Adversary {}
