internal import PBFT

/// Keeps each proposal back for a while, and never lets two of them leave within that time.
struct SlowPrimary: Adversary {
  let pause: Duration
  /// When each of its latest proposals leaves, in order.
  private var departures: [Departure] = []

  private struct Departure: Hashable, Sendable {
    let view: View
    let sequence: SequenceNumber
    let time: Instant
  }

  init(pause: Duration) { self.pause = pause }

  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard let (prePrepare, _) = replica.ownProposal(in: message) else { return [Outgoing(message)] }
    let known = departures.first {
      $0.view == prePrepare.view && $0.sequence == prePrepare.sequence
    }
    let time = known?.time ?? max(now, departures.last?.time ?? now) + pause
    if known == nil {
      departures.removeAll { $0.sequence <= replica.low || $0.view < replica.view }
      departures.append(
        Departure(view: prePrepare.view, sequence: prePrepare.sequence, time: time))
    }
    let delay = max(0, time.microseconds - now.microseconds)
    return [Outgoing(message, after: Duration(microseconds: delay))]
  }

  func combineMemory(into fingerprint: inout Fingerprint) {
    fingerprint.combine(departures.count)
    for one in departures { fingerprint.combine(one.view, one.sequence, one.time) }
  }
}
