internal import PBFT

/// Begins its view with two NEW-VIEWs that are both valid: in the second, V holds a VIEW-CHANGE of its own
/// with an empty P.
///
/// The recipients that are named get the second, or the upper half.
struct TwoNewViews: Adversary {
  /// Whether recipients are named: then only what is for them comes here.
  let isDirected: Bool

  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard let old = replica.ownNewView(in: message),
      isDirected || replica.isInUpperHalf(recipient)
    else { return [Outgoing(message)] }
    let members = old.viewChanges.map {
      $0.replica == replica.id ? $0.withoutProofs(by: replica.signer) : $0
    }
    return [Outgoing(.newView(replica.newView(old.view, from: members)))]
  }
}

extension Replica {
  /// A NEW-VIEW of its own with the O that follows from this V.
  func newView(_ view: View, from members: [ViewChange]) -> NewView {
    let rows = Selection(from: members, rulesOff: settings.rulesOff).rows
    return NewView(
      view: view, viewChanges: members,
      prePrepares: rows.map {
        PrePrepare(view: view, sequence: $0.sequence, digest: $0.digest, replica: id, by: signer)
      }, replica: id, by: signer)
  }
}
