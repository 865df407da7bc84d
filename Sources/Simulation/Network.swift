public import PBFT

/// A copy of a message on its way.
public struct Envelope: Hashable, Sendable {
  /// Counts the copies sent in this world, from 1.
  ///
  /// Written `#31`.
  public let id: Int
  public let message: Message
  /// The link it travels on; who really sent it.
  public let from: Principal
  public let to: Principal
  public let sent: Instant
  /// When it will arrive; nil while it is held.
  public let due: Instant?
  /// It stays until the link is healed, not until it is released by itself.
  let heldByLink: Bool
  /// It goes to the second of two copies of its recipient.
  public internal(set) var toTwin = false

  public var isHeld: Bool { due == nil }
}

/// A timer that is set.
public struct Alarm: Hashable, Sendable {
  public let owner: Principal
  public let name: TimerName
  public let due: Instant
  let token: Int
  /// It wakes the second of two copies of its owner.
  public internal(set) var isTwin = false
}

/// What will happen next.
public enum Upcoming: Hashable, Sendable {
  case delivery(Envelope)
  case alarm(Alarm)
  /// The next of the requests that come every so often.
  case load(Instant)

  public var due: Instant? {
    switch self {
    case .delivery(let envelope): envelope.due
    case .alarm(let alarm): alarm.due
    case .load(let instant): instant
    }
  }
}

/// How one direction of one link treats what is sent over it.
public struct LinkState: Hashable, Sendable {
  /// Added to the latency.
  public var delay = Duration(microseconds: 0)
  public var isCut = false
  public var isHeld = false
  /// How many of a hundred messages are lost.
  public var lossPercent = 0

  public var isFaulty: Bool { self != LinkState() }
}

/// All links, by direction.
///
/// Every principal has one to every other.
struct Links: Hashable, Sendable {
  let replicaCount: Int
  let clientCount: Int
  private(set) var states: [LinkState]
  private(set) var areFaulty = false

  init(replicaCount: Int, clientCount: Int) {
    self.replicaCount = replicaCount
    self.clientCount = clientCount
    let ends = replicaCount + clientCount
    states = Array(repeating: LinkState(), count: ends * ends)
  }

  /// Every principal, replicas first.
  var ends: [Principal] {
    (0..<replicaCount).map { .replica(ReplicaID($0)) }
      + (0..<clientCount).map { .client(ClientID($0)) }
  }

  @inline(__always)
  func index(of principal: Principal) -> Int {
    switch principal {
    case .replica(let replica): replica.index
    case .client(let client): replicaCount + client.index
    }
  }

  subscript(from: Principal, to: Principal) -> LinkState {
    states[index(of: from) * (replicaCount + clientCount) + index(of: to)]
  }

  /// Changes every link of a pattern; returns how many there are.
  mutating func change(_ pattern: LinkPattern, _ body: (inout LinkState) -> Void) -> Int {
    var changed = 0
    for from in ends {
      for to in ends where from != to && pattern.matches(from, to) {
        body(&states[index(of: from) * ends.count + index(of: to)])
        changed += 1
      }
    }
    areFaulty = states.contains(where: \.isFaulty)
    return changed
  }

  /// The links that do not treat messages as they should, in order.
  var faults: [(from: Principal, to: Principal, state: LinkState)] {
    guard areFaulty else { return [] }
    return ends.flatMap { from in
      ends.compactMap { to in
        self[from, to].isFaulty ? (from, to, self[from, to]) : nil
      }
    }
  }
}
