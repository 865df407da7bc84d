internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// Altering a message by hand: what is possible, found out by asking the world.
extension Model {
  /// The commands that would alter this copy now, in the order of the language.
  func alterations(of envelope: Envelope) -> [Command] {
    let message = envelope.message
    let other = cluster.replicas.first { .replica($0) != envelope.from } ?? ReplicaID(0)
    let tried: [Alteration] = [
      .view(View((message.view?.number ?? 0) + 1)),
      .sequence(SequenceNumber((message.sequence?.number ?? 0) + 1)),
      .digest(.bogus), .sender(other), .result("LIE"), .withheld,
      .repeated(after: .milliseconds(500)), .stale, .corrupt,
    ]
    return tried.map { .alter(.number(envelope.id), $0) }
      .filter { world.obstacle(to: $0) == nil }
  }

  /// Puts the beginning of an alteration into the palette; false where the message cannot be altered.
  mutating func takeInInspector(_ message: Int) -> Bool {
    guard let envelope = world.inFlight.first(where: { $0.id == message }),
      !alterations(of: envelope).isEmpty
    else { return false }
    prompt = Prompt()
    prompt.replace(with: "alter #\(message) ")
    overlay = .palette
    return true
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
