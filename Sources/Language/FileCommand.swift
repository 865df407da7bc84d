/// What is done with files; like a question it stands in no script.
public enum FileCommand: Hashable, Sendable {
  /// `save "FILE"`: the session goes into a file.
  case save(String)
  /// `load "FILE"`, `load "FILE" to line 56`: a session comes from a file; of its lines only those before
  /// that one.
  case load(String, toLine: Int?)

  /// The longest name of a file, in bytes of UTF-8.
  public static let longestPath = 4_096

  /// Whether a line is about a file, rather than a command: `load "FILE"`, not `load 300ms`.
  public static func isFileCommand(_ text: String) -> Bool {
    let word = text.drop { $0 == " " }.prefix { $0 != " " && $0 != "\"" }
    let rest = text.drop { $0 == " " }.dropFirst(word.count).drop { $0 == " " }
    switch word.lowercased() {
    case "save": return true
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
    case .load(let path, let line?): "load \(quoted(path)) to line \(line)"
    }
  }
}

extension Parser {
  fileprivate mutating func fileCommand() throws(LanguageError) -> FileCommand {
    if take("save") { return .save(try path()) }
    guard take("load") else {
      throw unexpected("save or load, and the name of a file", among: ["save", "load"])
    }
    let path = try path()
    guard take("to") else { return .load(path, toLine: nil) }
    guard take("line") else { throw unexpected("line and its number", among: ["line"]) }
    return .load(path, toLine: try lineNumber())
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
    case ("save", nil): return [name]
    case ("save", _): return []
    case ("load", let last?) where rest.first?.hasPrefix("\"") == true:
      if last == "to" { return [Completion("line", "only what stands before this line")] }
      return last.hasSuffix("\"") ? [Completion("to", "only a part of it: to line 56")] : []
    default: return nil
    }
  }
}
