public import PBFT

/// A part of a line of events: the steps that were first gone on one branch.
public struct Stretch: Hashable, Sendable {
  public let branch: Int
  /// The first and the last step; the last is less than the first where there is none.
  public let first: Int
  public let last: Int
}

/// What lies along a line of events.
///
/// A line is a branch with all that led to it. What is asked here costs little however long the line is.
extension History {
  /// The stretches of the line that ends with a branch, the earliest first.
  public func line(of branch: Int) -> [Stretch] {
    var stretches: [Stretch] = []
    var (next, last): (Int?, Int) = (branch, branches[branch].end)
    while let current = next {
      let fork = branches[current].fork
      stretches.append(Stretch(branch: current, first: fork + 1, last: last))
      last = min(last, fork)
      next = branches[current].parent
    }
    return stretches.reversed()
  }

  /// All that happened at some of the steps of a line.
  public func marks(in steps: ClosedRange<Int>, along line: [Stretch]) -> StepMarks {
    line.reduce(into: []) { marks, stretch in
      let first = max(steps.lowerBound, stretch.first)
      let last = min(steps.upperBound, stretch.last)
      if first <= last { marks.formUnion(branches[stretch.branch].marks(in: first...last)) }
    }
  }

  /// The last view that was entered at some of the steps of a line.
  public func viewEntered(in steps: ClosedRange<Int>, along line: [Stretch]) -> View? {
    for stretch in line.reversed() {
      let first = max(steps.lowerBound, stretch.first)
      let last = min(steps.upperBound, stretch.last)
      guard first <= last else { continue }
      if let view = branches[stretch.branch].viewEntered(in: first...last) { return view }
    }
    return nil
  }

  /// The notes of a line, in the order of their steps.
  public func notes(along line: [Stretch]) -> [Note] {
    line.flatMap { stretch in
      branches[stretch.branch].notes.filter {
        ($0.step >= stretch.first || $0.step == 0) && $0.step <= stretch.last
      }
    }
  }

  /// The steps of a line after which another line goes elsewhere, in order.
  public func forks(along line: [Stretch]) -> [Int] {
    var last: [Int: Int] = [:]
    for stretch in line { last[stretch.branch] = stretch.last }
    var forks = Set(line.filter { $0.last < branches[$0.branch].end }.map(\.last))
    for index in branches.indices where last[index] == nil {
      let branch = branches[index]
      if let parent = branch.parent, let last = last[parent], branch.fork <= last {
        forks.insert(branch.fork)
      }
    }
    return forks.sorted()
  }

  /// How many such moments lie before and after the present one on its line.
  public func count(_ landmarks: [Landmark]) -> [(behind: Int, ahead: Int)] {
    let line = line(of: branch)
    let masks = landmarks.map(StepMarks.of)
    var counts = landmarks.map { _ in (behind: 0, ahead: 0) }
    for stretch in line {
      let marks = branches[stretch.branch].marks
      for step in stretch.first..<max(stretch.last + 1, stretch.first) where step != self.step {
        let marks = marks[step - stretch.first]
        for index in masks.indices where !marks.isDisjoint(with: masks[index]) {
          if step < self.step { counts[index].behind += 1 } else { counts[index].ahead += 1 }
        }
      }
    }
    if let index = landmarks.firstIndex(of: .note) {
      let notes = notes(along: line)
      counts[index] = (
        notes.count { $0.step < step && $0.step > 0 }, notes.count { $0.step > step }
      )
    }
    return counts
  }
}

extension Branch {
  /// All that happened at some of the steps that were first gone here.
  fileprivate func marks(in steps: ClosedRange<Int>) -> StepMarks {
    let (first, last) = (steps.lowerBound - fork - 1, steps.upperBound - fork - 1)
    var (union, index): (StepMarks, Int) = ([], first)
    while index <= last {
      // Whole chunks at once, and one by one at the ends.
      if index % Self.chunk == 0, index + Self.chunk <= last + 1 {
        union.formUnion(chunks[index / Self.chunk])
        index += Self.chunk
      } else {
        union.formUnion(marks[index])
        index += 1
      }
    }
    return union
  }

  fileprivate func viewEntered(in steps: ClosedRange<Int>) -> View? {
    var (low, high) = (0, entered.count)
    while low < high {
      let middle = (low + high) / 2
      if entered[middle].step <= steps.upperBound { low = middle + 1 } else { high = middle }
    }
    guard low > 0, entered[low - 1].step >= steps.lowerBound else { return nil }
    return entered[low - 1].view
  }
}
