internal import PBFT

/// Some of all that has happened on the line that led to the present moment: what is rare and must be known long
/// afterwards.
///
/// The last happenings are in ``History/recent``. Who refused a vote a thousand steps ago, or who asked for a view
/// then, is kept by a value of this type, which is brought up to date before it is asked: what it knows of the line
/// already is not gone through again.
public struct Recollection: Sendable {
  /// What is kept.
  public enum Subject: Hashable, Sendable {
    /// VIEW-CHANGE and NEW-VIEW messages on all their ways, views begun and entered, timers that ran out, crashes
    /// and restarts.
    case viewChanges
    /// Proposals, votes and CHECKPOINTs that were kept, refused or lost, and whatever became of replies.
    case strayVotes
  }

  public let subject: Subject
  /// In the order in which they happened; of the whole line as far as it has been gone, also after the present moment.
  public private(set) var happenings: [Happening] = []

  private var trail = Trail()

  public init(of subject: Subject) { self.subject = subject }

  /// Those up to the present moment of a history that has been followed.
  public func past(of history: History) -> ArraySlice<Happening> {
    var (low, high) = (0, happenings.count)
    while low < high {
      let middle = (low + high) / 2
      if happenings[middle].step <= history.step { low = middle + 1 } else { high = middle }
    }
    return happenings[..<low]
  }

  /// Comes to know all up to the present moment, or at most so many parts of the way there.
  ///
  /// A part takes as long as a jump to one moment; a long line is gone through between the frames of a screen.
  public mutating func follow(_ history: History, atMost parts: Int? = nil) {
    let common = trail.common(with: history)
    while let last = happenings.last, last.step > common { happenings.removeLast() }
    var trail = trail
    trail.follow(history, atMost: parts) { those in
      happenings += those.filter { isWanted($0.kind.ofEither) }
    }
    self.trail = trail
  }

  /// Up to which step of the present line all is known, be it after the present moment.
  public func known(of history: History) -> Int { trail.common(with: history) }

  private func isWanted(_ kind: Happening.Kind) -> Bool {
    switch subject {
    case .viewChanges:
      switch kind {
      case .send(_, let message, _, _, _), .receive(_, let message, _, _, _),
        .drop(_, let message, _, _, _), .judgedLater(_, let message, _),
        .hold(_, let message, _, _), .release(_, let message, _, _, _),
        .alter(_, let message, _, _, _), .duplicate(_, _, let message, _, _, _):
        return message.kind == .viewChange || message.kind == .newView
      case .view, .crash, .restart: return true
      case .timerFired(_, let name): return name == .viewChange
      default: return false
      }
    case .strayVotes:
      switch kind {
      case .receive(_, let message, _, _, let finding), .judgedLater(_, let message, let finding):
        return message.kind == .reply
          || (finding.verdict != .accepted && (message.kind.isVote || message.kind == .checkpoint))
      case .drop(_, let message, _, _, _):
        return message.kind.isVote || message.kind == .checkpoint || message.kind == .reply
      default: return false
      }
    }
  }
}

extension Message.Kind {
  /// A proposal or a vote of the normal case (§4.2).
  fileprivate var isVote: Bool { self == .prePrepare || self == .prepare || self == .commit }
}
