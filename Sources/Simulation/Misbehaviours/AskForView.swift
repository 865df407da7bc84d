internal import PBFT

/// Asks for a view that nobody needs, and asks again after each resend period in which it does anything.
struct AskForView: Adversary {
  let view: View
  private var last: Instant?

  init(view: View) { self.view = view }

  mutating func ownMessages(of replica: Replica, at now: Instant) -> [Letter] {
    guard view > replica.view else { return [] }
    if let last, now < last + replica.settings.resendPeriod { return [] }
    last = now
    let message = Message.viewChange(
      ViewChange(
        view: view, stable: replica.stable, prepared: replica.log.used.compactMap(\.certificate),
        replica: replica.id, by: replica.signer))
    return replica.cluster.replicas.filter { $0 != replica.id }.map { (message, .replica($0)) }
  }

  func combineMemory(into fingerprint: inout Fingerprint) { fingerprint.combine(last) }
}
