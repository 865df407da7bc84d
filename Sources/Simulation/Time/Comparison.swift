public import PBFT

/// Two moments side by side: what is the same, and what differs.
public struct Comparison: Hashable, Sendable {
  /// The moments on their lines.
  public let left: Moment
  public let right: Moment
  /// The last step that both lines have in common.
  public let parting: Int
  public let summaries: Side<BranchSummary>
  /// The digests that are named a, b, … at each of them.
  public let letters: Side<[Digest]>
  /// By replica, in order.
  public let replicas: [Side<ReplicaFacts>]
  /// By client, in order.
  public let clients: [Side<ClientFacts>]

  /// The same thing at both moments.
  public struct Side<Facts: Hashable & Sendable>: Hashable, Sendable {
    public let left: Facts
    public let right: Facts

    /// Whether it differs in this.
    public func differs<Value: Equatable>(_ fact: (Facts) -> Value) -> Bool {
      fact(left) != fact(right)
    }
  }

  /// Two moments of a history.
  public init(_ history: History, _ left: Moment, _ right: Moment) {
    (self.left, self.right) = (left, right)
    parting = history.lastCommonStep(left.branch, right.branch)
    let (one, other) = (history.world(at: left), history.world(at: right))
    summaries = Side(left: BranchSummary(one), right: BranchSummary(other))
    letters = Side(left: one.letters, right: other.letters)
    replicas = zip(one.replicas, other.replicas).map {
      Side(left: ReplicaFacts($0, in: one), right: ReplicaFacts($1, in: other))
    }
    clients = zip(one.clients, other.clients).map {
      Side(left: ClientFacts($0), right: ClientFacts($1))
    }
  }

  /// The moments so many steps after two branches parted, or at their ends, whichever comes first.
  ///
  /// Nil steps are at their ends.
  public static func moments(
    _ history: History, branches left: Int, _ right: Int, after steps: Int?
  ) -> (left: Moment, right: Moment) {
    let parting = history.lastCommonStep(left, right)
    func moment(_ branch: Int) -> Moment {
      let end = history.branches[branch].end
      return Moment(
        branch: branch, step: steps.map { parting + min(max($0, 0), end - parting) } ?? end)
    }
    return (moment(left), moment(right))
  }

  /// Whether nothing that is compared differs.
  public var isEqual: Bool {
    summaries.left == summaries.right && replicas.allSatisfy { $0.left == $0.right }
      && clients.allSatisfy { $0.left == $0.right }
  }
}

/// What is compared of a replica.
public struct ReplicaFacts: Hashable, Sendable {
  public let id: ReplicaID
  public let isCrashed: Bool
  public let isFaulty: Bool
  /// Whether it leads the view that it is in.
  public let leads: Bool
  public let view: View
  /// Whether it is in its view; otherwise it is changing to it.
  public let isActive: Bool
  public let executed: SequenceNumber
  public let low: SequenceNumber
  public let high: SequenceNumber
  public let stable: SequenceNumber
  /// The numbers with a proposal, in order.
  public let numbers: [Number]
  public let values: [Entry]
  /// Of all that it would answer clients with.
  public let state: Digest

  /// How far a number has come.
  public struct Number: Hashable, Sendable {
    public let sequence: SequenceNumber
    public let digest: Digest
    public let phase: Phase
    public let isExecuted: Bool
  }

  /// A key and its value.
  public struct Entry: Hashable, Sendable {
    public let key: String
    public let value: String
  }

  init(_ replica: Replica, in world: World) {
    id = replica.id
    isCrashed = world.isCrashed(id)
    isFaulty = world.isFaulty(id)
    leads = replica.isPrimary && replica.isActive && !isCrashed
    view = replica.view
    isActive = replica.isActive
    executed = replica.lastExecuted
    low = replica.low
    high = replica.high
    stable = replica.stable.sequence
    numbers = replica.log.used.compactMap { slot in
      slot.prePrepare.map {
        Number(
          sequence: slot.sequence, digest: $0.digest, phase: slot.phase(in: world.settings),
          isExecuted: slot.sequence <= replica.lastExecuted)
      }
    }
    values = replica.state.store.entries.map { Entry(key: $0.key, value: $0.value) }
    state = replica.state.digest
  }
}

/// What is compared of a client.
public struct ClientFacts: Hashable, Sendable {
  public let id: ClientID
  /// The request that it waits for.
  public let outstanding: Request?
  /// How often it has been sent again.
  public let retries: Int
  /// The last request with a result, and the result.
  public let accepted: Timestamp?
  public let result: String?
  /// How many requests wait behind it.
  public let queued: Int

  init(_ client: Client) {
    id = client.id
    outstanding = client.outstanding
    retries = client.retries
    accepted = client.accepted?.timestamp
    result = client.accepted?.result
    queued = client.queue.count
  }
}
