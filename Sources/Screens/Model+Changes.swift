internal import Simulation

/// The world of one step before, from which one sees what the last step has changed.
extension Model {
  /// A step of the present line, on the branch on which it was first reached.
  func moment(_ step: Int) -> Moment { Moment(branch: history.owner(of: step), step: step) }

  /// Where an update begins; a copy of a world costs what is written to afterwards.
  var start: (moment: Moment, world: World) { (moment(history.step), world) }

  /// Keeps what was one step before the moment where an update has ended.
  ///
  /// After a step forward that is where it began. From anywhere else it is found by doing again what led there,
  /// once, however far the update has gone.
  mutating func keepBefore(_ start: (moment: Moment, world: World)) {
    let step = history.step
    // Another history altogether has another configuration, or has come to another time.
    let isSame = start.world.configuration == world.configuration
    if isSame, moment(step) == start.moment, start.world.now == world.now { return }
    if isSame, step > 0, moment(step - 1) == start.moment {
      before = start.world
    } else {
      before = Self.world(before: history)
    }
  }

  /// The world one step before the present moment; nil at the beginning.
  static func world(before history: History) -> World? {
    history.step > 0 ? history.world(at: history.step - 1) : nil
  }
}
