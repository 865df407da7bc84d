internal import PBFT

/// Everything that has been scheduled: messages and timers, ordered by (instant, ticket).
///
/// What is pending lies at a place, and a heap holds keys to the places. Taking something out of turn
/// empties its place; the key left in the heap no longer fits and is passed over. Every timer has a place of
/// its own and at most one key that fits: one that is set again for later, as most are again and again,
/// keeps the key it has, and that key finds out when it comes up that it has further to go.
struct Agenda: Sendable {
  /// A copy of a message and its ticket.
  ///
  /// Zero and nil: the place is free.
  private struct Letter: Sendable {
    var ticket: Int
    var envelope: Envelope?
  }

  private struct Timer: Sendable {
    /// Zero: it is not set.
    var ticket = 0
    var pending: Upcoming?
    var due = 0
    /// The key in the heap that stands for it; ticket zero: none does.
    var key = AgendaKey(due: 0, ticket: 0, place: 0)
  }

  private var heap = AgendaHeap()
  /// The places 0 … timers.count − 1.
  private var timers: [Timer]
  /// The places from there on.
  private var letters: [Letter] = []
  private var free: [Int] = []
  private var lastTicket = 0
  private(set) var count = 0

  init(timers count: Int) { timers = Array(repeating: Timer(), count: count) }

  // MARK: Messages

  /// Adds a copy of a message.
  ///
  /// What has no due time is held.
  mutating func add(_ envelope: consuming Envelope) {
    lastTicket += 1
    count += 1
    let index = free.popLast() ?? letters.count
    if let due = envelope.due {
      heap.insert(
        AgendaKey(due: due.microseconds, ticket: lastTicket, place: timers.count + index))
    }
    if index == letters.count {
      letters.append(Letter(ticket: lastTicket, envelope: envelope))
    } else {
      letters[index] = Letter(ticket: lastTicket, envelope: envelope)
    }
  }

  /// Takes out the copy of a message that lies at a place.
  @discardableResult
  mutating func removeMessage(at place: Int) -> Envelope {
    let index = place - timers.count
    var letter = Letter(ticket: 0, envelope: nil)
    swap(&letter, &letters[index])
    guard let envelope = letter.envelope else {
      preconditionFailure("nothing is pending at place \(place)")
    }
    free.append(index)
    count -= 1
    return envelope
  }

  /// Puts another copy in the place of one; it arrives when that would have.
  mutating func replaceMessage(at place: Int, with envelope: Envelope) {
    letters[place - timers.count].envelope = envelope
  }

  // MARK: Timers

  /// Sets a timer, whether it is set already or not.
  mutating func set(_ timer: Int, _ pending: Upcoming, due: Instant) {
    cancel(timer)
    lastTicket += 1
    count += 1
    timers[timer].ticket = lastTicket
    timers[timer].pending = pending
    timers[timer].due = due.microseconds
    // A key that comes up no later than this does for it.
    if timers[timer].key.ticket == 0 || timers[timer].key.due > due.microseconds {
      insertKey(of: timer)
    }
  }

  private mutating func insertKey(of timer: Int) {
    let key = AgendaKey(due: timers[timer].due, ticket: timers[timer].ticket, place: timer)
    timers[timer].key = key
    heap.insert(key)
  }

  mutating func cancel(_ timer: Int) {
    guard timers[timer].ticket != 0 else { return }
    timers[timer].ticket = 0
    timers[timer].pending = nil
    count -= 1
  }

  /// Takes out a timer that is set, or returns nil.
  mutating func removeTimer(_ timer: Int) -> Upcoming? {
    guard timers[timer].ticket != 0 else { return nil }
    let pending = timers[timer].pending
    cancel(timer)
    return pending
  }

  // MARK: What happens next

  /// When the next thing happens, and where it lies.
  mutating func next() -> (due: Instant, place: Int)? {
    while let key = heap.first {
      let place = key.place
      if place >= timers.count {
        if letters[place - timers.count].ticket == key.ticket {
          return (Instant(microseconds: key.due), place)
        }
      } else if timers[place].key == key {
        if timers[place].ticket == key.ticket { return (Instant(microseconds: key.due), place) }
        heap.removeFirst()
        timers[place].key = AgendaKey(due: 0, ticket: 0, place: 0)
        if timers[place].ticket != 0 { insertKey(of: place) }
        continue
      }
      heap.removeFirst()
    }
    return nil
  }

  /// Whether a message lies at this place, rather than a timer.
  func isMessage(_ place: Int) -> Bool { place >= timers.count }

  /// Takes out the copy of a message that `next` has found at this place.
  mutating func takeNextMessage(at place: Int) -> Envelope {
    heap.removeFirst()
    return removeMessage(at: place)
  }

  /// Takes out the timer that `next` has found at this place.
  mutating func takeNextTimer(at place: Int) -> Upcoming? {
    heap.removeFirst()
    timers[place].key = AgendaKey(due: 0, ticket: 0, place: 0)
    return removeTimer(place)
  }

  // MARK: Everything

  /// The keys of everything pending, in the order in which it will happen; held messages last, in the order
  /// in which they were sent.
  private var keys: [AgendaKey] {
    var keys: [AgendaKey] = []
    keys.reserveCapacity(count)
    for place in timers.indices where timers[place].ticket != 0 {
      keys.append(AgendaKey(due: timers[place].due, ticket: timers[place].ticket, place: place))
    }
    for index in letters.indices where letters[index].ticket != 0 {
      let due = letters[index].envelope?.due?.microseconds ?? .max
      keys.append(
        AgendaKey(due: due, ticket: letters[index].ticket, place: timers.count + index))
    }
    keys.sort()
    return keys
  }

  /// What lies at a place, or nil.
  private func pending(at place: Int) -> Upcoming? {
    isMessage(place)
      ? letters[place - timers.count].envelope.map { .delivery($0) } : timers[place].pending
  }

  /// Everything pending with its place, in the same order.
  var all: [(place: Int, pending: Upcoming)] {
    keys.compactMap { key in pending(at: key.place).map { (key.place, $0) } }
  }

  /// What happens next, without taking it out.
  var first: Upcoming? { all.first { $0.pending.due != nil }?.pending }
}

extension Agenda: Equatable {
  /// The same things in the same order: which places they lie at, and which keys are left over in the heap,
  /// nobody can tell.
  static func == (one: Agenda, other: Agenda) -> Bool {
    guard one.count == other.count else { return false }
    return zip(one.keys, other.keys).allSatisfy {
      one.pending(at: $0.place) == other.pending(at: $1.place)
    }
  }
}

extension Agenda: Fingerprintable {
  func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(count)
    for key in keys {
      if isMessage(key.place) {
        fingerprint.combine(letters[key.place - timers.count].envelope)
      } else {
        fingerprint.combine(timers[key.place].pending)
      }
    }
  }
}
