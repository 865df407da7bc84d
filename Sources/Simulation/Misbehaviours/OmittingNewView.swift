internal import PBFT

/// Leaves out of its NEW-VIEW what V proves: O is empty.
struct OmittingNewView: Adversary {
  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard let old = replica.ownNewView(in: message) else { return [Outgoing(message)] }
    return [
      Outgoing(
        .newView(
          NewView(
            view: old.view, viewChanges: old.viewChanges, prePrepares: [], replica: replica.id,
            by: replica.signer)))
    ]
  }
}
