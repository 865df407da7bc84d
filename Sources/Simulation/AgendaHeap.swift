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
/// swift-collections finds the latest as well, which nobody asks for here, and takes twice the time. The
/// spans go without checks of their bounds: every index is below the count by the conditions beside it, and
/// the checks took a third of the time.
struct AgendaHeap: Sendable {
  private var keys: [AgendaKey] = []

  var first: AgendaKey? { keys.first }

  mutating func insert(_ key: AgendaKey) {
    var hole = keys.count
    keys.append(key)
    var span = keys.mutableSpan
    while hole > 0 {
      let parent = (hole - 1) >> 2
      let parentKey = span[unchecked: parent]
      guard key < parentKey else { break }
      span[unchecked: hole] = parentKey
      hole = parent
    }
    span[unchecked: hole] = key
  }

  mutating func removeFirst() {
    guard let key = keys.popLast(), !keys.isEmpty else { return }
    var span = keys.mutableSpan
    let count = span.count
    var hole = 0
    while true {
      var child = 4 &* hole &+ 1
      guard child < count else { break }
      let end = min(child &+ 4, count)
      var least = child
      var leastKey = span[unchecked: child]
      child &+= 1
      while child < end {
        let other = span[unchecked: child]
        if other < leastKey {
          least = child
          leastKey = other
        }
        child &+= 1
      }
      guard leastKey < key else { break }
      span[unchecked: hole] = leastKey
      hole = least
    }
    span[unchecked: hole] = key
  }
}
