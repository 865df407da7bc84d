public import Simulation

/// A page of the language: a demo, a saved session or a test.
public struct Script: Hashable, Sendable {
  /// What a line of a script says.
  public enum Statement: Hashable, Sendable {
    case command(Command)
    /// `back 12`, `goto 41 of crash-R2`: what is done with the history.
    case time(TimeCommand)
    /// `expect CONDITION`: must be true when the script comes here.
    case expect(Condition)
    /// `control CONDITION`: must be true here when the script is played with every rule on.
    case control(Condition)
    /// `say "…"`: narration; several in a row make a paragraph.
    case say(String)
    /// `stop`, `stop "caption"`: where a lesson waits for its teacher.
    case stop(String?)
  }

  /// A statement and the line that it stands in.
  public struct Line: Hashable, Sendable {
    /// Counted from one.
    public let number: Int
    public let statement: Statement

    public init(_ number: Int, _ statement: Statement) {
      self.number = number
      self.statement = statement
    }
  }

  public var title: String?
  public var configuration: Configuration
  public var lines: [Line]
  /// What was done by hand, where the page is a session that was saved.
  public var session: Session?

  public init(
    title: String? = nil, configuration: Configuration = Configuration(), lines: [Line],
    session: Session? = nil
  ) {
    self.title = title
    self.configuration = configuration
    self.lines = lines
    self.session = session
  }

  /// The statements, numbered as `text` writes them.
  public init(
    title: String? = nil, configuration: Configuration = Configuration(), statements: [Statement]
  ) {
    let before = title == nil ? 2 : 3
    self.init(
      title: title, configuration: configuration,
      lines: statements.enumerated().map { Line($0.offset + before, $0.element) })
  }

  public var statements: [Statement] { lines.map(\.statement) }

  public var commands: [Command] {
    lines.compactMap { line in
      if case .command(let command) = line.statement { command } else { nil }
    }
  }

  /// How many stops there are; the end of the page is one.
  public var stopCount: Int {
    let stops = statements.count { if case .stop = $0 { true } else { false } }
    if case .stop? = statements.last { return stops }
    return stops + 1
  }

  /// The page as the language writes it; parsed again, it says the same.
  public var text: String {
    var lines: [String] = []
    if let title { lines.append("title \(quoted(title))") }
    lines.append("world \(configuration.text)")
    lines += statements.map(\.text)
    if let session { lines += session.text }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Script.Statement {
  /// The line of the language that says this.
  public var text: String {
    switch self {
    case .command(let command): command.text
    case .time(let command): command.text
    case .expect(let condition): "expect \(condition.text)"
    case .control(let condition): "control \(condition.text)"
    case .say(let text): "say \(quoted(text))"
    case .stop(nil): "stop"
    case .stop(let caption?): "stop \(quoted(caption))"
    }
  }
}
