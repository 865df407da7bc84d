/// A word, a text in quotation marks or a sign, and where it stands.
struct Token: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case word
    /// A text in quotation marks, without them and with its escapes resolved.
    case quoted
    case sign
  }

  let kind: Kind
  let text: String
  /// Counted from one, in Unicode scalars.
  let column: Int

  /// The token as a mistake quotes it.
  var shown: String { "\"\(text)\"" }
}

/// The scalars that mean something wherever they stand outside quotation marks.
private let signs: Set<Unicode.Scalar> = ["(", ")", "<", ">", "|", ",", "*", "+", "=", "%"]

/// Cuts one line into tokens.
struct Lexer {
  private let scalars: [Unicode.Scalar]
  private let line: Int
  /// The column of the first scalar: a text inside a line begins later than at one.
  private let firstColumn: Int
  private var index = 0

  init(_ text: some StringProtocol, line: Int, firstColumn: Int = 1) {
    scalars = Array(text.unicodeScalars)
    self.line = line
    self.firstColumn = firstColumn
  }

  /// The column behind the last scalar.
  var endColumn: Int { firstColumn + scalars.count }

  private var column: Int { firstColumn + index }

  /// All tokens of the line; what follows `#` is a comment, unless it is a message's number.
  mutating func tokens() throws(LanguageError) -> [Token] {
    var tokens: [Token] = []
    while index < scalars.count {
      let scalar = scalars[index]
      if Self.isBlank(scalar) {
        index += 1
      } else if isComment {
        break
      } else if Self.isControl(scalar) {
        throw mistake(Self.problem(of: scalar), "text", at: column)
      } else if scalar == "\"" {
        tokens.append(try quoted())
      } else if signs.contains(scalar) {
        tokens.append(sign(scalar))
      } else {
        tokens.append(word())
      }
    }
    return tokens
  }

  private var isComment: Bool {
    guard scalars[index] == "#", index == 0 || Self.isBlank(scalars[index - 1]) else {
      return false
    }
    return index + 1 >= scalars.count || !("0"..."9").contains(scalars[index + 1])
  }

  private mutating func sign(_ scalar: Unicode.Scalar) -> Token {
    let start = column
    index += 1
    if scalar == "<", index < scalars.count, scalars[index] == ">" {
      index += 1
      return Token(kind: .sign, text: "<>", column: start)
    }
    return Token(kind: .sign, text: String(scalar), column: start)
  }

  private mutating func word() -> Token {
    let start = column
    var text = String.UnicodeScalarView()
    while index < scalars.count {
      let scalar = scalars[index]
      if Self.isBlank(scalar) || Self.isControl(scalar) || scalar == "\"" || signs.contains(scalar)
      {
        break
      }
      text.append(scalar)
      index += 1
    }
    return Token(kind: .word, text: String(text), column: start)
  }

  private mutating func quoted() throws(LanguageError) -> Token {
    let start = column
    index += 1
    var text = String.UnicodeScalarView()
    while index < scalars.count {
      let scalar = scalars[index]
      if Self.isControl(scalar) { throw mistake(Self.problem(of: scalar), "text", at: column) }
      index += 1
      if scalar == "\"" { return Token(kind: .quoted, text: String(text), column: start) }
      text.append(scalar == "\\" ? try escaped() : scalar)
    }
    throw mistake("the text that begins here does not end", "a closing \"", at: start)
  }

  private mutating func escaped() throws(LanguageError) -> Unicode.Scalar {
    let start = column - 1
    guard index < scalars.count else {
      throw mistake("the line ends after \\", Self.escapes, at: start)
    }
    let scalar = scalars[index]
    index += 1
    switch scalar {
    case "\"", "\\": return scalar
    case "n": return "\n"
    case "t": return "\t"
    case "u": return try numbered(from: start)
    default: throw mistake("\\\(scalar) means nothing", Self.escapes, at: start)
    }
  }

  /// `\u{1f}`: a scalar by its number.
  private mutating func numbered(from start: Int) throws(LanguageError) -> Unicode.Scalar {
    var digits = ""
    if index < scalars.count, scalars[index] == "{" {
      index += 1
      while index < scalars.count, scalars[index] != "}", digits.unicodeScalars.count < 8 {
        digits.unicodeScalars.append(scalars[index])
        index += 1
      }
      if index < scalars.count, scalars[index] == "}" {
        index += 1
        if let number = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(number) {
          return scalar
        }
      }
    }
    throw mistake("\\u is not followed by a character's number", "such as \\u{e9}", at: start)
  }

  private static let escapes = "\\\", \\\\, \\n, \\t or \\u{…}"

  private func mistake(_ problem: String, _ expected: String, at column: Int) -> LanguageError {
    LanguageError(line: line, column: column, problem: problem, expected: expected)
  }

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }

  /// Whether the scalar belongs to no text: a control character other than a tab.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "\t" && (scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value))
  }

  private static func problem(of scalar: Unicode.Scalar) -> String {
    "a control character (U+\(hexadecimal(scalar))) is no text"
  }

  static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
