public import PBFT

/// A world: replicas, clients, links, stable storage, clocks and chance, as one value.
///
/// A command goes in, the happenings that follow come out. The same configuration and the same commands give
/// the same happenings, byte for byte, in every process.
public struct World: Sendable {
  public let configuration: Configuration
  /// Virtual time.
  public internal(set) var now = Instant.start
  /// How many events there have been.
  public internal(set) var step = 0
  public internal(set) var replicas: [Replica]
  public internal(set) var clients: [Client]

  var agenda: Agenda
  var links: Links
  var chance: Chance
  var judge: Judge
  var lastMessageID = 0
  var crashed: [Bool]
  var disks: [StableStorage]
  var misbehaviours: [[Misbehaviour]]
  /// Bit i: replica i misbehaves now.
  var villains: UInt16 = 0
  var misconducts: [ClientMisconduct?]
  var load: Load?
  var digestLetters = ChunkedList<Digest>()
  /// Every request of each client, and every result that it has accepted, by timestamp.
  var requests: [ChunkedList<Request>]
  var acceptedResults: [ChunkedList<String>]
  var refusedRules: [RuleSet]
  /// The second copies of replicas that run as two.
  var twins: [Twin?]
  var hasTwins = false
  /// What is carried out now are the effects of a second copy.
  var actsAsTwin = false
  /// The copies that arrived last, while happenings are observed.
  var arrived = CopyMemory()
  var scratch: [Effect] = []
  /// How often each rule has accepted and refused something, as far as happenings are observed.
  public internal(set) var coverage = Coverage()

  /// What a world takes note of besides the protocol itself.
  let observation: Observation

  /// How much of a run is observed; less costs less.
  public struct Observation: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Every happening is returned, and what conditions ask about is kept.
    public static let happenings = Observation(rawValue: 1)
    /// The invariants are evaluated at every step.
    public static let invariants = Observation(rawValue: 2)
    /// Nothing is forgotten: conditions can ask about every number there ever was.
    public static let memory = Observation(rawValue: 4)

    /// What replicas write to their disks is kept, and read when they restart.
    ///
    /// In a world without it a replica restarts with all that it knew when it crashed.
    public static let storage = Observation(rawValue: 8)

    public static let everything: Observation = [.happenings, .invariants, .memory, .storage]

