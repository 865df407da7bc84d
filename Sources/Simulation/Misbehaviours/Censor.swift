internal import PBFT

/// Never orders what one client asks for: the null request takes its place, so that the others are served.
struct Censor: Adversary {
  let client: ClientID

  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard let (prePrepare, batch) = replica.ownProposal(in: message), let batch,
      batch.requests.contains(where: { $0.client == client })
    else { return [Outgoing(message)] }
    let rest = Batch(batch.requests.filter { $0.client != client })
    return [
      Outgoing(replica.proposal(rest, at: prePrepare.sequence, in: prePrepare.view))
    ]
  }
}
