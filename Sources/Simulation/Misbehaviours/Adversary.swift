internal import PBFT

/// The adversary in a faulty replica: it sees what the honest code wants to send and decides what really
/// leaves, for each recipient apart; it can sign only with the key that the replica holds.
protocol Adversary: Equatable, Sendable {
  /// What leaves for this recipient in place of a message; nothing withholds it.
  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing]

  /// What it sends on its own account after the replica has taken a step.
  mutating func ownMessages(of replica: Replica, at now: Instant) -> [Letter]

  /// What it answers to a message, besides what the honest code makes of it.
  func answers(to message: Message, at replica: Replica) -> [Letter]

  /// Adds what it remembers; what it was ordered to do is known without it.
  func combineMemory(into fingerprint: inout Fingerprint)
}

/// A message that leaves, after waiting this much longer than it would have.
struct Outgoing: Hashable, Sendable {
  let message: Message
  var delay = Duration(microseconds: 0)

  init(_ message: Message) { self.message = message }

  init(_ message: Message, after delay: Duration) {
    self.message = message
    self.delay = delay
  }
}

/// A message and its recipient.
typealias Letter = (message: Message, to: Principal)

extension Adversary {
  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    [Outgoing(message)]
  }

  mutating func ownMessages(of replica: Replica, at now: Instant) -> [Letter] { [] }

  func answers(to message: Message, at replica: Replica) -> [Letter] { [] }

  func combineMemory(into fingerprint: inout Fingerprint) {}

  func isEqual(to other: any Adversary) -> Bool { other as? Self == self }
}

extension Replica {
  /// Its own PRE-PREPARE in this message, with its requests: what another one proposed and it only passes on
  /// is not its to change.
  func ownProposal(in message: Message) -> (prePrepare: PrePrepare, batch: Batch?)? {
    guard case .prePrepare(let prePrepare, let batch) = message, prePrepare.replica == id else {
      return nil
    }
    return (prePrepare, batch)
  }

  /// Its own VIEW-CHANGE in this message.
  func ownViewChange(in message: Message) -> ViewChange? {
    guard case .viewChange(let viewChange) = message, viewChange.replica == id else { return nil }
    return viewChange
  }

  /// Its own NEW-VIEW in this message.
  func ownNewView(in message: Message) -> NewView? {
    guard case .newView(let newView) = message, newView.replica == id else { return nil }
    return newView
  }

  /// Whether this is a PREPARE or COMMIT of its own.
  func isOwnVote(_ message: Message) -> Bool {
    (message.kind == .prepare || message.kind == .commit) && message.author == .replica(id)
  }

  /// A message of its own with other requests.
  func proposal(_ batch: Batch, at n: SequenceNumber, in view: View) -> Message {
    .prePrepare(
      PrePrepare(view: view, sequence: n, digest: batch.digest, replica: id, by: signer), batch)
  }

  /// Whether a recipient belongs to the half of the replicas that is told otherwise.
  func isInUpperHalf(_ recipient: Principal) -> Bool {
    guard case .replica(let other) = recipient else { return false }
    return other.index > cluster.replicaCount / 2
  }

  /// An authentic request that it knows, other than these; nil if there is none.
  func otherRequest(than batch: Batch?) -> Request? {
    waiting.first { !(batch?.requests.contains($0.request) ?? false) }?.request
  }
}

extension Digest {
  /// A digest of nothing that anybody asked for.
  static let bogus = Digest(of: Encoder(tag: "bogus"))
}
