internal import PBFT
internal import Simulation

/// Knows what may follow the words of a line.
struct Completer {
  let context: CompletionContext
  /// The words before the one that is being typed.
  let words: [String]
  /// What has been typed of the word.
  let partial: String

  func candidates() -> [Completion] {
    guard let first = words.first?.lowercased() else { return commands }
    let rest = Array(words.dropFirst())
    if let known = timeCommand(first, rest) ?? fileCommand(first, rest) { return known }
    switch first {
    case "run":
      guard let second = rest.first else {
        return [Completion("until", "to the moment at which a condition becomes true")] + durations
      }
      return second.lowercased() == "until" ? condition(Array(rest.dropFirst()), isRun: true) : []
    case "expect", "control": return condition(rest, isRun: false)
    case "deliver", "drop", "duplicate", "release": return message(rest)
    case "hold": return message(rest) + (rest.isEmpty ? links : [])
    case "alter": return alteration(rest)
    case "request": return request(rest)
    case "load":
      let off = Completion("off", "no more requests by themselves")
      let file = Completion("\"", "a session from a file")
      return rest.isEmpty ? durations + [off, file] : []
    case "crash", "silence", "corrupt": return rest.isEmpty ? replicas : []
    case "honest": return rest.isEmpty ? principals : []
    case "twin": return rest.isEmpty ? replicas : partition(rest)
    case "restart":
      let amnesia = Completion("amnesia", "with an empty disk: it counts as faulty from then on")
      return rest.isEmpty ? replicas : rest.count == 1 ? [amnesia] : []
    case "fire": return rest.isEmpty ? principals : rest.count == 1 ? timers : []
    case "timers":
      if rest.isEmpty { return spreads }
      return rest.count == 1 && rest[0].lowercased() == "spread" ? durations : []
    case "cut", "heal": return rest.isEmpty ? links : []
    case "delay": return rest.isEmpty ? links : rest.count == 1 ? durations : []
    case "lose":
      let shares = ["10%", "50%", "100%"].map { Completion($0, "this share of what is sent") }
      return rest.isEmpty ? links : rest.count == 1 ? shares : []
    case "partition": return partition(rest)
    case "rule":
      if rest.isEmpty { return rules }
      return rest.count == 1
        ? [Completion("off", "nobody obeys it"), Completion("on", "all obey it again")] : []
    case "equivocate": return equivocation(rest)
    case "misbehave": return misconduct(rest)
    case "forge": return forgery(rest)
    case "world": return settings
    case "why": return question(rest)
    default: return []
    }
  }

  private var commands: [Completion] {
    commandWords.map { Completion($0, Self.explanation(ofCommand: $0)) }
      + timeWords.map { Completion($0, Self.explanation(ofTimeWord: $0)) }
      + [
        Completion("save", "the session goes into a file"),
        Completion("open", "a demo, or any page or session, in the place of this"),
        Completion("world", "begins anew with a world of your own: world n=7 seed=3"),
      ]
  }

  private static func explanation(ofCommand word: String) -> String {
    switch word {
    case "step": "the next event happens; step 12: so many"
    case "run": "for a time, or until a condition"
    case "deliver": "a message arrives now"
    case "drop": "a message is lost"
    case "duplicate": "a second copy of a message"
    case "hold": "a message or a link waits until it is released"
    case "release": "a held message goes on"
    case "alter": "a message of a faulty sender is changed on its way"
    case "request": "a client sends an operation"
    case "load": "a request every so often; or a session from a file"
    case "crash": "a replica stops"
    case "restart": "a replica starts again from its disk, or with amnesia"
    case "fire": "a timer runs out now"
    case "timers": "the view-change timers tie, or run out one after another"
    case "delay": "adds to the latency of a link"
    case "cut": "a link loses what is sent"
    case "lose": "a link loses a share of what is sent"
    case "heal": "restores a link, or all"
    case "partition": "cuts all links between groups"
    case "rule": "takes a rule of the protocol away, or gives it back"
    case "silence": "a replica sends nothing and still receives"
    case "equivocate": "a replica tells one half this and the other that"
    case "misbehave": "a replica or client misbehaves in one of many ways"
    case "honest": "a replica or client misbehaves no longer"
    case "corrupt": "a value in a replica's memory changes by itself"
    case "twin": "a replica runs as two honest copies with one key"
    default: "a faulty replica makes up one message"
    }
  }

  private func request(_ rest: [String]) -> [Completion] {
    switch rest.count {
    case 0: return clients
    case 1:
      return [
        Completion("append", "appends to a text: append x a"),
        Completion("put", "sets a key: put x 1"),
        Completion("add", "adds to a number: add x 1"),
        Completion("get", "reads a key: get x"),
        Completion("delete", "removes a key: delete x"),
      ]
    case 2: return ["x", "y"].map { Completion($0, "a key") }
    default: return []
    }
  }

  private func partition(_ rest: [String]) -> [Completion] {
    let named = Set(rest.map { $0.lowercased() })
    let others = principals.filter { !named.contains($0.text.lowercased()) }
    return rest.isEmpty || rest.last == "|"
      ? others : others + [Completion("|", "begins the next group")]
  }

  private func equivocation(_ rest: [String]) -> [Completion] {
    if rest.isEmpty { return replicas }
    if rest.last?.lowercased() == "votes" { return [] }
    if let end = partial.lastIndex(where: { $0 == ">" || $0 == "," }) {
      let before = String(partial[...end])
      return replicas.map { Completion(before + $0.text, $0.explanation) }
    }
    return context.requests.map { Completion("\($0)>", "proposes \($0) to these replicas") }
      + [Completion("votes", "it votes afterwards, to each half for what it was told")]
  }

  private var settings: [Completion] {
    if let sign = partial.firstIndex(of: "="),
      let setting = Setting(named: String(partial[..<sign]))
    {
      let written = partial[...sign]
      return setting.values.map { Completion(written + $0.text, $0.explanation) }
    }
    return Setting.allCases.map { Completion("\($0.word)=", $0.explanation) }
  }
}
