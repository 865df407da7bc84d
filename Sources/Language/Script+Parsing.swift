internal import PBFT
internal import Simulation

extension Script {
  /// The longest text of a title, a narration or a caption, in bytes of UTF-8.
  public static let longestText = 1_000

  /// Reads a page; the first mistake in it is thrown with its place.
  public init(parsing text: String) throws(LanguageError) {
    self.init(lines: [])
    var isWorldSet = false
    var number = 0
    for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      var line = line
      if line.last == "\r" { line.removeLast() }
      if number == 1, line.first == "\u{feff}" { line.removeFirst() }
      var parser = try Parser(
        String(String.UnicodeScalarView(line)), in: Vocabulary(configuration), line: number)
      guard let first = parser.next else { continue }
      if parser.take("title") {
        if title != nil { throw parser.mistake("the page has a title already", at: first) }
        title = try parser.narration()
      } else if parser.take("world") {
        if isWorldSet { throw parser.mistake("the world is set already", at: first) }
        if !lines.allSatisfy(\.isNarration) {
          throw parser.mistake(
            "the world is set after the first command", at: first, "world before every command")
        }
        configuration = try parser.settings(base: configuration, at: first)
        isWorldSet = true
      } else {
        lines.append(Line(number, try parser.statement()))
      }
      try parser.end()
    }
    if lines.isEmpty {
      throw LanguageError(
        line: 1, column: 1, problem: "there is no command in it",
        expected: "lines such as: request alice append x 1")
    }
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

/// The first words of the lines that stand only in scripts.
private let pageWords = ["title", "world", "expect", "control", "say", "stop"]

extension Parser {
  fileprivate mutating func statement() throws(LanguageError) -> Script.Statement {
    if take("expect") { return .expect(try condition()) }
    if take("control") { return .control(try condition()) }
    if take("say") { return .say(try narration()) }
    if take("stop") { return .stop(isAtEnd ? nil : try narration()) }
    if let next, next.kind == .word, !commandWords.contains(next.text.lowercased()) {
      throw mistake(
        "unknown command \(next.shown)", at: next, "a command: step, run, deliver, …",
        among: commandWords + pageWords)
    }
    return .command(try command())
  }

  /// A text in quotation marks.
  fileprivate mutating func narration() throws(LanguageError) -> String {
    if let next, next.kind == .word { throw unexpected("a text in quotation marks") }
    return try text("a text in quotation marks", longest: Script.longestText)
  }
}
