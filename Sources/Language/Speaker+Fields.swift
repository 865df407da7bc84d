public import PBFT

/// What the fields of messages mean, in the words of the paper.
extension Speaker {
  /// What a kind of message is for, with the section of the paper.
  public func purpose(of kind: Message.Kind) -> String {
    switch kind {
    case .request: "a client asks for an operation (4.1)"
    case .prePrepare: "the primary gives requests a number (4.2)"
    case .prepare: "a backup agrees to the number (4.2)"
    case .commit: "a replica knows that the number is prepared (4.2)"
    case .reply: "a replica tells a client its result (4.1)"
    case .checkpoint: "a replica vouches for its state (4.3)"
    case .viewChange: "a replica wants another primary, and shows what it has prepared (4.4)"
    case .newView: "the new primary shows what it takes over, and why (4.4)"
    case .status: "a replica tells what it lacks, so that it is sent again"
    case .fetch: "a replica asks for what it knows only by its digest"
    case .data: "the answer to a FETCH"
    }
  }

  /// What a field stands for; nil where its value says it.
  public func meaning(
    of field: Field, in message: Message, under settings: Settings
  ) -> String? {
    switch field.name {
    case "type": purpose(of: message.kind)
    case "v view": message.view.map { meaning(of: $0, in: message.kind, under: settings) }
    case "n sequence": "the place in the order of execution, the same at all replicas"
    case "d digest": digested(message.kind)
    case "D(m) digest": "of the requests themselves: what was digested"
    case "m requests": "sent beside what is signed, and held to d"
    case "o operation": "what is to be executed"
    case "t timestamp": "the client counts its requests, so that each is executed once"
    case "c client": "whom the result is for"
    case "r result": "what executing it gave at this replica"
    case "d state digest": "of the state after n, with the last replies"
    case "n stable": "its last stable checkpoint: all up to n is done"
    case "C checkpoints": "who vouches for that checkpoint: it takes 2f + 1"
    case "h low": "its last stable checkpoint"
    case "sender": "who it says it comes from"
    default: nil
    }
  }

  private func meaning(
    of view: View, in kind: Message.Kind, under settings: Settings
  ) -> String {
    let primary = settings.primary(of: view)
    return switch kind {
    case .viewChange: "the view that it wants; \(primary) would lead it"
    case .newView: "the view that begins; \(primary) leads it"
    default: "\(primary) leads it"
    }
  }

  private func digested(_ kind: Message.Kind) -> String {
    switch kind {
    case .prePrepare: "of the requests m"
    case .prepare, .commit: "of the requests that the PRE-PREPARE brought"
    default: "of what is asked for"
    }
  }

  /// How two messages of one kind differ, field by field: `d digest` is a in the one and b in the other.
  public func differences(
    _ one: Message, _ other: Message
  ) -> [(name: String, one: String, other: String)] {
    var theirs = fields(other)
    var rows: [(name: String, one: String, other: String)] = []
    for field in fields(one) {
      // A name may stand more than once, as in the VIEW-CHANGEs of a NEW-VIEW.
      let place = theirs.firstIndex { $0.name == field.name }
      let there = place.map { theirs.remove(at: $0) }
      if there?.value != field.value {
        rows.append((Self.trimmed(field.name), field.brief, there?.brief ?? "nothing"))
      }
    }
    return rows + theirs.map { (Self.trimmed($0.name), "nothing", $0.brief) }
  }

  private static func trimmed(_ name: String) -> String { String(name.drop { $0 == " " }) }
}
