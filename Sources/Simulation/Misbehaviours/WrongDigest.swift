internal import PBFT

/// Proposes each request under a digest that is not its own: d is not D(m).
struct WrongDigest: Adversary {
  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard replica.ownProposal(in: message) != nil else { return [Outgoing(message)] }
    return [Outgoing(message.altered(.digest(.bogus, nil), by: replica.signer))]
  }
}
