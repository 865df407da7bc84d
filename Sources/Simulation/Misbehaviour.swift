internal import PBFT

/// The adversary in a faulty replica: it may alter or withhold what leaves the honest code, for each
/// recipient apart, and can sign only with the key that the replica holds.
public enum Misbehaviour: Hashable, Sendable {
  case silent(Silence)
  case equivocating(Equivocator)

  /// What really leaves for this recipient in place of the honest message; nil withholds it.
  func outgoing(_ message: Message, to recipient: Principal, from replica: Replica) -> Message? {
    switch self {
    case .silent(let adversary): adversary.outgoing(message)
    case .equivocating(let adversary): adversary.outgoing(message, to: recipient, from: replica)
    }
  }

  /// What it sends on its own account after the replica has taken a step.
  mutating func ownMessages(of replica: Replica) -> [(message: Message, to: Principal)] {
    switch self {
    case .silent: return []
    case .equivocating(var adversary):
      let messages = adversary.ownMessages(of: replica)
      self = .equivocating(adversary)
      return messages
    }
  }

  /// One word for the screen.
  public var word: String {
    switch self {
    case .silent: "silent"
    case .equivocating: "equivocates"
    }
  }
}

/// Sends nothing and still receives.
public struct Silence: Hashable, Sendable {
  func outgoing(_ message: Message) -> Message? { nil }
}
