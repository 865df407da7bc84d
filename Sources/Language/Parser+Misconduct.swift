internal import PBFT
internal import Simulation

extension Parser {
  /// `withhold COMMIT to R1,R2 n 1..3 v 0..2`.
  mutating func misconduct() throws(LanguageError) -> Misconduct {
    let words = MisconductKind.allCases.map(\.word)
    let expected = "a misbehaviour: \(words.prefix(3).joined(separator: ", ")), …"
    let token = try word(expected, among: words)
    guard let kind = MisconductKind.allCases.first(where: { $0.word == token.text.lowercased() })
    else {
      throw mistake("\(token.shown) is no misbehaviour", at: token, expected, among: words)
    }
    let parameter = try parameter(of: kind)
    return Misconduct(kind, parameter, target: try target())
  }

  private mutating func parameter(
    of kind: MisconductKind
  ) throws(LanguageError) -> Misconduct.Parameter? {
    switch kind.form {
    case .none: return nil
    case .message:
      let expected = "a kind of message, such as COMMIT"
      let token = try word(expected, among: Message.Kind.allCases.map(\.rawValue))
      return .message(try messageKind(token, expected))
    case .client: return .client(try client())
    case .time: return .time(try duration())
    case .view: return .view(try view())
    case .replica: return .replica(try replica())
    case .count:
      let counts = MisconductKind.counts
      let expected = "a number from \(counts.lowerBound) to \(counts.upperBound)"
      let token = try word(expected)
      guard let count = naturalNumber(token.text), counts.contains(count) else {
        throw mistake("\(token.shown) is no such number", at: token, expected)
      }
      return .count(count)
    case .words(let words):
      guard let token = next, !nextIs("to"), !nextIs("n"), !nextIs("v") else { return nil }
      guard token.kind == .word, words.contains(token.text.lowercased()) else {
        throw unexpected(words.joined(separator: ", "), among: words)
      }
      skip()
      return .word(token.text.lowercased())
    }
  }

  /// `to R1,R2 n 1..3 v 0..2`, each of them or none, in this order.
  private mutating func target() throws(LanguageError) -> Target {
    var recipients: [Principal]?
    if take("to") {
      var named = [try principal()]
      while take(sign: ",") {
        let token = next
        let principal = try principal()
        if let token, named.contains(principal) {
          throw mistake("\(principal) is named twice", at: token)
        }
        named.append(principal)
      }
      recipients = named
    }
    let numbers = take("n") ? try range("sequence numbers") : nil
    let views = take("v") ? try range("views") : nil
    if !isAtEnd { throw unexpected("to, n or v, in this order") }
    return Target(
      to: recipients,
      numbers: numbers.map { SequenceNumber($0.lowerBound)...SequenceNumber($0.upperBound) },
      views: views.map { View($0.lowerBound)...View($0.upperBound) })
  }

  /// `1..3`, or `2` for `2..2`.
  private mutating func range(_ what: String) throws(LanguageError) -> ClosedRange<Int> {
    let expected = "\(what) such as 1..3"
    let token = try word(expected)
    let ends = token.text.split(separator: ".", omittingEmptySubsequences: false)
    let isPair = ends.count == 3 && ends[1].isEmpty
    guard ends.count == 1 || isPair, let low = ends.first.flatMap({ naturalNumber($0) }),
      let high = ends.last.flatMap({ naturalNumber($0) })
    else { throw mistake("\(token.shown) is no range", at: token, expected) }
    guard low <= high else {
      throw mistake("\(low) is above \(high)", at: token, "the lower one first")
    }
    return low...high
  }
}
