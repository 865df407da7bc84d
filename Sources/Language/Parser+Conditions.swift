internal import PBFT
internal import Simulation

/// The words that say what a condition speaks of.
let conditionWords = [
  "pre-prepared", "prepared", "committed", "executed", "view", "changing", "stable", "holds",
  "refused", "crashed", "faulty", "accepted", "violated", "idle", "time", "not",
]

/// The phases of a sequence number, by their words.
private let phases: [Phase] = [.empty, .prePrepared, .prepared, .committed]

private let conditionExpected = "a condition such as R2 prepared 1, view 1 or alice/1 accepted"

extension Parser {
  /// The most operators and parentheses in one condition.
  static let mostOperators = 100

  /// `A or B`.
  mutating func condition() throws(LanguageError) -> Condition {
    var condition = try conjunction()
    while nextIs("or") {
      try countOperator()
      condition = .or(condition, try conjunction())
    }
    return condition
  }

  /// `A and B`, which binds more than `or`.
  private mutating func conjunction() throws(LanguageError) -> Condition {
    var condition = try factor()
    while nextIs("and") {
      try countOperator()
      condition = .and(condition, try factor())
    }
    return condition
  }

  /// `not A`, `(A)` or a plain sentence.
  private mutating func factor() throws(LanguageError) -> Condition {
    if nextIs("not") {
      try countOperator()
      return .not(try factor())
    }
    if nextIs(sign: "(") {
      try countOperator()
      let inner = try condition()
      try need(sign: ")", "and, or, or a closing )")
      return inner
    }
    return try sentence()
  }

  /// Passes over an operator; a condition has room for so many.
  private mutating func countOperator() throws(LanguageError) {
    operators += 1
    if operators > Self.mostOperators, let next {
      throw mistake(
        "this condition is too long", at: next, "at most \(Self.mostOperators) operators")
    }
    skip()
  }

  private mutating func sentence() throws(LanguageError) -> Condition {
    guard let token = next, token.kind == .word else {
      throw unexpected(conditionExpected, among: conditionWords)
    }
    if token.text.contains("/") { return try accepted() }
    guard vocabulary.looksLikeReplica(token.text) else { return try predicate(of: nil) }
    let replica = try replica()
    if take("crashed") { return .crashed(replica) }
    if take("faulty") { return .faulty(replica) }
    return try predicate(of: replica)
  }

  private mutating func accepted() throws(LanguageError) -> Condition {
    let request = try requestName()
    if !take("accepted") { throw unexpected("accepted", among: ["accepted"]) }
    guard let token = next, token.kind != .sign,
      token.kind == .quoted || !["and", "or", "within"].contains(token.text.lowercased())
    else { return .accepted(request, result: nil) }
    return .accepted(
      request, result: try text("a result", longest: KeyValueStore.longestValue))
  }

  private mutating func predicate(of replica: ReplicaID?) throws(LanguageError) -> Condition {
    let token = try word(conditionExpected, among: conditionWords)
    let word = token.text.lowercased()
    if let phase = phases.first(where: { $0.word == word }) {
      return .phase(phase, try sequence(), try digestIfAny(), try scope(replica))
    }
    switch word {
    case "executed": return .executed(try sequence(), try digestIfAny(), try scope(replica))
    case "view": return .view(try view(), try scope(replica))
    case "changing": return .changing(try view(), try scope(replica))
    case "stable": return .stable(try sequence(), try scope(replica))
    case "refused": return .refused(try rule(), try scope(replica))
    case "holds":
      let key = try text("a key, such as x", longest: Operation.longestText)
      let value = try text("the value of \(key)", longest: KeyValueStore.longestValue)
      return .value(key: key, value, try scope(replica))
    case "violated" where replica == nil: return .violated(try invariantIfAny())
    case "idle" where replica == nil: return .idle
    case "time" where replica == nil:
      return .time(Instant(microseconds: try duration().microseconds))
    case "crashed" where replica == nil, "faulty" where replica == nil:
      throw mistake("\(token.shown) needs a replica", at: token, "such as R0 \(word)")
    default:
      throw mistake(
        "unknown condition \(token.shown)", at: token, conditionExpected, among: conditionWords)
    }
  }

  /// A digest, where the next word can be one.
  private mutating func digestIfAny() throws(LanguageError) -> DigestName? {
    guard let token = next, token.kind == .word,
      !["at", "and", "or", "within"].contains(token.text.lowercased())
    else { return nil }
    return try digestName()
  }

  /// `at all correct`, `at any correct`; the replica itself where one was named.
  private mutating func scope(_ replica: ReplicaID?) throws(LanguageError) -> Scope {
    if let replica { return .replica(replica) }
    guard take("at") else { return .allCorrect }
    let expected = "all correct, any correct or a replica"
    if let token = next, token.kind == .word, vocabulary.looksLikeReplica(token.text) {
      return .replica(try self.replica())
    }
    let token = try word(expected, among: ["all", "any"])
    let word = token.text.lowercased()
    guard word == "all" || word == "any" else {
      throw mistake("unexpected \(token.shown)", at: token, expected, among: ["all", "any"])
    }
    if !take("correct") { throw unexpected("correct", among: ["correct"]) }
    return word == "all" ? .allCorrect : .anyCorrect
  }

  mutating func rule() throws(LanguageError) -> Rule {
    let names = Rule.allCases.map(\.name)
    let token = try word("a rule such as within-watermarks", among: names)
    guard let rule = Rule(name: token.text.lowercased()) else {
      throw mistake(
        "unknown rule \(token.shown)", at: token, "a rule such as within-watermarks", among: names)
    }
    return rule
  }

  private mutating func invariantIfAny() throws(LanguageError) -> Invariant? {
    guard let token = next, token.kind == .word,
      !["and", "or", "within"].contains(token.text.lowercased())
    else { return nil }
    let names = Invariant.allCases.map(\.name)
    guard let invariant = Invariant.allCases.first(where: { $0.name == token.text.lowercased() })
    else {
      throw mistake(
        "unknown invariant \(token.shown)", at: token, names.joined(separator: ", "), among: names)
    }
    skip()
    return invariant
  }
}
