internal import PBFT

/// Leaves one number out: from there on it proposes one number further than the honest code would.
///
/// What was proposed before, and is only sent again, keeps its number.
struct SkippedNumber: Adversary {
  /// Where the gap may be; nil for anywhere.
  let numbers: ClosedRange<SequenceNumber>?
  /// The view it leads and the number that it leaves out in it.
  private var gap: Place?
  /// The last number that the honest code had given away after the last step.
  private var given: Place?

  private struct Place: Equatable {
    let view: View
    let number: SequenceNumber
  }

  init(numbers: ClosedRange<SequenceNumber>?) { self.numbers = numbers }

  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard let (prePrepare, _) = replica.ownProposal(in: message) else { return [Outgoing(message)] }
    let n = prePrepare.sequence
    if gap?.view != prePrepare.view {
      // Only a new proposal opens a gap.
      guard n > lastGiven(by: replica), numbers?.contains(n) ?? true else {
        return [Outgoing(message)]
      }
      gap = Place(view: prePrepare.view, number: n)
    }
    guard let gap, n >= gap.number else { return [Outgoing(message)] }
    return [Outgoing(message.altered(.sequence(n.next), by: replica.signer))]
  }

  private func lastGiven(by replica: Replica) -> SequenceNumber {
    if let given, given.view == replica.view { return given.number }
    return replica.newView?.prePrepares.last?.sequence ?? replica.low
  }

  mutating func ownMessages(of replica: Replica, at now: Instant) -> [Letter] {
    given = Place(view: replica.view, number: replica.lastAssigned)
    return []
  }

  func combineMemory(into fingerprint: inout Fingerprint) {
    fingerprint.combine(gap?.view, gap?.number, given?.view, given?.number)
  }
}
