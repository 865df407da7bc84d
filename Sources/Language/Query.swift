public import PBFT
public import Simulation

/// A question about a world; it changes nothing, and stands in no script.
public enum Query: Hashable, Sendable {
  /// `why`: why each request waits.
  case progress
  /// `why alice`: why this client waits.
  case client(ClientID)
  /// `why R3 prepared 2`: why a cell of the grid is empty, or why it is not.
  case cell(ReplicaID, Milestone, SequenceNumber)

  /// Whether a line asks, rather than commands.
  public static func isQuestion(_ text: String) -> Bool {
    let word = text.split(separator: " ", maxSplits: 1).first
    return word?.lowercased() == "why"
  }

  /// Reads a question.
  public init(parsing text: String, in vocabulary: Vocabulary) throws(LanguageError) {
    var parser = try Parser(text, in: vocabulary)
    self = try parser.query()
    try parser.end()
  }

  /// The line that asks this; parsed again, it gives the same question.
  public var text: String {
    switch self {
    case .progress: "why"
    case .client(let client): "why \(client)"
    case .cell(let replica, let milestone, let n): "why \(replica) \(milestone.word) \(n.number)"
    }
  }
}

extension Parser {
  mutating func query() throws(LanguageError) -> Query {
    let expected = "a question: why, why alice, why R3 prepared 2"
    guard take("why") else { throw unexpected(expected, among: ["why"]) }
    guard !isAtEnd else { return .progress }
    switch try principal() {
    case .client(let client): return .client(client)
    case .replica(let replica): return .cell(replica, try milestone(), try place())
    }
  }

  private mutating func milestone() throws(LanguageError) -> Milestone {
    let words = Milestone.allCases.map(\.word)
    let expected = words.joined(separator: ", ")
    let token = try word(expected, among: words)
    guard let milestone = Milestone.allCases.first(where: { $0.word == token.text.lowercased() })
    else { throw mistake("\(token.shown) is no phase", at: token, expected, among: words) }
    return milestone
  }

  private mutating func place() throws(LanguageError) -> SequenceNumber {
    let token = next
    let n = try sequence()
    if n <= .zero, let token { throw mistake("sequence numbers begin with 1", at: token) }
    return n
  }
}

extension Completer {
  /// What may follow `why`.
  func question(_ rest: [String]) -> [Completion] {
    switch rest.count {
    case 0: principals
    case 1 where context.vocabulary.replica(named: rest[0]) != nil:
      Milestone.allCases.map { Completion($0.word, "why it has come so far, or has not") }
    default: []
    }
  }
}
