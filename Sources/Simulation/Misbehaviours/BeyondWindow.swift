internal import PBFT

/// Proposes each request at H + 1, one number beyond the window.
struct BeyondWindow: Adversary {
  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard replica.ownProposal(in: message) != nil else { return [Outgoing(message)] }
    return [Outgoing(message.altered(.sequence(replica.high.next), by: replica.signer))]
  }
}
