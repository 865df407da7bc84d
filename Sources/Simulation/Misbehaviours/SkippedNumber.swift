internal import PBFT

/// Leaves one number out: from there on it proposes one number further than the honest code would.
///
/// What was proposed before, and is only sent again, keeps its number.
struct SkippedNumber: Adversary {
  /// Where the gap may be; nil for anywhere.
  let numbers: ClosedRange<SequenceNumber>?
  /// The view it leads and the number that it leaves out in it.
  private var gap: (view: View, number: SequenceNumber)?

  init(numbers: ClosedRange<SequenceNumber>?) { self.numbers = numbers }

  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard let (prePrepare, _) = replica.ownProposal(in: message) else { return [Outgoing(message)] }
    if gap?.view != prePrepare.view {
      // Only the newest proposal opens a gap.
      guard prePrepare.sequence == replica.lastAssigned,
        numbers?.contains(prePrepare.sequence) ?? true
      else { return [Outgoing(message)] }
      gap = (prePrepare.view, prePrepare.sequence)
    }
    guard let gap, prePrepare.sequence >= gap.number else { return [Outgoing(message)] }
    return [
      Outgoing(message.changed(sequence: prePrepare.sequence.next, by: replica.signer))
    ]
  }
}
