internal import HeapModule
public import PBFT

/// A copy of a message on its way.
public struct Envelope: Hashable, Sendable {
  /// Counts the copies sent in this world, from 1. Written `#31`.
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

  public var isHeld: Bool { due == nil }
}

/// A timer that is set.
public struct Alarm: Hashable, Sendable {
  public let owner: Principal
  public let name: TimerName
  public let due: Instant
  let token: Int
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

/// Everything that has been scheduled: messages and timers, ordered by (instant, ticket).
///
/// What is pending lies in a slab and the heap holds only keys. Taking something out of turn empties its
/// place; the key left in the heap no longer fits and is passed over.
struct Agenda: Sendable {
  private struct Key: Comparable {
    let due: Int
    let ticket: Int
    let place: Int

    /// Of two events at one instant the one scheduled first happens first.
    static func < (one: Key, other: Key) -> Bool {
      one.due != other.due ? one.due < other.due : one.ticket < other.ticket
    }
  }

  private struct Entry: Sendable {
    /// Zero: the place is free.
    var ticket: Int
    var pending: Upcoming
  }

  private var heap = Heap<Key>()
  private var slab: [Entry] = []
  private var free: [Int] = []
  private var lastTicket = 0
  private(set) var count = 0

  /// Adds something, and returns its place. What has no due time is held.
  @discardableResult
  mutating func add(_ pending: Upcoming) -> Int {
    lastTicket += 1
    count += 1
    let entry = Entry(ticket: lastTicket, pending: pending)
    let place: Int
    if let reused = free.popLast() {
      place = reused
      slab[place] = entry
    } else {
      place = slab.count
      slab.append(entry)
    }
    if let due = pending.due {
      heap.insert(Key(due: due.microseconds, ticket: lastTicket, place: place))
    }
    return place
  }

  /// Takes out what lies at a place.
  mutating func remove(at place: Int) -> Upcoming {
    precondition(slab[place].ticket != 0, "nothing is pending at place \(place)")
    slab[place].ticket = 0
    free.append(place)
    count -= 1
    return slab[place].pending
  }

  /// Takes out what happens next, with its place.
  mutating func popFirst() -> (pending: Upcoming, place: Int)? {
    while let key = heap.popMin() {
      guard slab[key.place].ticket == key.ticket else { continue }
      return (remove(at: key.place), key.place)
    }
    return nil
  }

  /// When the next thing happens.
  mutating func nextDue() -> Instant? {
    while let key = heap.min {
      if slab[key.place].ticket == key.ticket { return Instant(microseconds: key.due) }
      heap.removeMin()
    }
    return nil
  }

  /// Everything pending with its place, in the order in which it will happen; held messages last, in the
  /// order in which they were sent.
  var all: [(place: Int, pending: Upcoming)] {
    slab.indices.filter { slab[$0].ticket != 0 }
      .sorted { one, other in
        let a = slab[one].pending.due?.microseconds ?? .max
        let b = slab[other].pending.due?.microseconds ?? .max
        return a != b ? a < b : slab[one].ticket < slab[other].ticket
      }
      .map { ($0, slab[$0].pending) }
  }

  /// What happens next, without taking it out.
  var first: Upcoming? {
    var heap = heap
    while let key = heap.popMin() {
      if slab[key.place].ticket == key.ticket { return slab[key.place].pending }
    }
    return nil
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

/// All links, by direction. Every principal has one to every other.
struct Links: Hashable, Sendable {
  let replicaCount: Int
  let clientCount: Int
  private var states: [LinkState]
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
