public import PBFT

/// One message as it left its sender at one step: a copy for each recipient, and what became of every one of them.
public struct Sending: Hashable, Sendable {
  /// Who really sent it, whatever it says.
  public let from: Principal
  /// When it left.
  public let step: Int
  public let time: Instant
  /// By number; copies of copies, which came later, at the end.
  public internal(set) var copies: [SentCopy]
  /// All that happened to the copies up to this step is known.
  public internal(set) var followed: Int

  public func copy(_ id: Int) -> SentCopy? { copies.first { $0.id == id } }
}

/// What became of one copy of a message, from its sending on.
public struct SentCopy: Hashable, Sendable {
  public let id: Int
  public let to: Principal
  /// The copy that this one is a second copy of; nil for those that the sender has sent.
  public let original: Int?
  /// What it said when it left.
  public let sent: Message
  /// All that happened to it, in order; where another copy was made of it, that too.
  public internal(set) var happenings: [Happening]

  /// How far it has come.
  public enum Fate: Hashable, Sendable {
    case onItsWay(arrives: Instant)
    case held
    case lost(Happening.Loss, at: Instant)
    case arrived(Finding, at: Instant)
  }

  public var fate: Fate {
    var fate = Fate.held
    for happening in happenings {
      switch happening.kind.ofEither {
      case .send(_, _, _, _, let due): fate = due.map { .onItsWay(arrives: $0) } ?? .held
      case .duplicate(id, _, _, _, _, let due), .release(_, _, _, _, let due):
        fate = .onItsWay(arrives: due)
      case .hold: fate = .held
      case .drop(_, _, _, _, let loss): fate = .lost(loss, at: happening.time)
      case .receive(_, _, _, _, let finding): fate = .arrived(finding, at: happening.time)
      default: break
      }
    }
    return fate
  }

  /// What its recipient made of it on entering the view that it was kept for.
  public var judgedLater: (finding: Finding, time: Instant)? {
    for happening in happenings {
      if case .judgedLater(_, _, let finding) = happening.kind.ofEither {
        return (finding, happening.time)
      }
    }
    return nil
  }

  /// What it says by now: the last alteration holds.
  public var message: Message {
    for happening in happenings.reversed() {
      if case .alter(_, let message, _, _, _) = happening.kind { return message }
    }
    return sent
  }

  /// The last alteration that was made to it by hand.
  public var alteration: Alteration? {
    for happening in happenings.reversed() {
      if case .alter(_, _, _, _, let alteration) = happening.kind { return alteration }
    }
    return nil
  }

  /// Whether it can still arrive.
  public var isOnItsWay: Bool {
    switch fate {
    case .onItsWay, .held: true
    case .lost, .arrived: false
    }
  }

  /// The view on whose entering it will be judged; nil unless it is kept for a higher view.
  var viewToWaitFor: View? {
    guard case .arrived(let finding, _) = fate, finding.rule == .higherViewKept,
      finding.verdict == .kept, judgedLater == nil
    else { return nil }
    return message.view
  }

  /// Whether the second of two copies of its recipient got it.
  var wentToTwin: Bool {
    happenings.contains { if case .ofTwin(.receive) = $0.kind { true } else { false } }
  }
}

extension Happening.Kind {
  /// The copy that leaves here: sent, made of another one, or kept back by its sender.
  var leaving: (id: Int, of: Int?, message: Message, from: Principal, to: Principal)? {
    switch self {
    case .send(let id, let message, let from, let to, _): (id, nil, message, from, to)
    case .duplicate(let id, let original, let message, let from, let to, _):
      (id, original, message, from, to)
    case .drop(let id, let message, let from, let to, .withheld): (id, nil, message, from, to)
    default: nil
    }
  }

  /// The copy of a message to which this happened.
  public var copy: (id: Int, message: Message)? {
    switch ofEither {
    case .send(let id, let message, _, _, _), .receive(let id, let message, _, _, _),
      .drop(let id, let message, _, _, _), .duplicate(let id, _, let message, _, _, _),
      .hold(let id, let message, _, _), .release(let id, let message, _, _, _),
      .alter(let id, let message, _, _, _):
      (id, message)
    default: nil
    }
  }
}
