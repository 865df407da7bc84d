public import Simulation

/// Plays a script from its first line to its last on a history of its own.
public struct Player: Sendable {
  public let script: Script
  public private(set) var history: History
  /// What has been expected, and whether it was so.
  public private(set) var outcomes: [Outcome] = []

  /// An `expect`, or a `run until`, and whether it came true.
  public struct Outcome: Hashable, Sendable {
    /// Counted from one.
    public let line: Int
    /// The line of the script.
    public let text: String
    /// Why it did not come true; nil when it did.
    public let failure: String?

    public var held: Bool { failure == nil }
  }

  public init(_ script: Script) {
    self.script = script
    history = History(script.configuration)
  }

  /// Whether every expectation so far came true.
  public var held: Bool { outcomes.allSatisfy(\.held) }

  /// Plays the whole script, and hands on what happens as it comes.
  ///
  /// - Throws: `LanguageError`, with the line, for a command that makes no sense at its moment. An expectation
  ///   that does not come true is no error but an outcome.
  public mutating func play(
    tell: (Script.Line, [Happening]) -> Void = { _, _ in }
  ) throws(LanguageError) {
    for line in script.lines {
      switch line.statement {
      case .say, .stop: tell(line, [])
      case .expect(let condition):
        check(condition, line)
        tell(line, [])
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

  private mutating func check(_ condition: Condition, _ line: Script.Line) {
    do throws(Refusal) {
      try history.world.resolve(condition)
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
