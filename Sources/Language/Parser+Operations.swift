internal import PBFT

/// The first words of all operations.
let operationWords = ["put", "add", "append", "get", "delete"]

extension Parser {
  /// `append x 1`, or the same as one text: `"append x 1"`.
  mutating func operation() throws(LanguageError) -> Operation {
    let expected = "an operation: \(operationWords.joined(separator: ", "))"
    if let token = next, token.kind == .quoted {
      skip()
      var inner = try Parser(
        token.text, in: vocabulary, line: line, firstColumn: token.column + 1)
      if inner.next?.kind == .quoted { throw inner.unexpected(expected) }
      let operation = try inner.operation()
      try inner.end()
      return operation
    }
    let token = try word(expected, among: operationWords)
    switch token.text.lowercased() {
    case "put": return .put(key: try key(), value: try value())
    case "add": return .add(key: try key(), amount: try amount())
    case "append": return .append(key: try key(), value: try value())
    case "get": return .get(key: try key())
    case "delete": return .delete(key: try key())
    default:
      throw mistake("unknown operation \(token.shown)", at: token, expected, among: operationWords)
    }
  }

  private mutating func key() throws(LanguageError) -> String {
    try text("a key, such as x", longest: Operation.longestText)
  }

  private mutating func value() throws(LanguageError) -> String {
    try text("a value, such as 1 or \"a b\"", longest: Operation.longestText)
  }

  private mutating func amount() throws(LanguageError) -> Int {
    let expected = "a whole number such as 5 or -3"
    _ = take(sign: "+")
    let token = try word(expected)
    guard let amount = Int(token.text) else {
      throw mistake("\(token.shown) is no amount", at: token, expected)
    }
    return amount
  }
}
