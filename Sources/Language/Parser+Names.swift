internal import PBFT
internal import Simulation

extension Parser {
  /// `R2`.
  mutating func replica() throws(LanguageError) -> ReplicaID {
    let token = try word("a replica: \(vocabulary.replicaList)")
    guard let replica = vocabulary.replica(named: token.text) else {
      throw notReplica(token, "a replica: \(vocabulary.replicaList)")
    }
    return replica
  }

  /// `alice`.
  mutating func client() throws(LanguageError) -> ClientID {
    let expected = "a client: \(vocabulary.clientList)"
    let token = try word(expected)
    guard let client = vocabulary.client(named: token.text) else {
      throw notClient(token, expected)
    }
    return client
  }

  /// `R2` or `alice`.
  mutating func principal() throws(LanguageError) -> Principal {
    let expected = "a replica or client: \(vocabulary.replicaList), \(vocabulary.clientList)"
    let token = try word(expected)
    guard let principal = vocabulary.principal(named: token.text) else {
      throw vocabulary.looksLikeClient(token.text)
        ? notClient(token, expected) : notReplica(token, expected)
    }
    return principal
  }

  private func notReplica(_ token: Token, _ expected: String) -> LanguageError {
    if vocabulary.looksLikeReplica(token.text) {
      return mistake(
        "there is no replica \(token.text.uppercased()); there are \(vocabulary.replicaList)",
        at: token)
    }
    return mistake(
      "\(token.shown) is no replica", at: token, expected,
      among: vocabulary.clients.map(\.description))
  }

  private func notClient(_ token: Token, _ expected: String) -> LanguageError {
    if vocabulary.looksLikeClient(token.text) {
      return mistake(
        "there is no client \(token.text.lowercased()); there are \(vocabulary.clientList)",
        at: token)
    }
    return mistake(
      "\(token.shown) is no client", at: token, expected,
      among: vocabulary.clients.map(\.description))
  }

  /// `alice/3`.
  mutating func requestName() throws(LanguageError) -> RequestName {
    try requestName(try word("a request such as alice/1"))
  }

  func requestName(_ token: Token) throws(LanguageError) -> RequestName {
    let parts = token.text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let name = parts.first, let number = parts.last else {
      throw mistake("\(token.shown) is no request", at: token, "a request such as alice/1")
    }
    let clientToken = Token(kind: .word, text: String(name), column: token.column)
    guard let client = vocabulary.client(named: clientToken.text) else {
      throw notClient(clientToken, "a request such as alice/1")
    }
    guard let timestamp = naturalNumber(number) else {
      throw mistake(
        "\"\(number)\" is no request's number", at: token, "0 to \(greatestNumber)")
    }
    return RequestName(client, Timestamp(timestamp))
  }

  /// `a`, `alice/1+bob/1`, `null` or `bogus`.
  mutating func digestName() throws(LanguageError) -> DigestName {
    let expected = "a digest: a, b, …, alice/1, null or bogus"
    let token = try word(expected)
    if token.text.contains("/") {
      var names = [try requestName(token)]
      while take(sign: "+") { names.append(try requestName()) }
      return .requests(names)
    }
    switch token.text {
    case "null": return .null
    case "bogus": return .bogus
    default:
      guard let index = Letters.index(of: token.text) else {
        throw mistake("\(token.shown) is no digest", at: token, expected, among: ["null", "bogus"])
      }
      return .letter(index)
    }
  }

  /// `1` or `n1`.
  mutating func sequence() throws(LanguageError) -> SequenceNumber {
    SequenceNumber(try number("n", "a sequence number such as n1"))
  }

  /// `1` or `v1`.
  mutating func view() throws(LanguageError) -> View {
    View(try number("v", "a view such as v1"))
  }

  private mutating func number(
    _ letter: Character, _ expected: String
  ) throws(LanguageError) -> Int {
    let token = try word(expected)
    let digits =
      token.text.first?.lowercased() == String(letter) ? token.text.dropFirst() : token.text[...]
    if let number = naturalNumber(digits) { return number }
    let isDigits = !digits.isEmpty && digits.allSatisfy { ("0"..."9").contains($0) }
    throw isDigits
      ? mistake("\(token.shown) is too large", at: token, "at most \(greatestNumber)")
      : mistake("\(token.shown) is no number", at: token, expected)
  }

  /// `500ms`.
  mutating func duration() throws(LanguageError) -> Duration {
    let expected = "a time such as 500ms, 1.5s or 800us"
    let token = try word(expected)
    guard let time = Times.microseconds(token.text) else {
      throw LanguageError(
        line: line, column: token.column, problem: "\(token.shown) is no time",
        expected: expected, nearest: naturalNumber(token.text).map { "\($0)ms" })
    }
    return Duration(microseconds: time)
  }

  /// A word or a text in quotation marks, of no more than so many bytes of UTF-8.
  mutating func text(_ expected: String, longest: Int) throws(LanguageError) -> String {
    guard let token = next, token.kind != .sign else { throw unexpected(expected) }
    let count = token.text.utf8.count
    if count > longest {
      throw mistake("a text of \(count) bytes is too long", at: token, "at most \(longest)")
    }
    skip()
    return token.text
  }

  /// `R1>R2`, `R1<>R2`, `R1>*`.
  mutating func link() throws(LanguageError) -> LinkPattern {
    let from = try linkEnd()
    let bothWays = take(sign: "<>")
    if !bothWays { try need(sign: ">", "> or <> between the ends of a link, as in R1>R2") }
    let to = try linkEnd()
    return LinkPattern(from: from, to: to, bothWays: bothWays)
  }

  private mutating func linkEnd() throws(LanguageError) -> Principal? {
    if take(sign: "*") { return nil }
    return try principal()
  }

  /// `#31` or `PREPARE R2>R3 v0 n1`, up to one of the words that may follow.
  mutating func messageReference(before words: [String] = []) throws(LanguageError)
    -> MessageReference
  {
    let expected = "a message: #31, or what it is, such as PREPARE R2>R3 v0 n1"
    let token = try word(expected, among: Message.Kind.allCases.map(\.rawValue))
    if token.text.hasPrefix("#") {
      guard let number = naturalNumber(token.text.dropFirst()) else {
        throw mistake("\(token.shown) is no message's number", at: token, expected)
      }
      return .number(number)
    }
    let kind = try messageKind(token, expected)
    let from = try principal()
    try need(sign: ">", "> between sender and recipient, as in R2>R3")
    let to = try principal()
    var seen: (view: View?, sequence: SequenceNumber?) = (nil, nil)
    while let token = next, token.kind == .word, !words.contains(token.text.lowercased()) {
      if seen.view == nil, seen.sequence == nil, token.text.lowercased().hasPrefix("v") {
        seen.view = try view()
      } else if seen.sequence == nil, token.text.lowercased().hasPrefix("n") {
        seen.sequence = try sequence()
      } else {
        throw unexpected("a view such as v0, then a number such as n1")
      }
    }
    return .described(kind, from: from, to: to, view: seen.view, sequence: seen.sequence)
  }

  func messageKind(_ token: Token, _ expected: String) throws(LanguageError) -> Message.Kind {
    guard let kind = Message.Kind(rawValue: token.text.uppercased()) else {
      throw mistake(
        "\(token.shown) is no kind of message", at: token, expected,
        among: Message.Kind.allCases.map(\.rawValue))
    }
    return kind
  }
}
