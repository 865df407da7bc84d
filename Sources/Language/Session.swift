public import Simulation

/// What was done by hand, as it is kept in a file behind the page: line by line, with the hash of the state at
/// intervals.
///
/// Played on the world of the page from its start it gives the history again, branches, names and notes
/// included. The commands of the page are not played besides: those that were come again here.
public struct Session: Hashable, Sendable {
  /// The version of the format that this program writes and reads.
  public static let version = 1

  /// What a line of a session says.
  public enum Entry: Hashable, Sendable {
    case command(Command)
    case time(TimeCommand)
    /// `state 57 ~a41f09c21b7733d0`: here is step 57, and this is the hash of the state.
    case state(step: Int, StateHash)
    /// `reached 3`: here stop 3 of the page was reached; `reached 0`: none was.
    case reached(Int)
  }

  /// An entry and the line that it stands in.
  public struct Line: Hashable, Sendable {
    /// Counted from one.
    public let number: Int
    public let entry: Entry

    public init(_ number: Int, _ entry: Entry) {
      self.number = number
      self.entry = entry
    }
  }

  /// The version of the program that wrote it.
  public let program: String
  /// The line of the file that says `session`, counted from one.
  public let number: Int
  public var lines: [Line]

  public init(program: String, number: Int, lines: [Line] = []) {
    self.program = program
    self.number = number
    self.lines = lines
  }

  /// The line with which a session begins: `session 1 "0.1"`.
  public static func heading(program: String) -> String {
    "session \(version) \(quoted(program))"
  }

  /// The lines of the session as the language writes them.
  public var text: [String] { [Self.heading(program: program)] + lines.map(\.entry.text) }
}

extension Session.Entry {
  /// The line of the language that says this.
  public var text: String {
    switch self {
    case .command(let command): command.text
    case .time(let command): command.text
    case .state(let step, let hash): "state \(step) \(hash)"
    case .reached(let stop): "reached \(stop)"
    }
  }
}
