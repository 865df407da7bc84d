internal import PBFT

/// Hands out a state that never was to those who fetch one.
struct BogusState: Adversary {
  enum Lie: String, Hashable, Sendable, CaseIterable {
    /// Its CHECKPOINTs are right; the DATA does not match their digest.
    case data
    /// Its CHECKPOINTs vouch for the bogus state, and the DATA matches them.
    case checkpoint
  }

  let lie: Lie

  /// The state that never was.
  static let state: Snapshot = {
    var state = Snapshot()
    _ = state.store.execute(.put(key: "x", value: "BOGUS"))
    return state
  }()

  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    switch message {
    case .checkpoint(let checkpoint) where checkpoint.replica == replica.id && lie == .checkpoint:
      return [Outgoing(message.altered(.digest(Self.state.digest, nil), by: replica.signer))]
    case .data(let data):
      guard case .state = data.item else { return [Outgoing(message)] }
      return [
        Outgoing(
          .data(DataMessage(data.item, .state(Self.state), replica: replica.id, by: replica.signer))
        )
      ]
    default: return [Outgoing(message)]
    }
  }

  /// The honest code holds no such state and would not answer.
  func answers(to message: Message, at replica: Replica) -> [Letter] {
    guard case .fetch(let fetch) = message, case .state(_, Self.state.digest) = fetch.item else {
      return []
    }
    let data = DataMessage(
      fetch.item, .state(Self.state), replica: replica.id, by: replica.signer)
    return [(.data(data), .replica(fetch.replica))]
  }
}
