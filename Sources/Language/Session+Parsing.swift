internal import PBFT
internal import Simulation

/// The first words of the lines that stand only in the session of a page.
private let sessionWords = ["state", "reached"]

/// The longest text of a program's version, in bytes of UTF-8.
private let longestVersion = 100

extension Session.Entry {
  /// Reads one line of a session.
  public init(parsing text: String, in vocabulary: Vocabulary) throws(LanguageError) {
    var parser = try Parser(text, in: vocabulary)
    self = try parser.entry()
    try parser.end()
  }
}

extension Parser {
  /// What follows `session`: the version of the format, and that of the program.
  mutating func session() throws(LanguageError) -> Session {
    let expected = "the version of the format, such as \(Session.version)"
    let token = try word(expected)
    guard let version = naturalNumber(token.text) else {
      throw mistake("\(token.shown) is no version", at: token, expected)
    }
    // Nothing behind the version is read: a later one may write what it likes there.
    guard version == Session.version else {
      throw mistake(
        "this session is of version \(version); this program reads version \(Session.version)",
        at: token)
    }
    let program = try text(
      "the version of the program in quotation marks, such as \"0.1\"", longest: longestVersion)
    return Session(program: program, number: line)
  }

  /// One line of a session.
  mutating func entry() throws(LanguageError) -> Session.Entry {
    if take("state") { return .state(step: try stepNumber(), try stateHash()) }
    if take("reached") { return .reached(try stepNumber("the number of a stop, such as 3")) }
    if nextIsTime { return .time(try timeCommand()) }
    if let next, next.kind == .word {
      let word = next.text.lowercased()
      if pageWords.contains(word) {
        throw mistake(
          "\(word) stands in a page, not in its session", at: next,
          "lines such as these before the line `session`")
      }
      try checkIsCommand(next, or: sessionWords)
    }
    return .command(try command())
  }

  private mutating func stateHash() throws(LanguageError) -> StateHash {
    let expected = "the hash of a state: ~ and 16 digits of 0-9 a-f"
    let token = try word(expected)
    guard let hash = StateHash(token.text) else {
      throw mistake("\(token.shown) is no hash of a state", at: token, expected)
    }
    return hash
  }

  /// A line of a page that may stand only in its session.
  func checkIsOfPage(_ token: Token) throws(LanguageError) {
    if sessionWords.contains(token.text.lowercased()) {
      throw mistake(
        "\(token.text.lowercased()) stands only in the session of a page", at: token,
        "a line such as `session 1 \"0.1\"` before it")
    }
  }
}
