public import PBFT

/// How many messages each request has cost: every copy that was sent for it, by kind, up to any moment.
///
/// A copy is one message to one recipient. Counted are the copies of the REQUEST itself, relayed ones among them; the
/// PRE-PREPAREs, PREPAREs and COMMITs for the digest of a batch that it is in, in whatever view and for whatever number;
/// and the REPLYs to it. CHECKPOINTs, view changes and what helps others to catch up belong to no one request, and
/// copies that the network makes were not sent.
public struct Spending: Sendable {
  private struct Sent: Sendable {
    let step: Int32
    let kind: Message.Kind
  }

  /// The messages for a digest, and those for a request by its name, in the order in which they were sent.
  private var ofDigests: [Digest: [Sent]] = [:]
  private var ofRequests: [RequestName: [Sent]] = [:]
  /// The batches that a request was seen in.
  private var batches: [RequestName: [Batch]] = [:]
  private var trail = Trail()

  public init() {}

  /// Comes to know all up to the present moment, or at most so many parts of the way there.
  ///
  /// A part takes as long as a jump to one moment; a long line is gone through between the frames of a screen.
  public mutating func follow(_ history: History, atMost parts: Int? = nil) {
    let common = trail.common(with: history)
    if latest > common { forget(after: common) }
    var trail = trail
    trail.follow(history, atMost: parts) { those in
      for happening in those { count(happening) }
    }
    self.trail = trail
  }

  /// Up to which step of the present line all is known, be it after the present moment.
  public func known(of history: History) -> Int { trail.common(with: history) }

  /// The last step at which something was counted.
  private var latest = 0

  private mutating func count(_ happening: Happening) {
    guard case .send(_, let message, _, _, _) = happening.kind else { return }
    let sent = Sent(step: Int32(clamping: happening.step), kind: message.kind)
    switch message {
    case .request(let request): ofRequests[RequestName(request), default: []].append(sent)
    case .reply(let reply):
      ofRequests[RequestName(reply.client, reply.timestamp), default: []].append(sent)
    case .prePrepare(let prePrepare, let batch):
      ofDigests[prePrepare.digest, default: []].append(sent)
      if let batch { note(batch) }
    case .prepare(let prepare): ofDigests[prepare.digest, default: []].append(sent)
    case .commit(let commit): ofDigests[commit.digest, default: []].append(sent)
    default: return
    }
    latest = happening.step
  }

  private mutating func note(_ batch: Batch) {
    for request in batch.requests {
      let name = RequestName(request)
      if batches[name]?.contains(batch) != true { batches[name, default: []].append(batch) }
    }
  }

  /// The order in which a table is walked makes no difference to what is left in it.
  private mutating func forget(after step: Int) {
    func cut(_ all: [Sent]) -> [Sent] { Array(all.prefix { Int($0.step) <= step }) }
    ofDigests = ofDigests.mapValues(cut)
    ofRequests = ofRequests.mapValues(cut)
    latest = step
  }

  /// What a request has cost up to a step of the line that has been followed.
  public func cost(of request: RequestName, upTo step: Int) -> Cost {
    var cost = Cost()
    for sent in ofRequests[request] ?? [] where sent.step <= step { cost.add(sent.kind) }
    for batch in batches[request] ?? [] {
      let votes = ofDigests[batch.digest]?.prefix { $0.step <= step } ?? []
      if !votes.isEmpty { cost.sharers = max(cost.sharers, batch.requests.count) }
      for sent in votes { cost.add(sent.kind) }
    }
    return cost
  }
}

/// So many messages, by kind.
public struct Cost: Hashable, Sendable {
  public private(set) var requests = 0
  public private(set) var prePrepares = 0
  public private(set) var prepares = 0
  public private(set) var commits = 0
  public private(set) var replies = 0
  /// How many requests the proposals and votes were for at once.
  public internal(set) var sharers = 1

  public var total: Int { requests + prePrepares + prepares + commits + replies }

  init() {}

  /// What one request costs if nothing goes wrong: it reaches the primary, which proposes it to all others; each
  /// backup sends a PREPARE and every replica a COMMIT to all others (§4.2), and every replica answers (§4.1).
  public init(ofOneRequestIn cluster: Cluster) {
    let n = cluster.replicaCount
    (requests, prePrepares, prepares) = (1, n - 1, (n - 1) * (n - 1))
    (commits, replies) = (n * (n - 1), n)
  }

  mutating func add(_ kind: Message.Kind) {
    switch kind {
    case .request: requests += 1
    case .prePrepare: prePrepares += 1
    case .prepare: prepares += 1
    case .commit: commits += 1
    case .reply: replies += 1
    default: break
    }
  }
}
