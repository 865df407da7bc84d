internal import PBFT

/// Hides in its VIEW-CHANGEs what has prepared at it: P is empty.
struct HiddenProofs: Adversary {
  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard let viewChange = replica.ownViewChange(in: message) else { return [Outgoing(message)] }
    return [Outgoing(.viewChange(viewChange.withoutProofs(by: replica.signer)))]
  }
}

extension ViewChange {
  /// The same with an empty P.
  func withoutProofs(by signer: Signer) -> ViewChange {
    ViewChange(view: view, stable: stable, prepared: [], replica: replica, by: signer)
  }
}
