internal import PBFT
public import Simulation

/// The first words of what is done with a history, in the order in which help shows them.
///
/// `step 12` is one of these lines too; `step` alone is a command.
let timeWords = ["back", "next", "goto", "name", "note", "break", "forget"]

extension TimeCommand {
  /// Reads what is done with a history: `back until R2 prepared 1`.
  public init(parsing text: String, in vocabulary: Vocabulary) throws(LanguageError) {
    var parser = try Parser(text, in: vocabulary)
    self = try parser.timeCommand()
    try parser.end()
  }
}

extension Parser {
  /// Whether the line that begins here is about the history rather than its world.
  var nextIsTime: Bool {
    nextIs("step") ? second != nil : timeWords.contains { nextIs($0) }
  }

  mutating func timeCommand() throws(LanguageError) -> TimeCommand {
    let words = ["step"] + timeWords
    let token = try word(words.joined(separator: ", "), among: words)
    switch token.text.lowercased() {
    case "step": return .forward(try count())
    case "back": return try back()
    case "next": return .next(try landmark("what to go on to"))
    case "goto": return try goTo()
    case "name": return .name(try branchName())
    case "note": return .note(try narration())
    case "break":
      if take("off") { return .breakOff(isAtEnd ? nil : try condition()) }
      return .breakAt(try condition())
    case "forget": return .forget(try branchName())
    default:
      throw mistake(
        "\(token.shown) does nothing with a history", at: token, words.joined(separator: ", "),
        among: words)
    }
  }

  /// What follows `back`: a number of steps, a time, `until` and a condition, or a landmark.
  private mutating func back() throws(LanguageError) -> TimeCommand {
    guard let next else { return .back(1) }
    if take("until") { return .backUntil(try condition()) }
    if next.kind == .word, isDigits(next.text) { return .back(try count()) }
    if next.kind == .word, next.text.first?.isNumber == true { return .backFor(try duration()) }
    return .previous(
      try landmark("a number of steps, a time such as 500ms, until and a condition, or", ["until"]))
  }

  private mutating func landmark(
    _ expected: String, _ others: [String] = []
  ) throws(LanguageError) -> Landmark {
    let words = Landmark.general.map(\.word)
    let expected = "\(expected): \(words.joined(separator: ", ")), at R2"
    let token = try word(expected, among: words + ["at"] + others)
    if token.text.lowercased() == "at" { return .at(try replica()) }
    guard let landmark = Landmark.general.first(where: { $0.word == token.text.lowercased() })
    else {
      throw mistake(
        "there is no way to \(token.shown)", at: token, expected, among: words + ["at"] + others)
    }
    return landmark
  }

  /// What follows `goto`: `41`, `41 of crash-R2`, `start`, `end`, `crash-R2`.
  private mutating func goTo() throws(LanguageError) -> TimeCommand {
    guard let token = next, token.kind == .word else {
      throw unexpected("a step such as 41, the name of a branch, start or end")
    }
    let step: Int?
    if take("end") {
      step = nil
    } else if take("start") {
      step = 0
    } else if isDigits(token.text) {
      step = try stepNumber()
    } else {
      return .goTo(step: nil, branch: try branchName())
    }
    return .goTo(step: step, branch: take("of") ? try branchName() : nil)
  }

  /// `crash-R2`.
  private mutating func branchName() throws(LanguageError) -> String {
    let expected =
      "1 to \(Branch.longestName) letters, digits, - and _, not only digits, as in crash-R2"
    let token = try word(expected)
    guard Branch.isName(token.text) else {
      throw mistake("\(token.shown) is no name of a branch", at: token, expected)
    }
    return token.text
  }

  /// A number of steps, at least one.
  private mutating func count() throws(LanguageError) -> Int {
    let token = next
    let count = try stepNumber("a number of steps, such as 12")
    if count == 0, let token { throw mistake("no step at all is no way", at: token, "at least 1") }
    return count
  }

  /// `41`.
  mutating func stepNumber(
    _ expected: String = "a step's number, such as 41"
  ) throws(LanguageError) -> Int {
    let token = try word(expected)
    if let number = naturalNumber(token.text) { return number }
    throw isDigits(token.text)
      ? mistake("\(token.shown) is too large", at: token, "at most \(greatestNumber)")
      : mistake("\(token.shown) is no number of steps", at: token, expected)
  }

  private func isDigits(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { ("0"..."9").contains($0) }
  }
}
