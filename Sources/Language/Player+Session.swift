internal import PBFT
internal import Simulation

/// Sessions, and whatever else goes through a history both ways.
extension Player {
  /// Plays what was done by hand; that the states are as they were saved is expected.
  mutating func play(
    _ session: Session, _ tell: (Script.Line, [Happening]) -> Void
  ) throws(LanguageError) {
    for line in session.lines {
      switch line.entry {
      case .reached: break
      case .state(let step, let hash):
        // In the control everything may come out differently.
        if !withRules { check(step, hash, line) }
      case .command(let command):
        let told = Script.Line(line.number, .command(command))
        if withRules, case .rule = command {
          tell(told, [])
        } else {
          try play(line.entry, told, tell)
        }
      case .time(let command):
        try play(line.entry, Script.Line(line.number, .time(command)), tell)
      }
    }
  }

  private mutating func check(_ step: Int, _ hash: StateHash, _ line: Session.Line) {
    let found = history.world.stateHash
    var failure: String?
    if history.step != step {
      failure = "here is step \(history.step)"
    } else if found != hash {
      failure = "the state is \(found)"
    }
    outcomes.append(Outcome(line: line.number, text: line.entry.text, failure: failure))
  }

  /// Carries out a line, and tells what happened in it for the first time.
  ///
  /// What was gone through again has been told.
  mutating func play(
    _ entry: Session.Entry, _ line: Script.Line, _ tell: (Script.Line, [Happening]) -> Void
  ) throws(LanguageError) {
    let before = history.stepCount
    var refusal: Refusal?
    do throws(Refusal) { try history.carryOut(entry) } catch { refusal = error }
    // New steps are always the last of their line.
    let new = max(0, history.stepCount - before)
    let steps = (history.step - new)..<history.step
    tell(line, steps.flatMap { history.happenings(of: $0 + 1) })
    guard let refusal else { return }
    let text = line.statement.text
    guard withRules else {
      throw LanguageError(
        line: line.number, column: 1, problem: "`\(text)`: \(refusal.description)")
    }
    skipped.append(Outcome(line: line.number, text: text, failure: refusal.description))
  }
}

extension History {
  /// Does again what a line of a session tells; what it only states is no deed.
  mutating func carryOut(_ entry: Session.Entry) throws(Refusal) {
    switch entry {
    case .command(let command): try performAgain(command)
    case .time(let command): try perform(command)
    case .state, .reached: break
    }
  }
}
