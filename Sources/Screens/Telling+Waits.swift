internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// Why nothing goes on, and what will end it.
extension Scene {
  /// Why nothing goes on, in as many words as there is room for: each chain of reasons with the links that
  /// are not as they should be; its first link with what ends it; that of the first request alone.
  ///
  /// What helps is never cut off from what it is for, and what comes by itself goes before it: a crashed
  /// primary need not be restarted where a timer runs.
  var waits: [String] {
    let waiting = world.progress()
    let faults = world.linkFaults.map { "link \($0.from)>\($0.to) \(words(of: $0.state))" }
    guard let first = waiting.first else {
      return [(["nobody waits for anything"] + faults).joined(separator: "; ")]
    }
    func all(_ told: (Reason) -> String) -> String {
      waiting.map { "\($0.request): \(told($0.reason))" }.joined(separator: "; ")
    }
    let more = waiting.dropFirst()
    let others =
      more.isEmpty
      ? "" : more.count == 1 ? "; \(waiting[1].request) waits too" : "; \(more.count) more wait"
    func alone(_ told: (Reason) -> String) -> String {
      "\(first.request): \(told(first.reason))" + others
    }
    return [
      ([all { speaker.sentence($0) }] + faults).joined(separator: "; "),
      all { gist($0, shortness: 0) }, all { gist($0, shortness: 1) },
      all { gist($0, shortness: 2) }, alone { gist($0, shortness: 1) },
      alone { gist($0, shortness: 2) }, alone { head($0, isShort: true) },
      "\(first.request): \(head(first.reason, isShort: true))",
    ]
  }

  /// The first link of a chain, with what comes next by itself; without that, with what helps.
  private func gist(_ reason: Reason, shortness: Int) -> String {
    guard let coming = coming(reason) else { return speaker.head(reason) }
    let head = self.head(reason, isShort: shortness > 0)
    return head + "; " + told(coming, isShort: shortness > 1)
  }

  /// The first link of a chain; shorter, it leaves out which view a primary is primary of.
  private func head(_ reason: Reason, isShort: Bool) -> String {
    let head = speaker.head(reason, withRemedy: false)
    guard isShort else { return head }
    switch reason.fact {
    case .primary(let primary, let view, _), .notProposed(let primary, let view, _),
      .requestMissing(_, let primary, let view):
      return head.replacing(
        "\(primary) is primary of view \(view.number) and ", with: "primary \(primary) ")
    case .viewChanges(let replica, let view, isPrimary: true, _, _):
      return head.replacing(
        "\(replica) is primary of view \(view.number) and ", with: "\(replica) ")
    default: return head
    }
  }

  /// What is to come first of all that a chain waits for: a message on its way, or a timer.
  private func coming(_ reason: Reason) -> (due: Instant, fact: Reason.Fact)? {
    let own: (due: Instant, fact: Reason.Fact)? =
      switch reason.fact {
      case .timer(_, _, let due), .message(_, _, _, .inFlight(_, let due)): (due, reason.fact)
      default: nil
      }
    return reason.causes.reduce(own) { first, cause in
      guard let found = coming(cause) else { return first }
      return first.map { $0.due <= found.due } == true ? first : found
    }
  }

  private func told(_ coming: (due: Instant, fact: Reason.Fact), isShort: Bool) -> String {
    let due = "\(time(coming.due)) s"
    switch coming.fact {
    case .timer(let owner, let name, _):
      let timer = isShort && name == .viewChange ? "timer" : "\(name.word) timer"
      return "\(owner)'s \(timer)" + (isShort ? ": \(due)" : " fires at \(due)")
    case .message(let kind, let from, let to, _):
      let way = "\(from)\(text(glyphs.arrowRight))\(to)"
      return isShort ? "\(kind.short) \(way): \(due)" : "\(kind.rawValue) \(way) arrives at \(due)"
    default: return "next: \(due)"
    }
  }
}
