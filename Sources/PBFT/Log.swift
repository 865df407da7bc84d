/// The slots of a replica: a ring of L between the watermarks, so that a number finds its slot at n mod L.
///
/// A number outside, which only counts where the laboratory has taken the window away, gets a slot in the
/// overflow behind the ring, ordered by number. It moves into the ring once the window reaches it.
public struct Log: Hashable, Sendable {
  /// *h*, the last stable checkpoint.
  public private(set) var low = SequenceNumber.zero
  /// How far the window reaches above h; at most the size of the ring.
  var reach: Int
  /// The ring, and behind it the overflow.
  var slots: [Slot]
  /// *L*.
  private let ringSize: Int

  init(size: Int, reach: Int) {
    slots = Array(repeating: Slot(), count: size)
    ringSize = size
    self.reach = reach
  }

  /// *H = h + L*.
  public var high: SequenceNumber { low + reach }

  /// Whether h < n <= H (§4.2).
  @inline(__always)
  public func contains(_ n: SequenceNumber) -> Bool { n > low && n <= high }

  /// Whether a number has its place in the ring.
  @inline(__always)
  private func isInRing(_ n: SequenceNumber) -> Bool {
    n > low && n.number - low.number <= ringSize
  }

  /// What is known about a number, or nil when nothing is.
  public subscript(n: SequenceNumber) -> Slot? { find(n).map { slots[$0] } }

  /// The place of a number, or nil when nothing is known about it.
  @inline(__always)
  func find(_ n: SequenceNumber) -> Int? {
    guard n > .zero else { return nil }
    let index = isInRing(n) ? n.number % ringSize : overflowIndex(of: n)
    return index < slots.count && slots[index].sequence == n ? index : nil
  }

  /// The place of a number, made ready for it.
  ///
  /// Places in the overflow move when a number before them is added.
  @inline(__always)
  mutating func place(of n: SequenceNumber) -> Int {
    guard isInRing(n) else { return overflowPlace(of: n) }
    let index = n.number % ringSize
    if slots[index].sequence != n { slots[index].reuse(for: n) }
    return index
  }

  private mutating func overflowPlace(of n: SequenceNumber) -> Int {
    let index = overflowIndex(of: n)
    if index == slots.count || slots[index].sequence != n {
      var slot = Slot()
      slot.reuse(for: n)
      slots.insert(slot, at: index)
    }
    return index
  }

  /// Where in the overflow a number is, or belongs.
  private func overflowIndex(of n: SequenceNumber) -> Int {
    var (from, end) = (ringSize, slots.count)
    while from < end {
      let middle = (from + end) / 2
      if slots[middle].sequence < n { from = middle + 1 } else { end = middle }
    }
    return from
  }

  /// The places in use, in order of their numbers.
  var places: [Int] {
    let ring = ringNumbers.compactMap { n in
      slots[n % ringSize].sequence.number == n ? n % ringSize : nil
    }
    guard slots.count > ringSize else { return ring }
    let first = overflowIndex(of: low.next)
    return Array(ringSize..<first) + ring + Array(first..<slots.count)
  }

  /// The numbers that have their place in the ring.
  private var ringNumbers: some Sequence<Int> {
    (low.number..<(low + ringSize).number).lazy.map { $0 + 1 }
  }

  /// The slots in use, in order of their numbers.
  public var used: [Slot] { places.map { slots[$0] } }

  /// The numbers in use, in order.
  var numbers: [SequenceNumber] { places.map { slots[$0].sequence } }

  /// Discards everything up to a stable checkpoint and moves the watermarks (§4.3).
  mutating func advance(to stable: SequenceNumber) {
    guard stable > low else { return }
    for n in ringNumbers where n <= stable.number && slots[n % ringSize].sequence.number == n {
      slots[n % ringSize].reuse(for: .zero)
    }
    low = stable
    if slots.count > ringSize { migrate() }
  }

  /// What the window has passed goes, what it has reached moves into the ring.
  private mutating func migrate() {
    let overflow = Array(slots[ringSize...])
    slots.removeSubrange(ringSize...)
    for slot in overflow where slot.sequence > low {
      if isInRing(slot.sequence) {
        slots[slot.sequence.number % ringSize] = slot
      } else {
        slots.append(slot)
      }
    }
  }
}
