/// One replica: a value that answers.
///
/// An event goes in, and everything that follows from it comes out; nothing else happens. It knows no
/// clock, no network and no chance, and does not know who is faulty.
public struct Replica: Hashable, Sendable {
  public let id: ReplicaID
  /// What all agree on; the laboratory may take rules away at any moment.
  public internal(set) var settings: Settings
  /// Its private key.
  public internal(set) var signer: Signer
  /// What it tells of itself besides what it does.
  public let tells: Tells

  /// *v*: the view it is in, or is changing to.
  public internal(set) var view = View(0)
  /// False between its VIEW-CHANGE and the NEW-VIEW.
  public internal(set) var isActive = true
  /// The view that it entered last: that of its slots and votes.
  public internal(set) var enteredView = View(0)
  /// The log between the watermarks.
  public internal(set) var log: Log
  /// The highest number executed, or taken over by state transfer.
  public internal(set) var lastExecuted = SequenceNumber.zero
  /// As primary: the highest number that has been given away in this view.
  public internal(set) var lastAssigned = SequenceNumber.zero
  /// The service's state and the last-reply table after `lastExecuted`.
  public internal(set) var state = Snapshot()
  /// The requests received and not executed, in order of receipt, the newest of each client.
  public internal(set) var waiting: [Waiting] = []

  /// The proof of the last stable checkpoint.
  public internal(set) var stable = StableProof.start
  /// As long as nothing is discarded: the proof of the latest checkpoint that is stable.
  var undiscarded: StableProof?
  /// Its own checkpoints, from the last stable one on, in order.
  public internal(set) var ownCheckpoints: [OwnCheckpoint] = []
  /// The CHECKPOINTs received above h, the own ones among them, in order of arrival.
  public internal(set) var checkpoints: [Checkpoint] = []

  /// The latest valid VIEW-CHANGE of each sender for a view to come, the own one among them, in order of
  /// arrival.
  public internal(set) var viewChanges: [ViewChange] = []
  /// The NEW-VIEW that the current view was entered with; nil in view 0.
  public internal(set) var newView: NewView?
  /// Messages of views not yet entered, in order of arrival.
  public internal(set) var future: [Message] = []
  /// The last view in which it executed a new request, from which the back-off counts.
  public internal(set) var progressView = View(0)

  /// The checkpoint that it is fetching from others.
  public internal(set) var transfer: Transfer?
  /// The view-change timer, while it runs.
  public internal(set) var viewChangeTimer: RunningTimer?
  var resendToken: Int?
  /// The timer of a primary that proposes nothing, while it runs.
  var idleToken: Int?
  var resendMark = ResendMark()
  var isBehind = false
  /// How many resend periods have passed without progress.
  var periodsInVain = 0
  var lastToken = 0

  /// A request that waits for its execution.
  public struct Waiting: Hashable, Sendable {
    public let request: Request
    /// As primary: it has a number in this view.
    public internal(set) var isAssigned: Bool
  }

  /// A checkpoint that it has taken, or taken over.
  public struct OwnCheckpoint: Hashable, Sendable {
    public let message: Checkpoint
    public let snapshot: Snapshot
    public var sequence: SequenceNumber { message.sequence }
    public var digest: Digest { message.digest }
  }

  /// A state transfer under way.
  public struct Transfer: Hashable, Sendable {
    public let sequence: SequenceNumber
    public let digest: Digest
    /// Who vouches for the digest; asked in turn.
    public let sources: [ReplicaID]
    /// Counted from zero.
    public internal(set) var attempt: Int
    public var source: ReplicaID { sources[attempt % sources.count] }
  }

  /// A view-change timer that runs, and on what.
  public struct RunningTimer: Hashable, Sendable {
    public enum Purpose: Hashable, Sendable {
      /// On the execution of this request.
      case request(Request)
      /// On the NEW-VIEW of the view that it is changing to.
      case newView
    }
    let token: Int
    public let purpose: Purpose
  }

  /// Where it was when the resend timer was set: only what is still missing then is asked for.
  struct ResendMark: Hashable, Sendable {
    var view = View(0)
    var isActive = true
    var lastExecuted = SequenceNumber.zero
    var low = SequenceNumber.zero
  }

  /// The token with which a timer fires that nobody set.
  public static let forcedToken = -1

  public init(
    _ id: ReplicaID, settings: Settings, signer: Signer, telling tells: Tells = .everything
  ) {
    precondition(
      id.index < settings.cluster.replicaCount,
      "\(id) is not one of \(settings.cluster.replicaCount) replicas")
    precondition(settings.problem == nil, settings.problem ?? "")
    self.id = id
    self.settings = settings
    self.signer = signer
    self.tells = tells
    log = Log(size: settings.logSize, reach: settings.windowSize)
  }

