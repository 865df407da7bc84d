internal import PBFT
internal import Simulation

extension Parser {
  /// `#31 view 3`, `COMMIT R0>R1 v0 n1 drop`.
  mutating func alteration() throws(LanguageError) -> Command {
    let reference = try messageReference(before: Alteration.words)
    return .alter(reference, try alterationItself())
  }

  private mutating func alterationItself() throws(LanguageError) -> Alteration {
    let words = Alteration.words
    let expected = "what is altered: \(words.joined(separator: ", "))"
    let token = try word(expected, among: words)
    switch token.text.lowercased() {
    case "view": return .view(try view())
    case "n": return .sequence(try sequence())
    case "digest": return .digest(try digestName())
    case "sender": return .sender(try replica())
    case "result":
      return .result(try text("a result, such as LIE", longest: KeyValueStore.longestValue))
    case "drop": return .withheld
    case "repeat": return .repeated(after: try duration())
    case "stale": return .stale
    case "corrupt": return .corrupt
    default: throw mistake("\(token.shown) alters nothing", at: token, expected, among: words)
    }
  }
}
