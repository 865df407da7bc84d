internal import Cells
internal import PBFT
internal import Simulation

/// What the page Ladder looks at.
public struct LadderView: Sendable {
  public internal(set) var filter = LadderFilter()
  /// The selected rung; nil is the newest, whichever that is.
  public internal(set) var selected: RungPlace?
  /// The rungs around the selected one, oldest first; more than any screen shows.
  private(set) var shown: [Rung] = []
  /// Where the selected one is among them.
  private(set) var index = 0
  /// There are earlier ones than those, or later ones.
  private(set) var goesOn = (before: false, after: false)
  /// How many rungs the filter lets through, as far as they have been counted; nil without a filter.
  private(set) var count: Int?
  /// Some of what is to be shown has not been looked up yet.
  private(set) var isLookingUp = false
  private(set) var book = LadderBook()
  /// How many rungs of a piece the filter lets through, up to which step.
  private var counts: [Int: (last: Int, count: Int)] = [:]
  private var counted = LadderFilter()

  /// How many rungs are at hand before and after the selected one.
  static let reach = 120
  /// How many pieces are looked up at one input.
  static let budget = 4

  /// Looks up what is shown at the present moment.
  mutating func follow(_ history: History, inFlight: [Int: Envelope]) {
    let common = book.follow(history)
    // On another line there may be another rung at its place.
    if let place = selected, place.step > common { selected = nil }
    if counted != filter { counts = [:] }
    for place in counts.keys.sorted() where (counts[place]?.last ?? 0) > common {
      counts[place] = nil
    }
    counted = filter
    isLookingUp = false
    (shown, index, goesOn, count) = ([], 0, (false, false), filter.isActive ? 0 : nil)
    guard history.step > 0 else { return }
    var budget = Self.budget
    gather(history, &budget)
    lookForEnds(history, inFlight, &budget)
    if filter.isActive { count(history, &budget) }
    book.forget(farFrom: LadderBook.place(of: selected?.step ?? history.step))
  }

  /// A piece that is known, or may still be looked up.
  private mutating func piece(
    _ place: Int, _ history: History, _ budget: inout Int
  ) -> LadderPiece? {
    if !book.knows(place, of: history) {
      guard budget > 0 else {
        isLookingUp = true
        return nil
      }
      budget -= 1
      book.lookUp(place, of: history)
    }
    guard let piece = book.pieces[place] else { return nil }
    if filter.isActive {
      let last = min((place + 1) * LadderBook.stride, history.step)
      if counts[place]?.last != last {
        counts[place] = (
          last, piece.rungs.count { $0.place.step <= last && filter.matches($0) }
        )
      }
    }
    return piece
  }

  /// Whether it is known that the filter lets nothing of a piece through.
  private func isEmpty(_ place: Int, _ history: History) -> Bool {
    guard filter.isActive, let known = counts[place] else { return false }
    return known.count == 0 && known.last == min((place + 1) * LadderBook.stride, history.step)
  }

  private mutating func gather(_ history: History, _ budget: inout Int) {
    let end = RungPlace(step: history.step, index: .max)
    let anchor = min(selected ?? end, end)
    let filter = filter
    let (here, last) = (LadderBook.place(of: anchor.step), LadderBook.place(of: history.step))
    // One more than is kept tells that it goes on.
    var before: [Rung] = []
    for place in stride(from: here, through: 0, by: -1) where !isEmpty(place, history) {
      guard before.count <= Self.reach, let piece = piece(place, history, &budget) else { break }
      let those = piece.rungs.filter { $0.place <= anchor && filter.matches($0) }
      before = those.suffix(Self.reach + 1 - before.count) + before
    }
    var after: [Rung] = []
    for place in here...last where anchor < end && !isEmpty(place, history) {
      guard after.count <= Self.reach, let piece = piece(place, history, &budget) else { break }
      let those = piece.rungs.lazy.filter {
        $0.place > anchor && $0.place <= end && filter.matches($0)
      }
      after += those.prefix(Self.reach + 1 - after.count)
    }
    goesOn = (before.count > Self.reach, after.count > Self.reach)
    shown = before.suffix(Self.reach) + after.prefix(Self.reach)
    // Where the selected one is not shown any more, the nearest before it is taken for it.
    index = max(min(before.count, Self.reach) - 1, 0)
  }

  /// The end of what is shown may be decided long after it was sent.
  private mutating func lookForEnds(
    _ history: History, _ inFlight: [Int: Envelope], _ budget: inout Int
  ) {
    let end = LadderBook.place(of: history.step)
    // The farther from the selected one, the later.
    for rung in shown.indices.sorted(by: { abs($0 - index) < abs($1 - index) }).map({ shown[$0] }) {
      let start = LadderBook.place(of: rung.place.step)
      let own = book.pieces[start]
      for copy in rung.copies where inFlight[copy.id] == nil {
        // Mostly it is decided soon.
        if own?.decides(copy.id, upTo: history.step) ?? false { continue }
        var outcome = Outcome(fate: .onItsWay)
        for place in start...min(end, start + LadderBook.most / 2) {
          guard let piece = piece(place, history, &budget) else { break }
          piece.follow(copy, from: rung.from, upTo: history.step, &outcome)
          if outcome.fate.isLast { break }
        }
      }
    }
  }

  private mutating func count(_ history: History, _ budget: inout Int) {
    var sum = 0
    for place in 0...LadderBook.place(of: history.step) {
      let last = min((place + 1) * LadderBook.stride, history.step)
      if counts[place]?.last != last { _ = piece(place, history, &budget) }
      sum += counts[place]?.count ?? 0
    }
    count = sum
  }
}
