internal import PBFT
internal import Simulation

extension Parser {
  /// Whether the next word names a client of this world or has the form of one.
  var nextIsClient: Bool {
    guard let next, next.kind == .word else { return false }
    return vocabulary.looksLikeClient(next.text) || vocabulary.client(named: next.text) != nil
  }

  /// `alice only-to R2`, `alice mute`.
  mutating func clientMisconduct() throws(LanguageError) -> Command {
    let client = try client()
    let words = ClientMisconduct.words
    let expected = "what it does: \(words.joined(separator: ", "))"
    let token = try word(expected, among: words)
    let misconduct: ClientMisconduct
    switch token.text.lowercased() {
    case "only-to": misconduct = .onlyTo(try replica())
    case "mute": misconduct = .mute
    case "slow": misconduct = .slow(try duration())
    case "old-timestamps": misconduct = .oldTimestamps
    case "two-operations": misconduct = .twoOperations
    case "huge-timestamp": misconduct = .hugeTimestamp
    case "impatient": misconduct = .impatient
    case "unsigned": misconduct = .unsigned
    default:
      throw mistake(
        "\(token.shown) is no misbehaviour of a client", at: token, expected, among: words)
    }
    return .misbehaveClient(client, misconduct)
  }
}

extension ClientMisconduct {
  /// As the language writes it: `only-to R2`.
  var text: String {
    switch self {
    case .onlyTo(let replica): "only-to \(replica)"
    case .slow(let duration): "slow \(duration.text)"
    default: word
    }
  }

  /// What it does, in a sentence about the client.
  func sentence(_ client: ClientID) -> String {
    let what =
      switch self {
      case .onlyTo(let replica): "sends its requests to \(replica) only"
      case .mute: "sends nothing"
      case .slow(let duration): "sends everything \(duration.text) late"
      case .oldTimestamps: "gives each request the timestamp before its own"
      case .twoOperations: "sends two operations under one timestamp to different replicas"
      case .hugeTimestamp: "gives each request a timestamp far above its own"
      case .impatient: "asks all replicas at once, and again every 100ms"
      case .unsigned: "sends requests that nobody's key verifies"
      }
    return "from now on \(client) \(what); clients do not count against f"
  }
}
