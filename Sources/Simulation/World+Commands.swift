public import PBFT

/// Commands: one door for everything that a person can do.
extension World {
  /// How long, in virtual time, `run until` goes on at most unless it is told otherwise.
  public static let patience = Duration.seconds(600)
  /// And how many events at most.
  public static let patienceInEvents = 100_000

  /// Carries out a command and returns what happened.
  ///
  /// - Throws: `Refusal` when the command makes no sense here; the world is then as it was, except after a
  ///   `run until` whose condition did not become true in time.
  public mutating func perform(_ command: Command) throws(Refusal) -> [Happening] {
    var happenings: [Happening] = []
    switch command {
    case .run(let duration):
      let end = now + duration
      while let due = nextDue, due <= end { _ = happenNext(&happenings) }
      wait(until: end)
    case .runUntil(let condition, let limit):
      try resolve(condition)
      let end = now + (limit ?? Self.patience)
      let last = limit == nil ? step + Self.patienceInEvents : .max
      while !holds(condition) {
        if step >= last { throw Self.tooManyEvents }
        guard let due = nextDue, due <= end else {
          throw Self.timedOut(nextDue == nil, limit ?? Self.patience)
        }
        _ = happenNext(&happenings)
      }
    default: try performOne(command, &happenings)
    }
    return happenings
  }

  static let tooManyEvents = Refusal(
    "the condition did not become true within \(patienceInEvents) events",
    help: "`within` gives it more")

  static func timedOut(_ isIdle: Bool, _ limit: Duration) -> Refusal {
    isIdle
      ? Refusal(
        "nothing more will happen, and the condition is not true",
        help: "a request, a timer fired by hand or a healed link would go on")
      : Refusal(
        "the condition did not become true within \(limit.microseconds / 1_000_000) s "
          + "of virtual time", help: "`within` gives it more")
  }

  /// When the next event happens.
  var nextDue: Instant? { mutating get { agenda.next()?.due } }

  /// Time passes without an event.
  mutating func wait(until instant: Instant) { now = max(now, instant) }

  /// Carries out a command that is one event.
  mutating func performOne(
    _ command: Command, _ happenings: inout [Happening]
  ) throws(Refusal) {
    if case .step = command {
      guard happenNext(&happenings) else {
        throw Refusal(
          "nothing is pending", help: "submit a request, release a message or fire a timer")
      }
      return
    }
    try check(command)
    step += 1
    happened(.command(command), &happenings)
    switch command {
    case .step, .run, .runUntil: break
    case .deliver, .drop, .duplicate, .hold, .release: performOnMessage(command, &happenings)
    case .alter(let reference, let alteration): alter(reference, alteration, &happenings)
    case .request(let client, let operation): submit(operation, by: client, &happenings)
    case .load(let interval): setLoad(interval)
    case .crash(let replica): crash(replica, &happenings)
    case .restart(let replica): restart(replica, &happenings)
    case .restartEmpty(let replica): restartEmpty(replica, &happenings)
    case .corruptState(let replica): corruptState(of: replica, &happenings)
    case .fire(let owner, let name): fireNow(owner, name, &happenings)
    case .spreadTimers(let distance): spreadTimers(by: distance, &happenings)
    case .delay, .holdLink, .cut, .lose, .heal, .partition:
      performOnLinks(command, &happenings)
    case .rule(let rule, let isOn): change(rule, isOn: isOn, command, &happenings)
    case .silence(let replica):
      misbehave(replica, .silence, command, &happenings)
    case .equivocate(let replica, let plan):
      misbehave(replica, .equivocation(plan), command, &happenings)
    case .misbehave(let replica, let misconduct):
      misbehave(replica, .misconduct(misconduct), command, &happenings)
    case .twin(let replica, let groups):
      makeTwin(replica, groups)
      happened(.fault(command), &happenings)
    case .honest(let replica):
      endTwin(replica, &happenings)
      reform(replica)
      happened(.fault(command), &happenings)
    case .misbehaveClient(let client, let misconduct):
      misconducts[client.index] = misconduct
      judge.condemn(client)
      happened(.fault(command), &happenings)
    case .honestClient(let client):
      misconducts[client.index] = nil
      happened(.fault(command), &happenings)
    case .forge(let forgery): forge(forgery, &happenings)
    }
  }

  // MARK: Clients

  mutating func submit(
    _ operation: Operation, by client: ClientID, _ happenings: inout [Happening]
  ) {
    var effects = takeScratch()
    clients[client.index].submit(operation, into: &effects)
    carryOut(&effects, of: .client(client), &happenings)
  }

  private mutating func setLoad(_ interval: Duration?) {
    agenda.cancel(loadTimer)
    load = interval.map { Load(interval: $0) }
    if let interval { agenda.set(loadTimer, .load(now + interval), due: now + interval) }
  }

  /// The next of the requests that come every so often: of each client in turn.
  mutating func loadNext(_ happenings: inout [Happening]) {
    guard var load else { return }
    let client = ClientID(load.next % clients.count)
    load.next += 1
    agenda.set(loadTimer, .load(now + load.interval), due: now + load.interval)
    self.load = load
    // A client that still waits asks for nothing more.
    guard clients[client.index].outstanding == nil else { return }
    submit(.add(key: "count", amount: 1), by: client, &happenings)
  }

  // MARK: Replicas

  private mutating func crash(_ replica: ReplicaID, _ happenings: inout [Happening]) {
    crashed[replica.index] = true
    // Both copies stop, and only one starts again.
    endTwin(replica, &happenings)
    for name in TimerName.allCases { agenda.cancel(timer(.replica(replica), name)) }
    happened(.crash(replica), &happenings)
  }

  private mutating func fireNow(
    _ owner: Principal, _ name: TimerName, _ happenings: inout [Happening]
  ) {
    if let pending = agenda.removeTimer(timer(owner, name)) {
      happen(pending, &happenings)
    } else {
      fire(owner, name, token: Replica.forcedToken, &happenings)
    }
  }

  private mutating func misbehave(
    _ replica: ReplicaID, _ order: Misbehaviour.Order, _ command: Command,
    _ happenings: inout [Happening]
  ) {
    judge.condemn(replica)
    corrupt(replica, order)
    happened(.fault(command), &happenings)
    // It may have been told enough already.
    var nothing = takeScratch()
    carryOut(&nothing, of: .replica(replica), &happenings)
  }

  private mutating func forge(_ forgery: Forgery, _ happenings: inout [Happening]) {
    judge.condemn(forgery.from)
    guard case .success(let message) = forged(forgery) else { return }
    happened(.fault(.forge(forgery)), &happenings)
    transmit(message, from: .replica(forgery.from), to: forgery.to, &happenings)
  }
}
