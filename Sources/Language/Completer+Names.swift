internal import PBFT
internal import Simulation

extension Completer {
  var replicas: [Completion] {
    context.vocabulary.replicas.map { Completion($0.description, "a replica") }
  }

  /// The rules that can be switched off.
  var rules: [Completion] {
    Rule.allCases.filter { $0.cannotBeOff == nil }.map { Completion($0.name, $0.entry.title) }
  }

  var clients: [Completion] {
    context.vocabulary.clients.map { Completion($0.description, "a client") }
  }

  var principals: [Completion] { replicas + clients }

  var durations: [Completion] {
    ["100ms", "500ms", "1s", "2s"].map { Completion($0, "a time") }
  }

  var timers: [Completion] {
    [
      Completion(TimerName.viewChange.word, "a replica's: it asks for the next view"),
      Completion(TimerName.resend.word, "a replica's: it asks again for what is missing"),
      Completion(TimerName.retry.word, "a client's: it sends its request to all replicas"),
      Completion(TimerName.idle.word, "a primary's: it proposes the null request"),
    ]
  }

  /// How the view-change timers that are set may run out.
  var spreads: [Completion] {
    [
      Completion("tie", "all at the same instant"),
      Completion("spread", "one after another: spread 300ms"),
    ]
  }

  /// One end of a link after the other.
  var links: [Completion] {
    let ends = principals + [Completion("*", "everybody")]
    if let end = partial.lastIndex(of: ">") {
      let before = String(partial[...end])
      return ends.filter {
        $0.text == "*" || !before.lowercased().hasPrefix($0.text.lowercased() + ">")
      }
      .map { Completion(before + $0.text, "to \($0.explanation)") }
    }
    return ends.map { Completion("\($0.text)>", "from \($0.explanation)") }
      + principals.map { Completion("\($0.text)<>", "\($0.explanation), in both directions") }
  }

  var kinds: [Completion] {
    Message.Kind.allCases.map { Completion($0.rawValue, Self.explanation(of: $0)) }
  }

  private static func explanation(of kind: Message.Kind) -> String {
    switch kind {
    case .request: "a client's operation"
    case .prePrepare: "the primary assigns a number"
    case .prepare: "a backup has accepted the PRE-PREPARE"
    case .commit: "it is prepared at the sender"
    case .reply: "a result for a client"
    case .checkpoint: "the digest of the sender's state"
    case .viewChange: "the sender wants a new view"
    case .newView: "the new primary begins its view"
    case .status: "where the sender is, and what it lacks"
    case .fetch: "asks for what is known only by its digest"
    case .data: "the answer to a FETCH"
    }
  }

  var digests: [Completion] {
    let letters = (0..<max(0, min(context.digestCount, 26))).map {
      Completion(Letters.name(of: $0), "the digest with this letter")
    }
    return letters
      + context.requests.map { Completion("\($0)", "the digest of this request alone") }
      + [
        Completion("null", "the digest of the null request"),
        Completion("bogus", "a digest of nothing"),
      ]
  }

  /// A message on its way: by its number, or word by word what it is.
  func message(_ rest: [String]) -> [Completion] {
    switch rest.count {
    case 0: context.messages.map { Completion("#\($0.number)", $0.description) } + kinds
    case 1 where !rest.allSatisfy { $0.hasPrefix("#") }: links
    case 2: [Completion("v0", "of this view"), Completion("n1", "with this sequence number")]
    case 3: [Completion("n1", "with this sequence number")]
    default: []
    }
  }

  /// A message, and what is done to it.
  func alteration(_ rest: [String]) -> [Completion] {
    guard let index = rest.firstIndex(where: { Alteration.words.contains($0.lowercased()) }) else {
      let isNamed = rest.first?.hasPrefix("#") == true || rest.count > 1
      return isNamed ? alterations + message(rest) : message(rest)
    }
    guard index == rest.count - 1 else { return [] }
    return switch rest[index].lowercased() {
    case "view": [Completion("1", "a view")]
    case "n": [Completion("1", "a sequence number")]
    case "digest": digests
    case "sender": replicas
    case "result": [Completion("LIE", "a result")]
    case "repeat": durations
    default: []
    }
  }

  private var alterations: [Completion] {
    zip(
      Alteration.words,
      [
        "names another view", "names another sequence number", "names another digest",
        "claims another sender", "another result in a REPLY", "is withheld",
        "a second copy so much later", "an earlier message goes in its place",
        "some bytes are destroyed: of anybody's message",
      ]
    ).map { Completion($0, $1) }
  }

  /// A client, and what it does.
  func clientMisconduct(_ rest: [String]) -> [Completion] {
    switch rest.count {
    case 0: return clients
    case 1:
      return [
        Completion("only-to", "sends its requests to one replica only"),
        Completion("mute", "sends nothing"), Completion("slow", "sends everything so much later"),
        Completion("old-timestamps", "gives each request the timestamp before its own"),
        Completion("two-operations", "one timestamp, two operations to different replicas"),
        Completion("huge-timestamp", "a timestamp far above all that it will reach"),
        Completion("impatient", "asks everybody at once, again and again"),
        Completion("unsigned", "requests that nobody's key verifies"),
      ]
    case 2 where rest[1].lowercased() == "only-to": return replicas
    case 2 where rest[1].lowercased() == "slow": return durations
    default: return []
    }
  }

  func forgery(_ rest: [String]) -> [Completion] {
    if rest.isEmpty { return links.filter { !$0.text.contains("*") && !$0.text.contains("<") } }
    var rest = Array(rest.dropFirst())
    let mayClaim = rest.isEmpty
    if rest.first?.lowercased() == "as" {
      if rest.count == 1 { return replicas }
      rest.removeFirst(2)
    }
    guard let first = rest.first else {
      return kinds + (mayClaim ? [Completion("as", "in the name of another replica")] : [])
    }
    guard let kind = Message.Kind(rawValue: first.uppercased()) else { return [] }
    return content(of: kind, rest.count - 1)
  }

  /// What may stand at this place in a forged message.
  private func content(of kind: Message.Kind, _ place: Int) -> [Completion] {
    let view = [Completion("v0", "a view"), Completion("v1", "a view")]
    let number = [Completion("n1", "a sequence number")]
    let requests = context.requests.map { Completion("\($0)", "a request") }
    let places: [[Completion]] =
      switch kind {
      case .request: [requests]
      case .prePrepare, .prepare, .commit: [view, number, digests]
      case .checkpoint, .fetch, .data: [number, digests]
      case .reply: [view, requests, [Completion("LIE", "a result")]]
      case .viewChange: [view, [Completion("prepared", "claims a proof in P: prepared n1 v0 a")]]
      case .newView:
        [
          view,
          [
            Completion("from", "V of these senders only: from R1 R2 R3"),
            Completion("empty", "with an empty O"),
          ],
        ]
      case .status: [view]
      }
    return places.indices.contains(place) ? places[place] : []
  }
}
