public import Language
internal import PBFT
public import Simulation

/// How a walk went.
public struct Outcome: Hashable, Sendable {
  public let seed: UInt64
  public let configuration: Configuration
  /// Everything that was done.
  public let commands: [Command]
  /// How many of the commands came before the faults stopped.
  public let faultCommands: Int
  public let tally: Tally
  /// The invariants that did not hold.
  public let violations: [Violation]
  /// What was not done in time after the faults had stopped, as a sentence; nil when everything was.
  public let unsettled: String?
  private let expectation: Condition
  /// The violations as sentences.
  private let sentences: [String]

  init(_ trial: Trial, seed: UInt64) {
    self.seed = seed
    let world = trial.world
    configuration = world.configuration
    commands = trial.commands
    faultCommands = trial.faultCommands ?? trial.commands.count
    tally = trial.tally
    violations = world.violations
    unsettled = trial.unsettled?.sentence
    expectation =
      violations.isEmpty ? trial.unsettled?.condition ?? .not(.violated(nil)) : .not(.violated(nil))
    let speaker = Speaker(digests: world.letters, cluster: world.cluster)
    sentences = violations.map { speaker.sentence($0) }
  }

  /// Whether nothing went wrong.
  public var isFine: Bool { violations.isEmpty && unsettled == nil }

  /// What went wrong, in sentences.
  public var complaints: [String] { sentences + [unsettled].compactMap { $0 } }

  /// The walk as a page of the language; what it expects at the end is what did not come true.
  public var script: Script {
    let what =
      violations.first.map { "violates \($0.invariant.name)" }
      ?? (unsettled == nil ? "goes well" : "does not settle")
    var statements: [Script.Statement] = complaints.map { .say($0) }
    statements += commands.map { .command($0) }
    statements.append(.expect(expectation))
    return Script(
      title: "Random walk \(seed) \(what)", configuration: configuration, statements: statements)
  }
}