  public var cluster: Cluster { settings.cluster }
  var needs: Thresholds { settings.needs }
  /// The primary of its view.
  public var primary: ReplicaID { settings.primary(of: view) }
  public var isPrimary: Bool { primary == id }
  /// *h*.
  public var low: SequenceNumber { log.low }
  /// *H = h + L*.
  public var high: SequenceNumber { log.high }

  /// How far agreement on a number has come here in the current view.
  public func phase(of n: SequenceNumber) -> Phase { log[n]?.phase(in: settings) ?? .empty }

  /// Whether n may be spoken of: h < n <= H (§4.2), or any number where the window has been taken away.
  @inline(__always)
  func admits(_ n: SequenceNumber) -> Bool {
    log.contains(n)
      || (settings.isWindowOpen && n > (isOff(.withinWatermarks) ? .zero : low))
  }

  /// Signs with another key of the same owner from now on (the same world under another scheme).
  public mutating func use(_ signer: Signer) { self.signer = signer }

  /// Takes one event and adds everything that follows from it, in order.
  public mutating func step(_ event: Event, into effects: inout [Effect]) {
    switch event {
    case .receive(let message, let link):
      let place = effects.count
      effects.append(.judged(.refused(.authentic)))
      effects[place] = .judged(receive(message, over: link, into: &effects))
      return
    case .timer(.viewChange, let token): viewChangeTimerFired(token, &effects)
    case .timer(.resend, let token): resendTimerFired(token, &effects)
    case .timer(.idle, let token): idleTimerFired(token, &effects)
    case .timer(.retry, _): break
    case .restart: restart(&effects)
    }
    updateResendTimer(&effects)
    if settings.idleInterval != nil { updateIdleTimer(&effects) }
  }

  /// A message arrives over a link, by far the most frequent event: adds what follows from it to the
  /// effects, and returns what it made of the message instead of adding that too.
  public mutating func receive(
    _ message: Message, over link: Principal, into effects: inout [Effect]
  ) -> Finding {
    let finding = receive(message, link: link, &effects)
    updateResendTimer(&effects)
    if settings.idleInterval != nil { updateIdleTimer(&effects) }
    return finding
  }

  /// Takes one event and returns everything that follows from it, in order.
  public mutating func step(_ event: Event) -> [Effect] {
    var effects: [Effect] = []
    step(event, into: &effects)
    return effects
  }

  /// The index of the handlers: one for each message of the paper.
  private mutating func receive(
    _ message: Message, link: Principal, _ effects: inout [Effect]
  ) -> Finding {
    if case .replica(let sender) = message.author, sender.index >= cluster.replicaCount {
      return .refused(.knownSender, Values(.replica, sender.index))
    }
    // A message counts only if the one it names has signed it (§4.1).
    guard message.isAuthentic || isOff(.authentic) else { return .refused(.authentic) }
    switch message {
    case .request(let request): return receive(request, link: link, &effects)
    case .prePrepare(let prePrepare, let batch): return receive(prePrepare, batch, &effects)
    case .prepare(let prepare): return receive(prepare, &effects)
    case .commit(let commit): return receive(commit, &effects)
    case .checkpoint(let checkpoint): return receive(checkpoint, &effects)
    case .viewChange(let viewChange): return receive(viewChange, &effects)
    case .newView(let newView): return receive(newView, &effects)
    case .status(let status): return receive(status, &effects)
    case .fetch(let fetch): return receive(fetch, &effects)
    case .data(let data): return receive(data, &effects)
    case .reply: return .refused(.replyCurrent)
    }
  }

  /// Judges a message that was kept for the view just entered.
  mutating func judgeLater(_ message: Message, _ effects: inout [Effect]) {
    let place = effects.count
    effects.append(.judgedLater(message, .refused(.authentic)))
    let finding = receive(message, link: message.author, &effects)
    effects[place] = .judgedLater(message, finding)
  }

  /// Whether the laboratory has switched this rule off.
  @inline(__always)
  func isOff(_ rule: Rule) -> Bool { settings.rulesOff.contains(rule) }

  /// Adds an effect that nobody acts on, if it is one of those to be told.
  @inline(__always)
  func tell(_ kind: Tells, _ effect: @autoclosure () -> Effect, _ effects: inout [Effect]) {
    if tells.contains(kind) { effects.append(effect()) }
  }

  mutating func nextToken() -> Int {
    lastToken += 1
    return lastToken
  }
}
