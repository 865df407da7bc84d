internal import PBFT

/// Proposes in the name of the next view, which it does not lead.
struct WrongView: Adversary {
  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard let (prePrepare, _) = replica.ownProposal(in: message) else { return [Outgoing(message)] }
    return [Outgoing(message.altered(.view(prePrepare.view.next), by: replica.signer))]
  }
}
