/// When something happens, as the how-manieth it was scheduled, and where it lies: sixteen bytes.
struct AgendaKey: Comparable, Sendable {
  let due: Int
  /// The ticket, and below it the place in 24 bits.
  private let order: UInt64

  init(due: Int, ticket: Int, place: Int) {
    precondition(place < 1 << 24, "more than 16 million things are pending")
    self.due = due
    order = UInt64(truncatingIfNeeded: ticket) << 24 | UInt64(truncatingIfNeeded: place)
  }

  var ticket: Int { Int(truncatingIfNeeded: order >> 24) }
  var place: Int { Int(truncatingIfNeeded: order & 0xFF_FFFF) }

  /// Of two events at one instant the one scheduled first happens first.
  @inline(__always)
  static func < (one: AgendaKey, other: AgendaKey) -> Bool {
    one.due != other.due ? one.due < other.due : one.order < other.order
  }
}

/// The keys of what is scheduled, the earliest first.
///
/// Four children to a node: half as deep as a heap of two, and four keys lie in one cache line. The heap of
/// swift-collections finds the latest as well, which nobody asks for here, and takes twice the time.
struct AgendaHeap: Sendable {
  private var keys: [AgendaKey] = []

  var first: AgendaKey? { keys.first }

  mutating func insert(_ key: AgendaKey) {
    var hole = keys.count
    keys.append(key)
    var span = keys.mutableSpan
    while hole > 0 {
      let parent = (hole - 1) / 4
      guard key < span[parent] else { break }
      span[hole] = span[parent]
      hole = parent
    }
    span[hole] = key
  }

  mutating func removeFirst() {
    guard let key = keys.popLast(), !keys.isEmpty else { return }
    var span = keys.mutableSpan
    let count = span.count
    // The hole goes down to a leaf along the least children, and the key, which came from the bottom and
    // mostly belongs there, then climbs from it: fewer comparisons than asking at every level.
    var hole = 0
    var child = 1
    while child + 3 < count {
      let one = span[child] < span[child + 1] ? child : child + 1
      let other = span[child + 2] < span[child + 3] ? child + 2 : child + 3
      let least = span[one] < span[other] ? one : other
      span[hole] = span[least]
      hole = least
      child = 4 * hole + 1
    }
    while child < count {
      var least = child
      while child + 1 < count {
        child += 1
        if span[child] < span[least] { least = child }
      }
      span[hole] = span[least]
      hole = least
      child = 4 * hole + 1
    }
    while hole > 0 {
      let parent = (hole - 1) / 4
      guard key < span[parent] else { break }
      span[hole] = span[parent]
      hole = parent
    }
    span[hole] = key
  }
}
