internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// The lines that are always there: why the last thing happened, what happens next, what is waited for.
extension Scene {
  /// Why the last event did what it did.
  var why: String {
    guard let last = model.history.recent.last, !last.isEmpty else {
      return model.history.step == 0
        ? "nothing has happened yet; \(ascii("→")) steps, n sends a new request" : "time passed"
    }
    return told(last, by: speaker)
  }

  /// What the next event will do, found out by letting it happen in a copy.
  var next: String {
    var command = Command.step
    switch model.history.nextDeed {
    case .wait: return "time passes"
    case .command(let given): command = given
    case .steps: break
    case nil:
      if world.next == nil {
        return model.lesson.map { !$0.isOver } == true
          ? "nothing by itself: space leads on to the lesson's next stop"
          : "nothing by itself: n sends a new request, : takes any command"
      }
    }
    var future = world
    guard let happenings = try? future.perform(command) else { return "nothing" }
    var speaker = speaker
    speaker.digests = future.letters
    return "\(time(future.now)) s  " + told(happenings, by: speaker)
  }

  /// An event in one sentence or two: what it was, and the most important thing that follows.
  func told(_ happenings: [Happening], by speaker: Speaker) -> String {
    guard let first = happenings.first else { return "nothing" }
    // A command is told by what it did.
    var cause = first
    if case .command = first.kind, happenings.count > 1 {
      cause = happenings[1]
    }
    var best: Happening?
    for happening in happenings where happening != cause {
      if weight(happening.kind.ofEither) > best.map({ weight($0.kind) }) ?? 0 { best = happening }
    }
    // A client has one request outstanding (§4.1); what it is to request besides has not happened yet.
    if case .command(.request(let client, let operation)) = cause.kind {
      return "\(client) will request \(operation.text) when its request before is answered (4.1)"
    }
    var parts = [speaker.sentence(cause)]
    if let best { parts.append(follow(best, cause, speaker)) }
    let sent = kindsSent(happenings.filter { $0 != cause })
    if !sent.isEmpty { parts.append("sends " + sent.joined(separator: ", ")) }
    return parts.joined(separator: "; ")
  }

  /// What follows, without the tally when it has been told already.
  private func follow(_ happening: Happening, _ cause: Happening, _ speaker: Speaker) -> String {
    let sentence = speaker.sentence(happening)
    if case .phase(let replica, let phase, _, let n, let digest, let finding) = happening.kind,
      case .receive(_, _, _, .replica(replica), let judged) = cause.kind,
      judged.verdict == .accepted || judged.rule == finding.rule || phase == .prePrepared
    {
      return "\(phase.word) \(n) \(speaker.name(of: digest)) at \(replica)"
    }
    return sentence
  }

  /// The kinds of the messages that leave, each once.
  private func kindsSent(_ happenings: [Happening]) -> [String] {
    happenings.reduce(into: []) { kinds, happening in
      guard case .send(_, let message, _, _, _) = happening.kind else { return }
      if !kinds.contains(message.kind.rawValue) { kinds.append(message.kind.rawValue) }
    }
  }

  /// How much a happening tells about what an event was good for.
  private func weight(_ kind: Happening.Kind) -> Int {
    switch kind {
    case .violation: 11
    case .accept: 10
    case .view(_, _, let isActive, _): isActive ? 9 : 8
    case .stable, .transfer: 7
    case .execute: 6
    case .phase: 5
    case .crash, .restart: 4
    case .rule(_, let finding): finding.rule == .timerOnRequest ? 1 : 3
    case .timerFired: 2
    default: 0
    }
  }

  /// What a link does to messages, in a few words.
  func words(of state: LinkState) -> String {
    var words: [String] = []
    if state.isCut { words.append("cut") }
    if state.isHeld { words.append("held") }
    if state.delay > .seconds(0) { words.append("+\(state.delay.text)") }
    if state.lossPercent > 0 { words.append("loses \(state.lossPercent)%") }
    return words.joined(separator: ", ")
  }
}
