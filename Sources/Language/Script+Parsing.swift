internal import PBFT
internal import Simulation

extension Script {
  /// The longest text of a title, a narration or a caption, in bytes of UTF-8.
  public static let longestText = 1_000

  /// Reads a page, its session included; the first mistake in it is thrown with its place.
  public init(parsing text: String) throws(LanguageError) {
    var reader = PageReader()
    for (index, line) in PageReader.lines(of: text).enumerated() {
      try reader.read(line, number: index + 1)
    }
    self = try reader.whole()
  }
}

/// Reads a page line by line, and its session behind it.
struct PageReader {
  private(set) var script = Script(lines: [])
  private var isWorldSet = false

  /// The lines of a text, without what ends them.
  static func lines(of text: String) -> [String] {
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    for index in lines.indices where lines[index].last == "\r" { lines[index].removeLast() }
    if lines[0].first == "\u{feff}" { lines[0].removeFirst() }
    return lines.map { String(String.UnicodeScalarView($0)) }
  }

  /// What a line was.
  enum Part {
    /// A line of the page, or none at all.
    case page
    /// The line with which the session begins.
    case heading
    case entry(Session.Entry)
  }

  /// Whether the session begins with this line.
  static func isHeading(_ line: String) -> Bool {
    (try? Parser(line, in: Vocabulary()))?.nextIs("session") ?? false
  }

  /// Reads the next line.
  @discardableResult
  mutating func read(_ line: String, number: Int) throws(LanguageError) -> Part {
    var parser = try Parser(line, in: Vocabulary(script.configuration), line: number)
    guard let first = parser.next else { return .page }
    if parser.take("session") {
      if script.session != nil { throw parser.mistake("the session has begun already", at: first) }
      let session = try parser.session()
      try parser.end()
      script.session = session
      return .heading
    } else if script.session != nil {
      let entry = try parser.entry()
      try parser.end()
      script.session?.lines.append(Session.Line(number, entry))
      return .entry(entry)
    }
    try readPage(&parser, first, number)
    return .page
  }

  private mutating func readPage(
    _ parser: inout Parser, _ first: Token, _ number: Int
  ) throws(LanguageError) {
    if parser.take("title") {
      if script.title != nil { throw parser.mistake("the page has a title already", at: first) }
      script.title = try parser.narration()
    } else if parser.take("world") {
      if isWorldSet { throw parser.mistake("the world is set already", at: first) }
      if !script.lines.allSatisfy(\.isNarration) {
        throw parser.mistake(
          "the world is set after the first command", at: first, "world before every command")
      }
      script.configuration = try parser.settings(base: script.configuration, at: first)
      isWorldSet = true
    } else {
      script.lines.append(Script.Line(number, try parser.statement()))
    }
    try parser.end()
  }

  /// The page, if there is anything in it.
  func whole() throws(LanguageError) -> Script {
    if script.lines.isEmpty, script.session == nil {
      throw LanguageError(
        line: 1, column: 1, problem: "there is no command in it",
        expected: "lines such as: request alice append x 1")
    }
    return script
  }
}

extension Script.Statement {
  /// Reads one line of a script that is neither its title nor its world.
  public init(parsing text: String, in vocabulary: Vocabulary) throws(LanguageError) {
    var parser = try Parser(text, in: vocabulary)
    self = try parser.statement()
    try parser.end()
  }
}

extension Script.Line {
  fileprivate var isNarration: Bool {
    if case .say = statement { true } else { false }
  }
}

/// The first words of the lines that stand only in pages.
let pageWords = ["title", "world", "expect", "control", "say", "stop"]

extension Parser {
  fileprivate mutating func statement() throws(LanguageError) -> Script.Statement {
    if take("expect") { return .expect(try condition()) }
    if take("control") { return .control(try condition()) }
    if take("say") { return .say(try narration()) }
    if take("stop") { return .stop(isAtEnd ? nil : try narration()) }
    if nextIsTime { return .time(try timeCommand()) }
    if let next, next.kind == .word {
      try checkIsOfPage(next)
      let word = next.text.lowercased()
      if word == "title" || word == "world" {
        throw mistake("\(word) stands only at the head of a file", at: next)
      }
      try checkIsCommand(next, or: pageWords)
    }
    return .command(try command())
  }

  /// Whether the word that comes next begins a command; the nearest may be one of other words too.
  func checkIsCommand(_ token: Token, or words: [String]) throws(LanguageError) {
    if !commandWords.contains(token.text.lowercased()) {
      throw mistake(
        "unknown command \(token.shown)", at: token, "a command: step, run, deliver, …",
        among: commandWords + timeWords + words)
    }
  }

  /// A text in quotation marks.
  mutating func narration() throws(LanguageError) -> String {
    if let next, next.kind == .word { throw unexpected("a text in quotation marks") }
    return try text("a text in quotation marks", longest: Script.longestText)
  }
}
