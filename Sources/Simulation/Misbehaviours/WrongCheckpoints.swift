internal import PBFT

/// Gives in its CHECKPOINTs a digest of no state at all.
struct WrongCheckpoints: Adversary {
  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard case .checkpoint(let checkpoint) = message, checkpoint.replica == replica.id else {
      return [Outgoing(message)]
    }
    return [Outgoing(message.altered(.digest(.bogus, nil), by: replica.signer))]
  }
}
