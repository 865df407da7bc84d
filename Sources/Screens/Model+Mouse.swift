internal import Cells
internal import Simulation

/// What the mouse does.
extension Model {
  mutating func take(_ mouse: Mouse) -> Response {
    // A release may never be told of; whatever was held before is not held any more.
    if mouse.button == .left, mouse.action != .drag { isScrubbing = false }
    guard overlay != .palette else { return .none }
    switch (mouse.button, mouse.action) {
    case (.left, .press): return click(mouse.position)
    case (.left, .drag) where isScrubbing: scrub(to: mouse.position)
    case (.wheelUp, .press): turnWheel(.up, at: mouse.position)
    case (.wheelDown, .press): turnWheel(.down, at: mouse.position)
    default: break
    }
    return .none
  }

  /// A press of the left button somewhere.
  mutating func click(_ position: Position) -> Response {
    notice = nil
    switch Scene(self).target(at: position, size) {
    case .replica(let id):
      replica = id
      focus = .replicas
    case .message(let id):
      message = id
      focus = .messages
    case .rule(let place): rule = place
    case .branch(let index, let step):
      branchChoice = index
      if let step { act(.goTo(step: step, branch: history.branches[index].name)) }
    case .moment(let step):
      isScrubbing = true
      act(.goTo(step: step, branch: nil))
    case .fault(let place): overlay = .faults(choice: place)
    case .place(let place): overlay = .places(choice: place)
    case .lamp(let id, let row): chooseLamp(row, at: id)
    case .number(let id, let n): chooseNumber(n, at: id)
    case .why(let id, let cell): ask(cell, at: id)
    case .logLine(let id, let number): chooseLogLine(of: id, number)
    case .action(.quit) where overlay != nil: overlay = nil
    case .action(let action): return perform(action)
    case nil: break
    }
    return .none
  }
}
