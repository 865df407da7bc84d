internal import PBFT

/// Votes for something else: another digest, the next view, or the next number.
struct WrongVotes: Adversary {
  enum Part: String, Hashable, Sendable, CaseIterable {
    case digest, view, number
  }

  let part: Part

  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard replica.isOwnVote(message) else { return [Outgoing(message)] }
    let wrong =
      switch part {
      case .digest: message.altered(.digest(.bogus, nil), by: replica.signer)
      case .view: message.altered(message.view.map { .view($0.next) }, by: replica.signer)
      case .number:
        message.altered(message.sequence.map { .sequence($0.next) }, by: replica.signer)
      }
    return [Outgoing(wrong)]
  }
}
