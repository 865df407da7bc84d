internal import PBFT
internal import Simulation

/// Steps on so many cells: for drawing and for clicking alike.
struct TimelineBar: Hashable {
  let first: Int
  let last: Int
  let columns: Int

  /// A bar from one step to another; there is always one cell, and one step.
  init(first: Int = 0, last: Int, columns: Int) {
    self.first = first
    self.last = max(first, last)
    self.columns = max(columns, 1)
  }

  /// The cell of a step: the first step has the first, the last alone the last.
  func cell(of step: Int) -> Int {
    guard last > first else { return 0 }
    return (min(max(step, first), last) - first) * (columns - 1) / (last - first)
  }

  /// The steps of a cell; none where a line is shorter than its bar.
  func steps(of cell: Int) -> ClosedRange<Int>? {
    guard last > first, columns > 1 else { return cell == 0 ? first...last : nil }
    let (length, cells) = (last - first, columns - 1)
    let lower = (cell * length + cells - 1) / cells
    let upper = ((cell + 1) * length + cells - 1) / cells - 1
    return lower <= upper && lower <= length ? first + lower...first + min(upper, length) : nil
  }

  /// The step that a click on a cell means: its first, or the nearest where it has none.
  func step(at cell: Int) -> Int {
    let cell = min(max(cell, 0), columns - 1)
    if let steps = steps(of: cell) { return steps.lowerBound }
    return first + (cell * (last - first) + (columns - 1) / 2) / max(columns - 1, 1)
  }
}

/// What a cell of the line of time may tell, from the least to the gravest.
///
/// Where several things fall into one cell the gravest is shown. The present moment is never hidden, and a
/// violation by nothing else. Then comes what a person has done there, a fault and a note; then what was
/// brought about by it, a view; then what can be found in other ways.
enum TimelineMark: Hashable {
  case checkpoint, viewChange, fork
  /// The last view that was entered in the cell.
  case view(Int)
  case note, fault, violation, here
}

/// What is painted on a line of time.
struct TimelinePainter {
  let history: History
  let line: [Stretch]
  private let notes: [Int]
  private let forks: [Int]

  init(_ history: History, branch: Int) {
    self.history = history
    line = history.line(of: branch)
    notes = history.notes(along: line).map(\.step)
    forks = history.forks(along: line)
  }

  /// The gravest thing in a cell, without the present moment.
  func mark(in steps: ClosedRange<Int>) -> TimelineMark? {
    let marks = history.marks(in: steps, along: line)
    if marks.contains(.violation) { return .violation }
    if marks.contains(.fault) { return .fault }
    if Self.isAny(of: notes, in: steps) { return .note }
    if marks.contains(.view), let view = history.viewEntered(in: steps, along: line) {
      return .view(view.number)
    }
    if Self.isAny(of: forks, in: steps) { return .fork }
    if marks.contains(.viewChange) { return .viewChange }
    // Of so many steps there is always one with a checkpoint; in every cell it would tell nothing.
    return marks.contains(.checkpoint) && steps.count <= 100 ? .checkpoint : nil
  }

  /// Whether one of these, which are in order, is among those steps.
  private static func isAny(of sorted: [Int], in steps: ClosedRange<Int>) -> Bool {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < steps.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low] <= steps.upperBound
  }
}
