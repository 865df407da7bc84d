internal import PBFT

/// Some time after each proposal it proposes something else at the same number, to the same backup.
///
/// The second is another authentic request where it knows one, otherwise the null request.
struct SecondProposal: Adversary {
  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard let (prePrepare, batch) = replica.ownProposal(in: message) else {
      return [Outgoing(message)]
    }
    let other = replica.otherRequest(than: batch).map { Batch([$0]) } ?? .null
    guard other.digest != prePrepare.digest else { return [Outgoing(message)] }
    // So much later that the first is there, and soon enough to meet it in the log.
    let pause = Duration(microseconds: replica.settings.resendPeriod.microseconds / 4)
    return [
      Outgoing(message),
      Outgoing(
        replica.proposal(other, at: prePrepare.sequence, in: prePrepare.view), after: pause),
    ]
  }
}
