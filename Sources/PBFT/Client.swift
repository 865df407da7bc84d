/// A client *c*: sends one request at a time and accepts what f + 1 replicas answer alike (§4.1).
public struct Client: Hashable, Sendable {
  public let id: ClientID
  public private(set) var settings: Settings
  public internal(set) var signer: Signer
  /// The request it waits for.
  public private(set) var outstanding: Request?
  /// The replies to it, one of each replica, in order of arrival.
  public private(set) var replies: [Reply] = []
  /// What it will ask for when the outstanding request is answered.
  public private(set) var queue: [Operation] = []
  /// The timestamp of its last request.
  public private(set) var lastTimestamp = Timestamp(0)
  /// The last request that was answered, and its result.
  public private(set) var accepted: ReplyTable.Entry?
  /// The view that it takes to be the current one.
  public private(set) var view = View(0)
  /// How often it has sent the outstanding request again.
  public private(set) var retries = 0
  private(set) var token = 0

  public init(_ id: ClientID, settings: Settings, signer: Signer) {
    self.id = id
    self.settings = settings
    self.signer = signer
  }

  public mutating func use(_ signer: Signer) { self.signer = signer }

  /// Goes by these settings from now on: the laboratory has taken a rule away, or given it back.
  public mutating func use(_ settings: Settings) { self.settings = settings }

  @inline(__always)
  private func isOff(_ rule: Rule) -> Bool { settings.rulesOff.contains(rule) }

  /// Asks for an operation: at once, or after what it has asked for before.
  public mutating func submit(_ operation: Operation, into effects: inout [Effect]) {
    queue.append(operation)
    sendNext(&effects)
  }

  private mutating func sendNext(_ effects: inout [Effect]) {
    guard outstanding == nil, !queue.isEmpty else { return }
    lastTimestamp = lastTimestamp.next
    let request = Request(queue.removeFirst(), timestamp: lastTimestamp, client: id, by: signer)
    outstanding = request
    replies.removeAll(keepingCapacity: true)
    retries = 0
    effects.append(.requested(request))
    // It sends the request to what it believes is the primary (§4.1).
    effects.append(
      .send(.request(request), to: .replica(settings.primary(of: view))))
    setTimer(&effects)
  }

  private mutating func setTimer(_ effects: inout [Effect]) {
    token += 1
    effects.append(
      .setTimer(.retry, token: token, after: settings.clientTimeout.doubled(retries)))
  }

  /// Takes one event and adds everything that follows from it.
  public mutating func step(_ event: Event, into effects: inout [Effect]) {
    switch event {
    case .receive(let message, _):
      let place = effects.count
      effects.append(.judged(.refused(.replyCurrent)))
      effects[place] = .judged(receive(message, into: &effects))
    case .timer(.retry, let token): retry(token, &effects)
    case .timer, .restart: break
    }
  }

  /// A message arrives; only a reply means anything to a client.
  ///
  /// Adds what follows to the effects, and returns what it made of the message instead of adding
  /// that too.
  public mutating func receive(_ message: Message, into effects: inout [Effect]) -> Finding {
    guard case .reply(let reply) = message else { return .refused(.replyCurrent) }
    return receive(reply, &effects)
  }

  private mutating func receive(_ reply: Reply, _ effects: inout [Effect]) -> Finding {
    guard reply.replica.index < settings.cluster.replicaCount else {
      return .refused(.knownSender, Values(.replica, reply.replica.index))
    }
    guard reply.isAuthentic || isOff(.authentic) else { return .refused(.authentic) }
    guard let request = outstanding, reply.client == id,
      reply.timestamp == request.timestamp || isOff(.replyCurrent)
    else {
      return .refused(
        .replyCurrent,
        Values(
          .timestamp, reply.timestamp.number, .lastTimestamp,
          outstanding?.timestamp.number ?? 0))
    }
    for held in replies where held.replica == reply.replica && !isOff(.oneReply) {
      return .refused(.oneReply, Values(.replica, reply.replica.index))
    }
    replies.append(reply)
    // f + 1 valid replies of different replicas with the same t and r (§4.1).
    let matching = replies.count { $0.result == reply.result }
    if matching >= settings.needs.replies {
      accept(replies.filter { $0.result == reply.result }, request, &effects)
    }
    return .accepted(.replyQuorum, Values(.have, matching, .need, settings.needs.replies))
  }

  private mutating func accept(
    _ matching: [Reply], _ request: Request, _ effects: inout [Effect]
  ) {
    let result = matching[0].result
    outstanding = nil
    accepted = ReplyTable.Entry(timestamp: request.timestamp, result: result)
    // At least one of the f + 1 is correct and has reached the lowest view among them.
    if let lowest = matching.min(by: { $0.view < $1.view }) { view = max(view, lowest.view) }
    effects.append(.stopTimer(.retry))
    effects.append(.accepted(request.timestamp, result: result, from: matching.map(\.replica)))
    sendNext(&effects)
  }

  private mutating func retry(_ token: Int, _ effects: inout [Effect]) {
    guard let request = outstanding, token == self.token || token == Replica.forcedToken else {
      effects.append(.held(.refused(.timerCurrent)))
      return
    }
    retries += 1
    guard !isOff(.rebroadcast) else {
      // It asks only whom it takes for the primary, again and again.
      effects.append(.send(.request(request), to: .replica(settings.primary(of: view))))
      setTimer(&effects)
      return
    }
    effects.append(
      .held(.accepted(.rebroadcast, Values(.timestamp, request.timestamp.number, .have, retries))))
    // It broadcasts the request to all replicas (§4.1).
    effects.append(.broadcast(.request(request)))
    setTimer(&effects)
  }
}
