internal import Cells
internal import PBFT
internal import Simulation

/// What the keys do in the window of reasons.
extension Model {
  /// Whether the key meant the window; others do what they always do.
  mutating func takeInWhy(_ key: Key, _ cell: WhyCell) -> Bool {
    switch key {
    case .up: ask(cell, down: -1)
    case .down, .character("j"): ask(cell, down: 1)
    case .left: ask(cell, right: -1)
    case .right: ask(cell, right: 1)
    case .pageUp, .pageDown:
      var cell = cell
      cell.scroll = min(max(cell.scroll + (key == .pageUp ? -3 : 3), 0), 200)
      overlay = .why(cell)
    case .enter: carryOutRemedy(cell)
    default: return false
    }
    return true
  }

  private mutating func ask(_ cell: WhyCell, down: Int = 0, right: Int = 0) {
    let numbers = world.askedNumbers(at: replica)
    let n = min(max(cell.sequence.number + down, numbers.lowerBound), numbers.upperBound)
    let milestones = Milestone.allCases
    let here = milestones.firstIndex(of: cell.milestone) ?? 0
    let place = min(max(here + right, 0), milestones.count - 1)
    overlay = .why(WhyCell(SequenceNumber(n), milestones[place]))
  }

  private mutating func carryOutRemedy(_ cell: WhyCell) {
    guard let remedy = Scene(self).answer(cell).remedies.first else {
      notice = Notice(refusal: "there is nothing to be done about this")
      return
    }
    act(remedy)
  }
}
