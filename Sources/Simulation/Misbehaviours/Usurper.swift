internal import PBFT

/// Proposes as if it led, while it is a backup: every request it gets, once in each view.
struct Usurper: Adversary {
  /// What it has proposed last, of each client the newest.
  private var proposed: [Request] = []
  private var view = View(0)

  mutating func ownMessages(of replica: Replica, at now: Instant) -> [Letter] {
    guard replica.isActive, !replica.isPrimary else { return [] }
    if view != replica.view {
      view = replica.view
      proposed = []
    }
    var letters: [Letter] = []
    for entry in replica.waiting where !proposed.contains(entry.request) {
      proposed.removeAll { $0.client == entry.request.client }
      proposed.append(entry.request)
      let message = replica.proposal(
        Batch([entry.request]), at: replica.lastExecuted.next, in: replica.view)
      for other in replica.cluster.replicas where other != replica.id {
        letters.append((message, .replica(other)))
      }
    }
    return letters
  }

  func combineMemory(into fingerprint: inout Fingerprint) { fingerprint.combine(view, proposed) }
}
