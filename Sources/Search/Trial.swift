internal import PBFT
public import Simulation

/// A world that commands are tried on: what makes sense is done and noted, what does not is left out.
public struct Trial: Sendable {
  public private(set) var world: World
  /// What was done.
  ///
  /// Done to a new world of the same configuration, the same happens.
  public private(set) var commands: [Command] = []
  /// How many of the commands came before the faults stopped; nil until they do.
  var faultCommands: Int?
  private var counted = Tally()
  /// What happened, where it is kept.
  public private(set) var happenings: [Happening] = []
  private let keepsHappenings: Bool
  /// What has not been done long after the faults stopped.
  var unsettled: Unsettled?

  public init(_ configuration: Configuration, keepingHappenings: Bool = false) {
    world = World(configuration)
    keepsHappenings = keepingHappenings
  }

  /// What happened so far, as numbers.
  public var tally: Tally {
    var tally = counted
    tally.worlds = 1
    tally.steps = world.step
    tally.violations = world.violations.count
    tally.unsettled = unsettled == nil ? 0 : 1
    return tally
  }

  /// Carries out a command if it makes sense now.
  public mutating func attempt(_ command: Command) {
    guard let happenings = try? world.perform(command) else { return }
    note(command)
    for happening in happenings { counted.count(happening) }
    if keepsHappenings { self.happenings += happenings }
  }

  /// Time that passes in several pieces passes as one.
  private mutating func note(_ command: Command) {
    if case .run(let more) = command, commands.count > faultCommands ?? 0,
      case .run(let before)? = commands.last
    {
      commands[commands.count - 1] = .run(
        Duration(microseconds: before.microseconds + more.microseconds))
    } else {
      commands.append(command)
    }
  }
}
