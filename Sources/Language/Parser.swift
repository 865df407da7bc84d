internal import PBFT

/// Reads the tokens of one line from left to right.
struct Parser {
  let vocabulary: Vocabulary
  let line: Int
  private let tokens: [Token]
  private let endColumn: Int
  private var index = 0
  /// How many operators the condition read so far holds.
  var operators = 0

  init(
    _ text: some StringProtocol, in vocabulary: Vocabulary, line: Int = 1, firstColumn: Int = 1
  ) throws(LanguageError) {
    var lexer = Lexer(text, line: line, firstColumn: firstColumn)
    self.vocabulary = vocabulary
    self.line = line
    endColumn = lexer.endColumn
    tokens = try lexer.tokens()
  }

  var isAtEnd: Bool { index >= tokens.count }

  /// The next token, or nil at the end of the line.
  var next: Token? { isAtEnd ? nil : tokens[index] }

  /// The token after the next.
  var second: Token? { index + 1 < tokens.count ? tokens[index + 1] : nil }

  /// Where the next token stands, or where the line ends.
  var column: Int { next?.column ?? endColumn }

  mutating func skip() { index += 1 }

  /// Whether the next token is this word of the language.
  func nextIs(_ word: String) -> Bool {
    guard let next, next.kind == .word else { return false }
    return next.text.lowercased() == word
  }

  func nextIs(sign: String) -> Bool {
    guard let next, next.kind == .sign else { return false }
    return next.text == sign
  }

  /// Passes over this word if it comes next.
  mutating func take(_ word: String) -> Bool {
    let found = nextIs(word)
    if found { skip() }
    return found
  }

  mutating func take(sign: String) -> Bool {
    let found = nextIs(sign: sign)
    if found { skip() }
    return found
  }

  /// The next token if it is a word, or a mistake that tells what was expected.
  mutating func word(_ expected: String, among words: [String] = []) throws(LanguageError) -> Token
  {
    guard let next, next.kind == .word else { throw unexpected(expected, among: words) }
    skip()
    return next
  }

  /// Passes over this sign, which must come next.
  mutating func need(sign: String, _ expected: String) throws(LanguageError) {
    if !take(sign: sign) { throw unexpected(expected) }
  }

  /// Makes sure that nothing follows.
  func end() throws(LanguageError) {
    if !isAtEnd { throw unexpected("the end of the line") }
  }

  /// A mistake at the next token, or at the end of the line.
  func unexpected(_ expected: String, among words: [String] = []) -> LanguageError {
    guard let next else {
      return LanguageError(
        line: line, column: endColumn, problem: "the line ends too early", expected: expected)
    }
    return mistake("unexpected \(next.shown)", at: next, expected, among: words)
  }

  /// A mistake at this token, with the nearest of the words that would have been right.
  func mistake(
    _ problem: String, at token: Token, _ expected: String? = nil, among words: [String] = []
  ) -> LanguageError {
    LanguageError(
      line: line, column: token.column, problem: problem, expected: expected,
      nearest: nearestWord(to: token.text, among: words))
  }
}