    /// What the replicas need to tell for it.
    var tells: Tells {
      let writes: Tells = contains(.storage) ? .writes : []
      if contains(.happenings) { return [.details, .phases, .executions, writes] }
      return contains(.invariants) ? [.phases, .executions, writes] : writes
    }
  }

  /// Requests that come every so often.
  struct Load: Hashable, Sendable {
    let interval: Duration
    var next = 0
  }

  /// A new world in which nothing has happened.
  public init(_ configuration: Configuration, observing observation: Observation = .everything) {
    precondition(configuration.problem == nil, configuration.problem ?? "")
    self.configuration = configuration
    self.observation = observation
    let settings = configuration.settings
    self.settings = settings
    let cluster = settings.cluster
    replicas = cluster.replicas.map {
      Replica(
        $0, settings: settings, signer: configuration.signer(of: .replica($0)),
        telling: observation.tells)
    }
    clients = (0..<configuration.clientCount).map {
      let id = ClientID($0)
      return Client(id, settings: settings, signer: configuration.signer(of: .client(id)))
    }
    links = Links(replicaCount: cluster.replicaCount, clientCount: configuration.clientCount)
    chance = Chance(seed: configuration.seed)
    judge = Judge(
      settings: settings, clients: configuration.clientCount,
      forgetful: !observation.contains(.memory))
    crashed = Array(repeating: false, count: cluster.replicaCount)
    disks = Array(repeating: StableStorage(), count: cluster.replicaCount)
    misbehaviours = Array(repeating: [], count: cluster.replicaCount)
    misconducts = Array(repeating: nil, count: configuration.clientCount)
    twins = Array(repeating: nil, count: cluster.replicaCount)
    // One timer for each principal and name, one for the load, and those of second copies.
    agenda = Agenda(
      timers: (2 * cluster.replicaCount + configuration.clientCount) * TimerName.count + 1)
    requests = Array(repeating: ChunkedList(), count: configuration.clientCount)
    acceptedResults = Array(repeating: ChunkedList(), count: configuration.clientCount)
    refusedRules = Array(repeating: [], count: cluster.replicaCount)
    if observation.contains(.happenings) { coverage = Coverage(of: settings) }
    if settings.idleInterval != nil { startIdling() }
  }

  /// The primary of view 0 has nothing to propose from the start, before anything has reached it.
  private mutating func startIdling() {
    var effects = takeScratch()
    var happenings: [Happening] = []
    let first = settings.primary(of: View(0))
    replicas[first.index].use(settings, into: &effects)
    carryOut(&effects, of: .replica(first), &happenings)
  }

  /// What all replicas and clients go by now; rules may have been taken away since the start.
  public internal(set) var settings: Settings
  /// The rules that are switched off now.
  public var rulesOff: RuleSet { settings.rulesOff }
  public var cluster: Cluster { configuration.settings.cluster }

  public func isCrashed(_ replica: ReplicaID) -> Bool { crashed[replica.index] }

  /// What is on a replica's disk.
  public func disk(of replica: ReplicaID) -> StableStorage { disks[replica.index] }

  /// Whether it misbehaves, or ever has.
  public func isFaulty(_ replica: ReplicaID) -> Bool { judge.isFaulty(replica) }

  /// Whether this client misbehaves, or ever has.
  ///
  /// It does not count against f: a replica defends itself against any number of clients.
  public func isFaulty(_ client: ClientID) -> Bool { judge.isFaulty(client) }

  public func misconduct(of client: ClientID) -> ClientMisconduct? { misconducts[client.index] }

  /// The misbehaviours of a replica at the moment, in the order in which they were ordered.
  public func misbehaviours(of replica: ReplicaID) -> [Misbehaviour] {
    misbehaviours[replica.index]
  }

  /// The first of them.
  public func misbehaviour(of replica: ReplicaID) -> Misbehaviour? {
    misbehaviours[replica.index].first
  }

  /// The replicas that have never misbehaved, the crashed ones among them.
  public var correct: [ReplicaID] { cluster.replicas.filter { !isFaulty($0) } }

  /// How many of f are used: replicas that are down, and those that misbehave or ever have.
  public var faultCount: Int { cluster.replicas.count { isCrashed($0) || isFaulty($0) } }

  /// The messages on their way in order of their arrival, those that are held last.
  public var inFlight: [Envelope] {
    agenda.all.compactMap { if case .delivery(let envelope) = $0.pending { envelope } else { nil } }
  }

  /// The timers that are set, in order.
  public var alarms: [Alarm] {
    agenda.all.compactMap { if case .alarm(let alarm) = $0.pending { alarm } else { nil } }
  }

  /// What happens next, or nil when nothing will by itself.
  public var next: Upcoming? { agenda.first }

  /// How often requests come by themselves, or nil.
  public var loadInterval: Duration? { load?.interval }

  /// The links that do not treat messages as they should.
  public var linkFaults: [(from: Principal, to: Principal, state: LinkState)] { links.faults }

  public var violations: [Violation] { judge.violations }

  /// The violation that says most: of agreement, where that is lost, otherwise the first.
  public var gravestViolation: Violation? {
    violations.first { $0.invariant == .agreement } ?? violations.first
  }

  /// The digests in order of their first PRE-PREPARE: a, b, ….
  public var letters: [Digest] { digestLetters.array }

  /// Signs with this scheme from now on.
  ///
  /// A replay uses the ideal one: every verdict is known already.
  mutating func use(_ scheme: Scheme) {
    var configuration = configuration
    configuration.scheme = scheme
    for index in replicas.indices {
      replicas[index].use(configuration.signer(of: .replica(replicas[index].id)))
    }
    for index in twins.indices {
      twins[index]?.replica.use(configuration.signer(of: .replica(replicas[index].id)))
    }
    for index in clients.indices {
      clients[index].use(configuration.signer(of: .client(clients[index].id)))
    }
  }

  /// A copy to keep, without the memory that is only lent from event to event.
  var snapshot: World {
    var copy = self
    copy.scratch = []
    return copy
  }

  @inline(__always)
  mutating func happened(_ kind: @autoclosure () -> Happening.Kind, _ happenings: inout [Happening])
  {
    guard observation.contains(.happenings) else { return }
    let kind = kind()
    coverage.count(kind, without: rulesOff)
    let told = actsAsTwin && !kind.isSend ? Happening.Kind.ofTwin(kind) : kind
    happenings.append(Happening(step: step, time: now, kind: told))
  }
}

extension Configuration {
  func signer(of principal: Principal) -> Signer {
    Signer(owner: principal, seed: seed, scheme: scheme)
  }
}

extension World: CustomStringConvertible, CustomReflectable {
  /// One line; the whole of a world says more than anybody wants to read.
  public var description: String {
    let views = replicas.map {
      "\($0.id) \($0.view)\($0.isActive ? "" : " changing") x\($0.lastExecuted.number)"
    }
    return "step \(step) at \(now.microseconds) us: \(views.joined(separator: ", "))"
  }

  public var customMirror: Mirror { Mirror(self, children: []) }
}
