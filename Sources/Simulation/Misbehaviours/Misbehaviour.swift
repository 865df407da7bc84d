internal import PBFT

/// One way in which a replica misbehaves at the moment: what was ordered, and the adversary that does it.
public struct Misbehaviour: Sendable {
  /// What a person ordered.
  public enum Order: Hashable, Sendable {
    case silence
    case equivocation(Equivocation)
    case misconduct(Misconduct)
  }

  public let order: Order
  private(set) var adversary: any Adversary

  init(_ order: Order) {
    self.order = order
    if case .misconduct(let misconduct) = order {
      reach = misconduct.reach
    } else {
      reach = .everything
    }
    adversary =
      switch order {
      case .silence: Silence()
      case .equivocation(let plan): Equivocator(plan)
      case .misconduct(let misconduct): misconduct.adversary
      }
  }

  /// One word for the screen.
  public var word: String {
    switch order {
    case .silence: "silent"
    case .equivocation: "equivocates"
    case .misconduct(let misconduct): misconduct.kind.word
    }
  }

  /// What the adversary gets to see.
  private let reach: Target

  /// What really leaves for this recipient in place of a message; nothing withholds it.
  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    guard reach.covers(message, to: recipient, from: replica) else { return [Outgoing(message)] }
    return adversary.outgoing(message, to: recipient, from: replica, at: now)
  }

  /// What it sends on its own account after the replica has taken a step.
  mutating func ownMessages(of replica: Replica, at now: Instant) -> [Letter] {
    adversary.ownMessages(of: replica, at: now).filter {
      reach.covers($0.message, to: $0.to, from: replica)
    }
  }

  /// What it answers to a message on its own account.
  func answers(to message: Message, at replica: Replica) -> [Letter] {
    adversary.answers(to: message, at: replica).filter {
      reach.covers($0.message, to: $0.to, from: replica)
    }
  }
}

/// Sends nothing and still receives.
struct Silence: Adversary {
  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    []
  }
}
