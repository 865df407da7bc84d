internal import PBFT

/// Sends each of its votes several times over.
struct RepeatedVotes: Adversary {
  let count: Int

  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    let copies = replica.isOwnVote(message) ? count : 1
    return Array(repeating: Outgoing(message), count: copies)
  }
}
