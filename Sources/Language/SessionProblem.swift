internal import Simulation

/// Why a session cannot be loaded to its end, where that is, and what could be loaded.
public struct SessionProblem: Error, Sendable, CustomStringConvertible {
  /// The line of the file, counted from one.
  public let line: Int
  /// Where in the line, counted from one; nil where the whole line is meant.
  public let column: Int?
  /// The step of the history there; nil for a mistake in the page.
  public let step: Int?
  /// What is wrong, in a few words.
  public let problem: String
  /// What would help, or what could have stood there instead.
  public let help: String?
  /// What comes before this line can be loaded.
  public let upTo: Int
  /// What was loaded of it; nil where there is not even a page.
  public let loaded: SessionReader.Loaded?

  /// The problem in one sentence, with what can be loaded all the same.
  public var description: String {
    var text = "line \(line)"
    if let column { text += ", column \(column)" }
    if let step { text += ", step \(step)" }
    text += ": \(problem)"
    if let help { text += "; \(help)" }
    guard let loaded else { return text }
    if loaded.linesPlayed == 0 {
      return text + "; only the page can be loaded, without what was done"
    }
    let place = upTo == line ? "it" : "line \(upTo)"
    let count = "\(upTo - 1) lines to step \(loaded.history.step)"
    return text + "; everything before \(place), \(count), can be loaded"
  }
}
