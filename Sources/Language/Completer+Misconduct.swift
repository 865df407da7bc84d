internal import PBFT
internal import Simulation

extension Completer {
  /// `misbehave R0 withhold COMMIT to R1,R2 n 1..3 v 0`.
  func misconduct(_ rest: [String]) -> [Completion] {
    guard let who = rest.first else { return principals }
    if clients.contains(where: { $0.text == who.lowercased() }) { return clientMisconduct(rest) }
    guard rest.count > 1 else {
      return MisconductKind.allCases.map { Completion($0.word, $0.title) }
    }
    let name = rest[1].lowercased()
    guard let kind = MisconductKind.allCases.first(where: { $0.word == name }) else { return [] }
    let behind = rest.dropFirst(2).map { $0.lowercased() }
    guard let first = behind.first else {
      return parameters(of: kind) + (needsParameter(kind) ? [] : target(after: []))
    }
    let words: [String] = if case .words(let words) = kind.form { words } else { [] }
    let hasParameter = needsParameter(kind) || words.contains(first)
    return target(after: Array(behind.dropFirst(hasParameter ? 1 : 0)))
  }

  private func needsParameter(_ kind: MisconductKind) -> Bool {
    switch kind.form {
    case .none, .words: false
    default: true
    }
  }

  private func parameters(of kind: MisconductKind) -> [Completion] {
    let help = kind.parameterHelp
    switch kind.form {
    case .none: return []
    case .message: return kinds
    case .client: return clients.map { Completion($0.text, help) }
    case .time: return ["500ms", "1s", "1.8s"].map { Completion($0, help) }
    case .count: return ["2", "3", "10"].map { Completion($0, help) }
    case .view: return ["v1", "v2", "v5"].map { Completion($0, help) }
    case .replica: return replicas.map { Completion($0.text, help) }
    case .words(let words): return words.map { Completion($0, help) }
    }
  }

  /// What may follow of `to R1,R2 n 1..3 v 0`.
  private func target(after words: [String]) -> [Completion] {
    switch words.last {
    case "to":
      guard let end = partial.lastIndex(of: ",") else { return principals }
      let before = String(partial[...end])
      let named = before.lowercased().split(separator: ",").map(String.init)
      return principals.filter { !named.contains($0.text.lowercased()) }
        .map { Completion(before + $0.text, $0.explanation) }
    case "n": return ["1", "1..3"].map { Completion($0, "these sequence numbers") }
    case "v": return ["0", "0..2"].map { Completion($0, "these views") }
    default:
      var offers: [Completion] = []
      if !words.contains("to"), !words.contains("n"), !words.contains("v") {
        offers.append(Completion("to", "for these recipients only: to R1,R2"))
      }
      if !words.contains("n"), !words.contains("v") {
        offers.append(Completion("n", "at these sequence numbers only: n 1..3"))
      }
      if !words.contains("v") {
        offers.append(Completion("v", "in these views only: v 0..2"))
      }
      return offers
    }
  }
}
