public import Simulation

/// A word that could stand where the line ends, and what it means.
public struct Completion: Hashable, Sendable {
  /// The whole word, the part already typed included.
  public let text: String
  /// What the word does, in a short sentence.
  public let explanation: String

  public init(_ text: String, _ explanation: String) {
    self.text = text
    self.explanation = explanation
  }
}

/// What there is to name in a world at this moment.
public struct CompletionContext: Hashable, Sendable {
  /// A copy of a message on its way.
  public struct InFlight: Hashable, Sendable {
    /// `31` for `#31`.
    public let number: Int
    /// What it is, such as `PREPARE R2>R3 v0 n1 a`.
    public let description: String

    public init(_ number: Int, _ description: String) {
      self.number = number
      self.description = description
    }
  }

  public var vocabulary: Vocabulary
  public var messages: [InFlight]
  public var requests: [RequestName]
  /// How many digests have a letter.
  public var digestCount: Int
  /// The names of the branches.
  public var branches: [String]
  /// The pages that can be opened by their names, each with its title.
  public var pages: [Completion]

  public init(
    vocabulary: Vocabulary = Vocabulary(), messages: [InFlight] = [],
    requests: [RequestName] = [], digestCount: Int = 0, branches: [String] = [],
    pages: [Completion] = []
  ) {
    self.vocabulary = vocabulary
    self.messages = messages
    self.requests = requests
    self.digestCount = digestCount
    self.branches = branches
    self.pages = pages
  }
}

/// Every word that could stand where the line ends, in the order in which a list shows them.
public func completions(for line: String, in context: CompletionContext) -> [Completion] {
  var words = line.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
  let endsWithBlank = line.isEmpty || line.hasSuffix(" ")
  var partial = endsWithBlank ? "" : words.popLast() ?? ""
  var opening = ""
  while partial.hasPrefix("(") {
    opening += "("
    partial.removeFirst()
  }
  if !opening.isEmpty { words.append("(") }
  words = words.flatMap(separated)
  let completer = Completer(context: context, words: words, partial: partial)
  let wanted = partial.lowercased()
  return completer.candidates().filter { $0.text.lowercased().hasPrefix(wanted) }
    .map { Completion(opening + $0.text, $0.explanation) }
}

/// The word without the parentheses around it, which stand apart.
private func separated(_ word: String) -> [String] {
  var word = Substring(word)
  var before: [String] = []
  var after: [String] = []
  while word.hasPrefix("(") {
    before.append("(")
    word.removeFirst()
  }
  while word.hasSuffix(")") {
    after.append(")")
    word.removeLast()
  }
  return before + (word.isEmpty ? [] : [String(word)]) + after
}
