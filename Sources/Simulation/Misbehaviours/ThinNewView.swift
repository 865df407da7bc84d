internal import PBFT

/// Begins its view with a V that proves too little.
struct ThinNewView: Adversary {
  enum Flaw: String, Hashable, Sendable, CaseIterable {
    /// V holds 2f VIEW-CHANGEs.
    case few
    /// V holds 2f + 1, two of them of the same sender.
    case twice
    /// V holds 2f + 1, its own for the view after.
    case other
  }

  let flaw: Flaw

  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard let old = replica.ownNewView(in: message) else { return [Outgoing(message)] }
    var members = old.viewChanges
    switch flaw {
    case .few: members.removeLast()
    case .twice: members[members.count - 1] = members[0]
    case .other:
      members = members.map {
        $0.replica != replica.id
          ? $0
          : ViewChange(
            view: old.view.next, stable: $0.stable, prepared: $0.prepared, replica: replica.id,
            by: replica.signer)
      }
    }
    return [Outgoing(.newView(replica.newView(old.view, from: members)))]
  }
}
