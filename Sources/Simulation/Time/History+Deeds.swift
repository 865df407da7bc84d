public import PBFT

/// What was done on a branch, in the words of a session.
public enum Deed: Hashable, Sendable {
  /// So many events happened, one after the other.
  case steps(Int)
  /// Time passed without an event: how a run ends.
  case wait(Duration)
  case command(Command)
}

/// A history told, so that it can be done again.
extension History {
  /// What was done on a branch after one step and up to another, both its own.
  public func deeds(of branch: Int, after first: Int, upTo last: Int) -> [Deed] {
    let branch = branches[branch]
    var deeds: [Deed] = []
    for action in branch.actions[(first - branch.fork)..<(last - branch.fork)] {
      switch action {
      case .step:
        if case .steps(let count)? = deeds.last {
          deeds[deeds.count - 1] = .steps(count + 1)
        } else {
          deeds.append(.steps(1))
        }
      case .wait(let from, let to):
        deeds.append(.wait(Duration(microseconds: to.microseconds - from.microseconds)))
      case .command(let command): deeds.append(.command(command))
      }
    }
    return deeds
  }

  /// What was done next on this line; nil at its end.
  public var nextDeed: Deed? {
    guard step < end else { return nil }
    switch action(after: step) {
    case .step: return .steps(1)
    case .wait(let from, let to):
      return .wait(Duration(microseconds: to.microseconds - from.microseconds))
    case .command(let command): return .command(command)
    }
  }

  /// The hashes of the states at some steps of a branch, in rising order.
  public func hashes(of branch: Int, at steps: [Int]) -> [StateHash] {
    guard let last = steps.last else { return [] }
    var other = self
    other.branch = branch
    var hashes: [StateHash] = []
    if steps.count > 1 {
      var wanted = steps.dropLast()[...]
      if wanted.first == 0 {
        hashes.append(world(at: Moment(branch: branch, step: 0)).stateHash)
        wanted.removeFirst()
      }
      let start = max(0, (wanted.first ?? 0) - 1)
      _ = other.walk(from: start, to: wanted.last ?? 0) { world, _ in
        guard world.step == wanted.first else { return }
        hashes.append(world.stateHash)
        wanted.removeFirst()
      }
    }
    // The last is at hand where it is the present moment, or the end of a branch that was left.
    hashes.append(world(at: Moment(branch: branch, step: last)).stateHash)
    return hashes
  }

  /// Carries out a command that a session tells of.
  ///
  /// A run in which nothing happens is one wait. `perform` would not part for it from a line that goes on with
  /// the next event; here it did, or it would not be told.
  @discardableResult
  public mutating func performAgain(_ command: Command) throws(Refusal) -> [Happening] {
    guard case .run(let duration) = command, duration.microseconds > 0 else {
      return try perform(command)
    }
    let end = world.now + duration
    if let due = world.nextDue, due <= end { return try perform(command) }
    stoppedAt = nil
    return try act(.wait(from: world.now, to: end))
  }
}
