internal import PBFT
public import Simulation

/// Plays a script from its first line to its last on a history of its own.
public struct Player: Sendable {
  public let script: Script
  public internal(set) var history: History
  /// What has been expected, and whether it was so.
  public internal(set) var outcomes: [Outcome] = []
  /// Whether this is the control: the same page with every rule on.
  public let withRules: Bool
  /// Only in the control: the commands that made no sense in it, and why.
  public internal(set) var skipped: [Outcome] = []

  /// An `expect`, a `control`, a `run until` or a `state`, and whether it came true; or a command that was skipped,
  /// and why.
  public struct Outcome: Hashable, Sendable {
    /// Counted from one.
    public let line: Int
    /// The line of the script.
    public let text: String
    /// Why it did not come true; nil when it did.
    public let failure: String?

    public var held: Bool { failure == nil }
  }

  /// A player of this script, or of its control.
  ///
  /// In the control no rule is ever off, and n = 3 becomes n = 4. `control` lines are checked instead of
  /// `expect` lines, and a command that makes no sense there is skipped.
  public init(
    _ script: Script, withRules: Bool = false, limit: Int = History.ordinaryLimit
  ) {
    self.script = script
    self.withRules = withRules
    var configuration = script.configuration
    if withRules {
      configuration.settings.rulesOff = []
      if !configuration.settings.cluster.hasRightSize { configuration.settings.cluster = .four }
    }
    history = History(configuration, limit: limit)
  }

  /// Whether every expectation so far came true.
  public var held: Bool { outcomes.allSatisfy(\.held) }

  /// Plays the whole script, and hands on what happens as it comes.
  ///
  /// Of a page with a session the session is played: what was done, from the start.
  /// - Throws: `LanguageError`, with the line, for a command that makes no sense at its moment. An expectation
  ///   that does not come true is no error but an outcome.
  public mutating func play(
    tell: (Script.Line, [Happening]) -> Void = { _, _ in }
  ) throws(LanguageError) {
    if let session = script.session { return try play(session, tell) }
    for line in script.lines {
      switch line.statement {
      case .say, .stop: tell(line, [])
      case .expect(let condition):
        check(condition, line, unless: withRules)
        tell(line, [])
      case .control(let condition):
        check(condition, line, unless: !withRules)
        tell(line, [])
      case .time(let command): try play(.time(command), line, tell)
      case .command(.rule) where withRules: tell(line, [])
      case .command(let command) where withRules: playControl(command, line, tell)
      case .command(.runUntil(let condition, let limit)):
        let before = history.step
        do throws(Refusal) {
          tell(line, try history.perform(.runUntil(condition, within: limit)))
          outcomes.append(Outcome(line: line.number, text: line.statement.text, failure: nil))
        } catch {
          tell(line, (before..<history.step).flatMap { history.happenings(of: $0 + 1) })
          outcomes.append(
            Outcome(
              line: line.number, text: line.statement.text, failure: error.description))
        }
      case .command(let command):
        do throws(Refusal) {
          tell(line, try history.perform(command))
        } catch {
          throw LanguageError(
            line: line.number, column: 1, problem: "`\(command.text)`: \(error.description)")
        }
      }
    }
  }

  /// A command of the control: what it would have waited for, or acted on, may never come.
  private mutating func playControl(
    _ command: Command, _ line: Script.Line, _ tell: (Script.Line, [Happening]) -> Void
  ) {
    let before = history.step
    do throws(Refusal) {
      tell(line, try history.perform(command))
    } catch {
      tell(line, (before..<history.step).flatMap { history.happenings(of: $0 + 1) })
      skipped.append(
        Outcome(line: line.number, text: line.statement.text, failure: error.description))
    }
  }

  /// What is not checked must make sense all the same, except in the control.
  private mutating func check(
    _ condition: Condition, _ line: Script.Line, unless isIdle: Bool
  ) {
    if isIdle, withRules { return }
    do throws(Refusal) {
      try history.world.resolve(condition)
      if isIdle { return }
      outcomes.append(
        Outcome(
          line: line.number, text: line.statement.text,
          failure: history.world.holds(condition)
            ? nil : "not so at step \(history.step), \(Speaker.seconds(history.world.now))"))
    } catch {
      outcomes.append(
        Outcome(line: line.number, text: line.statement.text, failure: error.description))
    }
  }
}
