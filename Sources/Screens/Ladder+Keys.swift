internal import Cells
internal import PBFT
internal import Simulation

/// What the keys of the page Ladder do.
public enum LadderAction: Hashable, Sendable {
  /// So many rungs down, or up.
  case move(Int)
  /// The page Message, with a copy of the selected rung.
  case inspect
  /// The page Message, with this copy.
  case open(Int)
  /// This rung, or the nearest before it.
  case choose(RungPlace)
  /// The list of what is shown.
  case filter
  /// Does what Enter does on a line of that list.
  case changeFilter(Int)
}

extension Keys {
  static let ladder = [
    KeyEntry([.up], "↑", .onLadder(.move(-1)), "rung", "the rung above", in: .ladder),
    KeyEntry(
      [.down, .character("j")], "↓ j", .onLadder(.move(1)), "rung",
      "the rung below; below the newest it follows what happens", in: .ladder, rank: 4),
    KeyEntry(
      [.enter], "Enter", .onLadder(.inspect), "message",
      "the page Message with the selected rung's copy, one on its way before others",
      in: .ladder, rank: 3),
    KeyEntry(
      [.character("/")], "/", .onLadder(.filter), "filter",
      "which rungs are shown: kinds, clients and replicas, one number, one view", in: .ladder,
      rank: 2),
  ]
}

extension Model {
  mutating func performOnLadder(_ action: LadderAction) {
    switch action {
    case .move(let distance): moveRung(by: distance)
    case .inspect: inspectRung()
    case .open(let id): showMessage(id)
    case .choose(let place): select(place)
    case .filter: overlay = .ladderFilter(choice: 0)
    case .changeFilter(let line):
      overlay = .ladderFilter(choice: line)
      change(ladderFilterLines[min(line, ladderFilterLines.count - 1)], by: nil)
    }
  }

  private mutating func moveRung(by distance: Int) {
    let (shown, index) = (ladder.shown, ladder.index)
    guard !shown.isEmpty else {
      notice = Notice(
        refusal: ladder.isLookingUp
          ? "the rungs are being looked for"
          : ladder.filter.isActive
            ? "no rung is shown; / changes which are"
            : "nothing has happened yet; n sends a request")
      return
    }
    let target = index + distance
    if target < 0 {
      notice = Notice(refusal: "this is the first rung that is shown")
    } else if target >= shown.count {
      if ladder.selected == nil { notice = Notice(refusal: "this is the newest rung; → goes on") }
      ladder.selected = nil
    } else {
      select(shown[target].place)
    }
  }

  /// Selects a rung, and its message on the way for the keys that act on one.
  private mutating func select(_ place: RungPlace) {
    ladder.selected = place.step > history.step ? nil : place
    let rung = ladder.shown.last { $0.place <= place }
    let inFlight = Set(world.inFlight.map(\.id))
    if let copy = rung?.copies.first(where: { inFlight.contains($0.id) }) { message = copy.id }
  }

  private mutating func inspectRung() {
    guard ladder.shown.indices.contains(ladder.index) else {
      notice = Notice(refusal: "no rung is shown; n sends a new request")
      return
    }
    let rung = ladder.shown[ladder.index]
    let inFlight = Set(world.inFlight.map(\.id))
    guard let copy = rung.copies.first(where: { inFlight.contains($0.id) }) ?? rung.copies.first
    else {
      notice = Notice(refusal: "this rung is no message; ↑ and ↓ choose another")
      return
    }
    showMessage(copy.id)
  }

  /// Back to the newest rung, then to all of them; false if that is what is shown.
  mutating func leaveInLadder() -> Bool {
    if ladder.selected != nil {
      ladder.selected = nil
      notice = Notice("the newest rung")
    } else if ladder.filter.isActive {
      ladder.filter = LadderFilter()
      notice = Notice("every rung is shown")
    } else {
      return false
    }
    return true
  }

  /// After every input: what the page is to show is known.
  mutating func settleLadder() {
    settleMotion()
    guard page == .ladder else { return }
    let inFlight = Dictionary(world.inFlight.map { ($0.id, $0) }) { first, _ in first }
    ladder.follow(history, inFlight: inFlight)
  }
}
