internal import PBFT

/// Proposes each request a second time, at the next number.
///
/// Its own honest code knows nothing of that and gives the next number to the next request: the backups
/// refuse that proposal, and take the repetition of that request one number further on.
struct RepeatedRequest: Adversary {
  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard let (prePrepare, batch) = replica.ownProposal(in: message), let batch else {
      return [Outgoing(message)]
    }
    return [
      Outgoing(message),
      Outgoing(replica.proposal(batch, at: prePrepare.sequence.next, in: prePrepare.view)),
    ]
  }
}
