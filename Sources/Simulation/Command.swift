public import PBFT

/// What a person can do to a world: one line of the language each.
public indirect enum Command: Hashable, Sendable {
  // Time
  /// `step`: the next event happens.
  case step
  /// `run 500ms`: everything within this time happens.
  case run(Duration)
  /// `run until CONDITION [within 60s]`: until the moment at which the condition becomes true.
  case runUntil(Condition, within: Duration?)

  // One message on its way
  /// `deliver REF`: it arrives now.
  case deliver(MessageReference)
  /// `drop REF`
  case drop(MessageReference)
  /// `duplicate REF`: a second copy, with a latency of its own; of one that has arrived too.
  case duplicate(MessageReference)
  /// `hold REF`: it stays on its way until it is released.
  case hold(MessageReference)
  /// `release REF`: a held message goes on, with a new latency.
  case release(MessageReference)
  /// `alter REF view 3`: one copy on its way out of a faulty sender is changed, and signed again with its
  /// key.
  case alter(MessageReference, Alteration)

  // Clients
  /// `request alice append x a`: sent at once, or as soon as the client's earlier requests are answered.
  case request(ClientID, Operation)
  /// `load 300ms`: a request every so often, of each client in turn; `load off` (nil) ends it.
  case load(every: Duration?)

  // Replicas
  /// `crash R0`
  case crash(ReplicaID)
  /// `restart R0`: from its stable storage.
  case restart(ReplicaID)
  /// `restart R0 amnesia`: with an empty disk.
  ///
  /// It may contradict what it said before, so it counts as faulty for good.
  case restartEmpty(ReplicaID)
  /// `corrupt R0`: a value in the memory of its service changes by itself; it counts as faulty for good.
  case corruptState(ReplicaID)
  /// `fire R1 view-change`: a timer that is set runs out now; `fire R1 view-change` fires even when none
  /// is set, as a clock gone wrong would.
  case fire(Principal, TimerName)
  /// `timers spread 300ms`: the replicas' view-change timers that are set run out one after another, so much
  /// apart; `timers tie` (0): all at the same instant.
  case spreadTimers(by: Duration)

  // Links
  /// `delay R1>R2 500ms`: adds this to the latency of the link.
  case delay(LinkPattern, by: Duration)
  /// `hold R1>R2`: keeps what is sent until the link is healed.
  case holdLink(LinkPattern)
  /// `cut R1>R2`: loses what is sent.
  case cut(LinkPattern)
  /// `lose R1>R2 10%`: loses this share of what is sent.
  case lose(LinkPattern, percent: Int)
  /// `heal R1>R2`, `heal` for all: restores the link and delivers what was held.
  case heal(LinkPattern?)
  /// `partition R0 R1 alice | R2 R3`: cuts all links between the groups; who is not named joins the first.
  case partition([[Principal]])

  // Rules
  /// `rule join off`, `rule join on`: takes a rule away from all, or gives it back.
  case rule(Rule, isOn: Bool)

  // Misbehaviour
  /// `silence R2`: sends nothing and still receives.
  case silence(ReplicaID)
  /// `equivocate R0 …`: tells one half this and the other that.
  case equivocate(ReplicaID, Equivocation)
  /// `misbehave R0 withhold COMMIT to R1,R2`: besides what it does already.
  case misbehave(ReplicaID, Misconduct)
  /// `honest R2`: misbehaves no longer; stays counted as faulty.
  case honest(ReplicaID)
  /// `twin R3 R1 alice | R0 R2`: it runs as two honest copies with one key, the first for the first group,
  /// the second for the second; who is in neither talks to both, and with no groups (`twin R3`) everybody.
  case twin(ReplicaID, [[Principal]])
  /// `misbehave alice only-to R2`: a client that is faulty from now on.
  ///
  /// It does not count against f.
  case misbehaveClient(ClientID, ClientMisconduct)
  /// `honest alice`
  case honestClient(ClientID)
  /// `forge R0>R1 COMMIT v0 n1 a`
  case forge(Forgery)
}

/// How a replica equivocates.
public struct Equivocation: Hashable, Sendable {
  /// Which request it proposes to which backups: `alice/1>R1,R2 bob/1>R3`.
  ///
  /// Empty: the first two authentic requests it gets, the first for the lower half of the backups
  /// and the second for the rest.
  public struct Share: Hashable, Sendable {
    public let request: RequestName
    public let replicas: [ReplicaID]

    public init(_ request: RequestName, _ replicas: [ReplicaID]) {
      self.request = request
      self.replicas = replicas
    }
  }

  public let shares: [Share]
  /// `votes`: it also votes afterwards, to each half for what it was told.
  ///
  /// Without: silent afterwards.
  public let votes: Bool

  public init(shares: [Share] = [], votes: Bool = false) {
    self.shares = shares
    self.votes = votes
  }
}

/// A single message made up by a faulty replica for one recipient, signed with the key it holds.
public struct Forgery: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    /// `REQUEST alice/1`: a request that the replica has seen, sent again.
    case request(RequestName)
    /// `PRE-PREPARE v0 n1 alice/1`, with the requests where they are known.
    case prePrepare(View, SequenceNumber, DigestName)
    case prepare(View, SequenceNumber, DigestName)
    case commit(View, SequenceNumber, DigestName)
    /// `CHECKPOINT n5 bogus`
    case checkpoint(SequenceNumber, DigestName)
    /// `REPLY v0 alice/1 LIE`
    case reply(View, RequestName, result: String)
    /// `VIEW-CHANGE v1`: with the replica's true C and an empty P; `prepared n1 v0 a` claims a proof,
    /// signed with the only key it has.
    case viewChange(View, prepared: [ClaimedProof])
    /// `NEW-VIEW v1 from R1 R2 R3`: V is made of the VIEW-CHANGEs that it holds from these (all: empty), O
    /// is left empty with `empty`.
    case newView(View, from: [ReplicaID], emptyO: Bool)
    /// `STATUS v0`
    case status(View)
    /// `FETCH n1 a`
    case fetch(SequenceNumber, DigestName)
    /// `DATA n1 a`: with an empty batch in place of what was asked for.
    case data(SequenceNumber, DigestName)
    /// `DATA state n5`: in answer to what the recipient asks for, with a bogus state in place of it.
    case dataState(SequenceNumber)
  }

  /// A prepared certificate that a VIEW-CHANGE claims.
  public struct ClaimedProof: Hashable, Sendable {
    public let sequence: SequenceNumber
    public let view: View
    public let digest: DigestName

    public init(_ sequence: SequenceNumber, _ view: View, _ digest: DigestName) {
      self.sequence = sequence
      self.view = view
      self.digest = digest
    }
  }

  public let from: ReplicaID
  public let to: Principal
  /// How many names there are to claim: those of the largest cluster.
  public static let nameCount = Cluster.sizes.max() ?? 0

  /// `as R2`: the replica it claims to come from, or a stranger such as R9; nil is the truth.
  public let claim: ReplicaID?
  public let content: Content

  public init(from: ReplicaID, to: Principal, claim: ReplicaID? = nil, content: Content) {
    self.from = from
    self.to = to
    self.claim = claim
    self.content = content
  }
}
