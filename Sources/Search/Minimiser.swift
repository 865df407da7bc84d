internal import PBFT
internal import Simulation

/// Finds a short way to the same mishap: it leaves commands out for as long as it still happens.
///
/// Zeller and Hildebrandt's delta debugging: first halves are left out, then quarters, at last single commands.
public struct Minimiser: Sendable {
  private let outcome: Outcome
  private let limit: Int
  /// How many times a world was played so far.
  public private(set) var plays = 0

  private init(_ outcome: Outcome, limit: Int) {
    self.outcome = outcome
    self.limit = limit
  }

  /// The outcome of fewer commands that breaks the same invariant, or leaves requests undone as well.
  ///
  /// Ends after so many plays at the latest, with the shortest that was found by then.
  public static func minimised(_ outcome: Outcome, plays limit: Int = 2_000) -> Outcome {
    guard !outcome.isFine else { return outcome }
    var minimiser = Minimiser(outcome, limit: limit)
    return minimiser.search()
  }

  private mutating func search() -> Outcome {
    let faults = Array(outcome.commands.prefix(outcome.faultCommands))
    // Numbers of messages change with what is left out; what a message says does not.
    let described = Self.described(faults, in: outcome.configuration)
    guard var best = play(described) ?? play(faults) else { return outcome }
    var size = max(1, kept(best).count / 2)
    while plays < limit {
      var start = 0
      var isShorter = false
      while start < kept(best).count, plays < limit {
        var candidate = kept(best)
        candidate.removeSubrange(start..<min(start + size, candidate.count))
        if let trial = play(candidate) {
          best = trial
          isShorter = true
        } else {
          start += size
        }
      }
      if size == 1, !isShorter { break }
      size = max(1, size / 2)
    }
    return Outcome(best, seed: outcome.seed)
  }

  /// What of a trial can be left out: all that came before the faults stopped.
  private func kept(_ trial: Trial) -> [Command] {
    Array(trial.commands.prefix(trial.faultCommands ?? trial.commands.count))
  }

  /// Plays these commands in a new world; nil if what went wrong goes well now.
  private mutating func play(_ commands: [Command]) -> Trial? {
    plays += 1
    var trial = Trial(outcome.configuration)
    let invariant = outcome.violations.first?.invariant
    for command in commands {
      trial.attempt(command)
      if trial.world.violations.contains(where: { $0.invariant == invariant }) { return trial }
    }
    // What held during the storm may have been violated in the calm after it.
    guard invariant == nil || outcome.commands.count > outcome.faultCommands else { return nil }
    trial.calm()
    trial.settle()
    if let invariant {
      return trial.world.violations.contains { $0.invariant == invariant } ? trial : nil
    }
    return trial.unsettled == nil ? nil : trial
  }

  /// The same commands, with `PREPARE R2>R3 v0 n1` in place of `#31` wherever that means the same message.
  private static func described(
    _ commands: [Command], in configuration: Configuration
  ) -> [Command] {
    var trial = Trial(configuration)
    return commands.map { command in
      let words = inWords(command, trial.world)
      trial.attempt(words)
      return words
    }
  }

  private static func inWords(_ command: Command, _ world: World) -> Command {
    switch command {
    case .deliver(let message): .deliver(inWords(message, world))
    case .drop(let message): .drop(inWords(message, world))
    case .duplicate(let message): .duplicate(inWords(message, world))
    case .hold(let message): .hold(inWords(message, world))
    case .release(let message): .release(inWords(message, world))
    case .alter(let message, let change): .alter(inWords(message, world), change)
    default: command
    }
  }

  private static func inWords(_ reference: MessageReference, _ world: World) -> MessageReference {
    guard case .number(let id) = reference else { return reference }
    let all = world.inFlight
    guard let wanted = all.first(where: { $0.id == id }) else { return reference }
    let oldest = all.filter { other in
      other.from == wanted.from && other.to == wanted.to
        && other.message.kind == wanted.message.kind && other.message.view == wanted.message.view
        && other.message.sequence == wanted.message.sequence
    }.map(\.id).min()
    guard oldest == id else { return reference }
    return .described(
      wanted.message.kind, from: wanted.from, to: wanted.to, view: wanted.message.view,
      sequence: wanted.message.sequence)
  }
}
