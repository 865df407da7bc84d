internal import PBFT

/// How far the line of events up to the present moment of a history has been gone through.
///
/// What is found out by going along a line is kept, as far as the line stays the same.
public struct Trail: Sendable {
  /// Each stretch by the lasting number of its branch.
  private var known: [(id: Int, first: Int, last: Int)] = []

  public init() {}

  /// Turns to the present line, also after the present moment; returns the last step that was of it before.
  ///
  /// For those who look up parts of a line where they need them.
  public mutating func turn(to history: History) -> Int {
    let line = line(of: history)
    defer { known = line }
    return common(with: line)
  }

  /// The last step up to which what has been gone through is of the present line.
  func common(with history: History) -> Int { common(with: line(of: history)) }

  /// Goes through what is new up to the present moment, step by step; at most so many parts of it, as long as the
  /// strides between snapshots.
  ///
  /// What was known after ``common(with:)`` is to be forgotten before.
  mutating func follow(_ history: History, atMost parts: Int?, _ body: ([Happening]) -> Void) {
    let line = line(of: history)
    let common = common(with: line)
    guard history.step > common else {
      forget(after: common)
      return
    }
    let end = parts.map { (common / History.stride + $0) * History.stride } ?? .max
    let last = min(history.step, end)
    history.visit((common + 1)...last, body)
    known = line.compactMap { stretch in
      stretch.first > last ? nil : (stretch.id, stretch.first, min(stretch.last, last))
    }
  }

  private func line(of history: History) -> [(id: Int, first: Int, last: Int)] {
    history.line(of: history.branch).filter { $0.first <= $0.last }.map {
      (id: history.branches[$0.branch].id, first: $0.first, last: $0.last)
    }
  }

  private func common(with line: [(id: Int, first: Int, last: Int)]) -> Int {
    var common = 0
    for (mine, other) in zip(known, line) {
      guard mine.id == other.id, mine.first == other.first else { break }
      common = min(mine.last, other.last)
      if mine.last != other.last { break }
    }
    return common
  }

  private mutating func forget(after step: Int) {
    known = known.compactMap {
      $0.first > step ? nil : ($0.id, $0.first, min($0.last, step))
    }
  }
}
