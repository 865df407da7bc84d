internal import Language
internal import PBFT
internal import Simulation

/// One thing that can be made of a message on its way.
struct AlterationItem {
  let command: Command
  /// What it is, in a few words.
  let title: String
  /// What would come of it.
  let sentence: String
  /// Why it cannot be done.
  let obstacle: Refusal?
}

/// What can be made of a message on its way, found out by asking the world.
extension Model {
  /// All that messages of this kind offer, in the order of the language.
  func alterations(of envelope: Envelope) -> [AlterationItem] {
    tried(envelope).map { alteration in
      let command = Command.alter(.number(envelope.id), alteration)
      let told = told(alteration, envelope)
      return AlterationItem(
        command: command, title: told.title, sentence: told.sentence,
        obstacle: world.obstacle(to: command))
    }
  }

  /// One or more contents for every field that these messages have, and what can be done to any.
  private func tried(_ envelope: Envelope) -> [Alteration] {
    let message = envelope.message
    let fields: [Alteration] = message.kind.fields.flatMap { field -> [Alteration] in
      switch field {
      case .view: [.view(View((message.view?.number ?? 0) + 1))]
      case .sequence: [.sequence(SequenceNumber((message.sequence?.number ?? 0) + 1))]
      case .digest: digests(otherThan: message.digest).map { .digest($0) }
      case .sender:
        cluster.replicas.filter { .replica($0) != message.author }.prefix(1).map { .sender($0) }
      case .result: [.result("LIE")]
      }
    }
    return fields + [.withheld, .repeated(after: .milliseconds(500)), .stale, .corrupt]
  }

  /// The last digests that have been proposed, and one that nobody has.
  private func digests(otherThan digest: Digest?) -> [DigestName] {
    let letters = world.letters
    let others = letters.indices.suffix(4).filter { letters[$0] != digest }
    return others.suffix(3).map { .letter($0) } + [.null, .bogus]
  }

  private func told(
    _ alteration: Alteration, _ envelope: Envelope
  ) -> (title: String, sentence: String) {
    let (from, to, kind) = (envelope.from, envelope.to, envelope.message.kind)
    let brings = kind == .prePrepare ? " The requests behind it go along where they are known." : ""
    switch alteration {
    case .view(let view):
      return (
        "another view",
        "It says that it belongs to view \(view.number): who is in another view keeps it for later or "
          + "refuses it."
      )
    case .sequence(let n):
      return ("another number", "It speaks of \(n): a number of its own, with votes of its own.")
    case .digest(.bogus):
      return (
        "a digest of nothing",
        "It speaks for a digest behind which there are no requests that anybody asked for."
      )
    case .digest(.null):
      return ("the null request", "It speaks for the request that does nothing (4.4).\(brings)")
    case .digest(let name):
      return (
        "another digest",
        "It speaks for \(name.text): \(to) is told otherwise than the rest.\(brings)"
      )
    case .sender(let other):
      return (
        "another name",
        "It claims to come from \(other), but \(from) has no key but its own: authentic refuses it."
      )
    case .result(let result):
      return (
        "another result",
        "It claims that the result is \(result): a client believes only what f + 1 = "
          + "\(cluster.weak) replicas say."
      )
    case .withheld: return ("kept back", "\(from) never sends it: \(to) does not get it.")
    case .repeated(let duration):
      return (
        "sent twice", "A second copy arrives \(duration.text) after the first: it counts only once."
      )
    case .stale:
      return (
        "an old one", "In its place goes the last \(kind.rawValue) that \(from) sent \(to) before."
      )
    case .corrupt:
      return (
        "destroyed",
        "Some of its bytes are destroyed on the way, as a network can do to anybody: no key verifies "
          + "it any more."
      )
    }
  }
}

extension World {
  /// Whether a principal is not bound to what the protocol says.
  func isFaultySender(_ principal: Principal) -> Bool {
    switch principal {
    case .replica(let replica): isFaulty(replica)
    case .client(let client): isFaulty(client)
    }
  }
}
