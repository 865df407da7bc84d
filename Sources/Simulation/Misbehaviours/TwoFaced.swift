internal import PBFT

/// Sends its true VIEW-CHANGE to some and one with an empty P to the others: the recipients that are named,
/// or the upper half.
struct TwoFaced: Adversary {
  /// Whether recipients are named: then only what is for them comes here.
  let isDirected: Bool

  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard let viewChange = replica.ownViewChange(in: message),
      isDirected || replica.isInUpperHalf(recipient)
    else { return [Outgoing(message)] }
    return [Outgoing(.viewChange(viewChange.withoutProofs(by: replica.signer)))]
  }
}
