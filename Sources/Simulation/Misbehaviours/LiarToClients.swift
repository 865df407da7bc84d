internal import PBFT

/// Answers every client with a result that nothing has given.
struct LiarToClients: Adversary {
  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard case .reply(let reply) = message else { return [Outgoing(message)] }
    let lie = Reply(
      view: reply.view, timestamp: reply.timestamp, client: reply.client, replica: replica.id,
      result: "LIE", by: replica.signer)
    return [Outgoing(.reply(lie))]
  }
}
