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
    let known = model.history.step < model.history.end
    var command = Command.step
    if known {
      let coming = model.history.happenings(of: model.history.step + 1)
      guard let first = coming.first else { return "time passes" }
      if case .command(let given) = first.kind { command = given }
    } else if world.next == nil {
      return "nothing by itself: n sends a new request, : takes any command"
    }
    var future = world
    guard let happenings = try? future.perform(command) else { return "nothing" }
    var speaker = speaker
    speaker.digests = future.letters
    return "\(time(future.now)) s  " + told(happenings, by: speaker)
  }

  /// An event in one sentence or two: what it was, and the most important thing that follows.
  private func told(_ happenings: [Happening], by speaker: Speaker) -> String {
    guard let first = happenings.first else { return "nothing" }
    // A command is told by what it did.
    var cause = first
    if case .command = first.kind, happenings.count > 1 {
      cause = happenings[1]
    }
    var best: Happening?
    for happening in happenings where happening != cause {
      if weight(happening.kind) > best.map({ weight($0.kind) }) ?? 0 { best = happening }
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

  /// Why nothing goes on, as far as it can be seen.
  var waits: [String] {
    var lines: [String] = []
    for client in world.clients {
      guard let request = client.outstanding else { continue }
      lines.append("\(request) \(reason(for: request, client))")
    }
    for fault in linkSummary { lines.append(fault) }
    if lines.isEmpty { lines.append("nobody waits for anything") }
    return lines
  }

  /// How far the request has come where it has come farthest, and what is missing there.
  private func reason(for request: Request, _ client: Client) -> String {
    let running = world.replicas.filter { !world.isCrashed($0.id) }
    let executed = running.count { replica in
      (replica.state.replies[request.client]?.timestamp.number ?? 0) >= request.timestamp.number
    }
    if executed > 0 {
      return "executed at \(executed) of \(cluster.replicaCount); "
        + "\(client.id) has \(client.replies.count) of f + 1 = \(cluster.weak) replies"
    }
    var best: (phase: Phase, replica: Replica, slot: Slot)?
    for replica in running {
      for slot in replica.log.used
      where slot.batch?.requests.contains(where: { $0.digest == request.digest }) == true {
        let phase = slot.phase(in: settings)
        if phase > best?.phase ?? .empty { best = (phase, replica, slot) }
      }
    }
    guard let best else {
      let changing = running.count { !$0.isActive }
      if changing > 0 {
        return "needs the new view: \(changing) of 2f + 1 = \(cluster.quorum) ask for it"
      }
      return running.contains { $0.waiting.contains { $0.request == request } }
        ? "needs a number: the primary has not proposed it"
        : "is on its way to the primary"
    }
    let place = "\(best.slot.sequence) at \(best.replica.id)"
    switch best.phase {
    case .prePrepared:
      let have = best.slot.matchingPrepares(in: settings)
      return "needs PREPAREs of \(place): \(have) of 2f = \(cluster.prepares)"
    case .prepared:
      return
        "needs COMMITs of \(place): \(best.slot.matchingCommits()) of 2f + 1 = \(cluster.quorum)"
    default: return "needs the lower numbers before \(place)"
    }
  }

  /// The links that are not as they should be, in a few words.
  private var linkSummary: [String] {
    let faults = world.linkFaults
    guard let first = faults.first else { return [] }
    var words: [String] = []
    if first.state.isCut { words.append("cut") }
    if first.state.isHeld { words.append("held") }
    if first.state.delay > .seconds(0) { words.append("+\(first.state.delay.text)") }
    if first.state.lossPercent > 0 { words.append("loses \(first.state.lossPercent)%") }
    let more = faults.count > 1 ? " and \(faults.count - 1) more" : ""
    return ["link \(first.from)>\(first.to) \(words.joined(separator: ", "))\(more)"]
  }
}
