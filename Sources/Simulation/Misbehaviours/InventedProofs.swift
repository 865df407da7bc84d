internal import PBFT

/// Claims in its VIEW-CHANGEs that something else had prepared, in the view before: an authentic request that
/// it knows, otherwise one that nobody has made.
///
/// It can sign the PRE-PREPARE and the PREPAREs of the proof with its own key only.
struct InventedProofs: Adversary {
  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard let old = replica.ownViewChange(in: message), old.view > View(0) else {
      return [Outgoing(message)]
    }
    let n = old.stable.sequence.next
    let proven = old.prepared.first { $0.sequence == n }
    let digest =
      replica.waiting.map { Batch([$0.request]).digest }.first { $0 != proven?.digest } ?? .bogus
    let view = View(old.view.number - 1)
    let primary = replica.settings.primary(of: view)
    let backups = replica.cluster.replicas.filter { $0 != primary }
    let invented = PreparedProof(
      prePrepare: PrePrepare(
        view: view, sequence: n, digest: digest, replica: primary, by: replica.signer),
      prepares: backups.prefix(replica.cluster.prepares).map {
        Prepare(view: view, sequence: n, digest: digest, replica: $0, by: replica.signer)
      })
    return [
      Outgoing(
        .viewChange(
          ViewChange(
            view: old.view, stable: old.stable,
            prepared: [invented] + old.prepared.filter { $0.sequence != n },
            replica: replica.id, by: replica.signer)))
    ]
  }
}
