internal import PBFT

/// Proposes, in place of what a client asked for, a request in that client's name that it has not signed.
struct InventedRequest: Adversary {
  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard let (prePrepare, batch) = replica.ownProposal(in: message),
      let asked = batch?.requests.first
    else { return [Outgoing(message)] }
    // It has no key but its own to sign with (§4.1).
    let invented = Request(
      .put(key: "x", value: "INVENTED"), timestamp: asked.timestamp, client: asked.client,
      by: replica.signer)
    return [
      Outgoing(
        replica.proposal(Batch([invented]), at: prePrepare.sequence, in: prePrepare.view))
    ]
  }
}
