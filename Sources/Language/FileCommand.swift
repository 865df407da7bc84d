public import Simulation

/// What is done with files and whole worlds; like a question it stands in no script.
public enum FileCommand: Hashable, Sendable {
  /// `save "FILE"`: the session goes into a file.
  case save(String)
  /// `load "FILE"`, `load "FILE" to line 56`: a session comes from a file; of its lines only those before
  /// that one.
  case load(String, toLine: Int?)
  /// `open "FILE"`, `open 2-primary-crash`: a page or a session, by its file or by the name of a demo.
  case open(String)
  /// `open again`: what is open, from its start.
  case openAgain
  /// `world n=7 seed=3`: everything begins anew with such a world; what is not named is as in a file.
  case world(Configuration)

  /// The longest name of a file, in bytes of UTF-8.
  public static let longestPath = 4_096

  /// Whether a line is about a file, rather than a command: `load "FILE"`, not `load 300ms`.
  public static func isFileCommand(_ text: String) -> Bool {
    let word = text.drop { $0 == " " }.prefix { $0 != " " && $0 != "\"" }
    let rest = text.drop { $0 == " " }.dropFirst(word.count).drop { $0 == " " }
    switch word.lowercased() {
    case "save", "open", "world": return true
    case "load": return rest.first == "\""
    default: return false
    }
  }

  /// Reads what is done with a file.
  public init(parsing text: String, in vocabulary: Vocabulary) throws(LanguageError) {
    var parser = try Parser(text, in: vocabulary)
    self = try parser.fileCommand()
    try parser.end()
  }

  /// The line that says this; parsed again, it gives the same.
  public var text: String {
    switch self {
    case .save(let path): "save \(quoted(path))"
    case .load(let path, nil): "load \(quoted(path))"
    case .open(let name):
      "open \(name.contains { $0 == "/" } || name.lowercased() == "again" ? quoted(name) : written(name))"
    case .openAgain: "open again"
    case .world(let configuration): "world \(configuration.text)"
    case .load(let path, let line?): "load \(quoted(path)) to line \(line)"
    }
  }
}

extension Parser {
  fileprivate mutating func fileCommand() throws(LanguageError) -> FileCommand {
    if take("save") { return .save(try path()) }
    if take("open") { return try open() }
    if let first = next, take("world") {
      guard !isAtEnd else { throw unexpected("a setting such as n=7") }
      return .world(try settings(base: Configuration(), at: first))
    }
    guard take("load") else {
      throw unexpected(
        "save, load or open, and the name of a file", among: ["save", "load", "open"])
    }
    let path = try path()
    guard take("to") else { return .load(path, toLine: nil) }
    guard take("line") else { throw unexpected("line and its number", among: ["line"]) }
    return .load(path, toLine: try lineNumber())
  }

  /// A name such as `2-primary-crash`, a file in quotation marks, or `again`.
  private mutating func open() throws(LanguageError) -> FileCommand {
    guard let name = next, name.kind == .word else { return .open(try path()) }
    skip()
    if name.text.lowercased() == "again" { return .openAgain }
    return .open(name.text)
  }

  private mutating func path() throws(LanguageError) -> String {
    let expected = "the name of a file in quotation marks"
    guard let token = next, token.kind == .quoted else { throw unexpected(expected) }
    let path = try text(expected, longest: FileCommand.longestPath)
    if path.isEmpty { throw mistake("no file has an empty name", at: token, expected) }
    if path.unicodeScalars.contains("\0") {
      throw mistake("no file has the character U+0000 in its name", at: token, expected)
    }
    return path
  }

  private mutating func lineNumber() throws(LanguageError) -> Int {
    let expected = "a line's number, such as 56"
    let token = try word(expected)
    guard let number = naturalNumber(token.text), number > 0 else {
      throw mistake("\(token.shown) is no line's number", at: token, expected)
    }
    return number
  }
}

extension Completer {
  /// What may follow the name of a file; nil where the line is about something else.
  func fileCommand(_ first: String, _ rest: [String]) -> [Completion]? {
    let name = Completion("\"", "the name of a file in quotation marks")
    switch (first, rest.last?.lowercased()) {
    case ("open", nil):
      let again = Completion("again", "what is open, from its start")
      return context.pages + [again, name]
    case ("open", _): return []
    case ("save", nil): return [name]
    case ("save", _): return []
    case ("load", let last?) where rest.first?.hasPrefix("\"") == true:
      if last == "to" { return [Completion("line", "only what stands before this line")] }
      return last.hasSuffix("\"") ? [Completion("to", "only a part of it: to line 56")] : []
    default: return nil
    }
  }
}
