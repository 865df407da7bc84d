internal import PBFT

/// Sends a copy of each of its messages in the name of another replica, signed with its own key.
struct ForgedSender: Adversary {
  let name: ReplicaID

  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard message.author == .replica(replica.id) else { return [Outgoing(message)] }
    return [Outgoing(message), Outgoing(message.altered(.sender(name), by: replica.signer))]
  }
}
