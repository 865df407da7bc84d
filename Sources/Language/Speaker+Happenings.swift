public import PBFT
public import Simulation

extension Speaker {
  /// One thing that happened, as a sentence: `R1 receives PREPARE v0 n1 a from R2: 2 of 2f = 2 …`.
  public func sentence(_ happening: Happening) -> String {
    switch happening.kind {
    case .command(let command): return "command: \(command.text)"
    case .request(let request):
      return "\(request.client) requests \(request.operation.text) as \(request)"
    case .send(_, let message, let from, let to, let arrives):
      let held = arrives == nil ? ": the link holds it" : ""
      return "\(from) sends \(said(message, by: from)) to \(to)\(held)"
    case .receive(_, let message, let from, let to, let finding):
      return "\(to) receives \(said(message, by: from)) from \(from): \(verdict(finding))"
    case .judgedLater(let replica, let message, let finding):
      return "\(replica) takes up \(short(message)) of \(message.author), which it had kept: "
        + verdict(finding)
    case .drop(_, let message, let from, let to, let loss):
      return "\(said(message, by: from)) from \(from) to \(to) is lost: \(reason(loss, from, to))"
    case .duplicate(_, let original, let message, let from, let to, _):
      return "\(said(message, by: from)) from \(from) to \(to) is doubled: a copy of #\(original)"
    case .hold(_, let message, let from, let to):
      return "\(said(message, by: from)) from \(from) to \(to) is held"
    case .release(_, let message, let from, let to, _):
      return "\(said(message, by: from)) from \(from) to \(to) goes on"
    case .alter(let id, let message, let from, let to, let alteration):
      return "#\(id) from \(from) to \(to) is altered, \(alteration.text): it is now "
        + said(message, by: from)
    case .rule(let principal, let finding): return "\(principal): \(verdict(finding))"
    case .phase(let replica, let phase, let view, let n, let digest, let finding):
      let place = "\(replica) has \(name(of: digest)) \(phase.word) at \(view) \(n)"
      return "\(place): \(reason(for: phase, finding))"
    case .write(let replica, let record):
      return "\(replica) writes \(short(record, of: replica)) to its disk"
    case .ofTwin(let kind):
      let one = Happening(step: happening.step, time: happening.time, kind: kind)
      return "second copy: " + sentence(one)
    case .timerSet, .timerFired, .timerStopped, .crash, .restart, .fault, .violation, .execute,
      .executedBatch, .accept, .stable, .transfer, .view:
      return outcome(happening.kind)
    }
  }

  /// The tally of a phase, without naming the phase once more.
  private func reason(for phase: Phase, _ finding: Finding) -> String {
    let sentence = verdict(finding)
    let end = ": \(phase.word)"
    return sentence.hasSuffix(end) ? String(sentence.dropLast(end.count)) : sentence
  }

  /// What came of it: executions, views, timers and faults.
  private func outcome(_ kind: Happening.Kind) -> String {
    switch kind {
    case .execute(let replica, let n, _, let request, let result, let skipped):
      return skipped
        ? "\(replica) skips \(request) at \(n): it was executed before"
        : "\(replica) executes \(request) at \(n): \(request.operation.text) gives \(quoted(result))"
    case .executedBatch(let replica, let n, let digest):
      return "\(replica) has executed \(n), \(name(of: digest))"
    case .accept(let client, let timestamp, let result, let replicas):
      return "\(client) accepts \(quoted(result)) for \(client)/\(timestamp.number) from "
        + Self.list(replicas)
    case .stable(let replica, let n, _, let low, let high):
      return "the checkpoint of \(n) is stable at \(replica): h = \(low.number), H = \(high.number)"
    case .transfer(let replica, let n, _):
      return "\(replica) takes over the state of the checkpoint of \(n)"
    case .view(let replica, let view, let active, let selection):
      return active
        ? "\(replica) enters \(view)\(taken(selection))" : "\(replica) leaves its view for \(view)"
    case .timerSet(let principal, let timer, let due):
      return "\(principal) sets its \(timer.word) timer for \(Self.seconds(due))"
    case .timerFired(let principal, let timer): return "\(principal)'s \(timer.word) timer fires"
    case .timerStopped(let principal, let timer):
      return "\(principal) stops its \(timer.word) timer"
    case .crash(let replica): return "\(replica) crashes"
    case .restart(let replica): return "\(replica) restarts from its stable storage"
    case .fault(.forge(let forgery)):
      let name = forgery.claim.map { " in the name of \($0)" } ?? ""
      return "\(forgery.from) makes up \(forgery.content.text) for \(forgery.to)\(name)"
    case .fault(.restartEmpty(let replica)):
      return "\(replica) restarts with an empty disk: it has forgotten what it said, and counts as "
        + "faulty"
    case .fault(.corruptState(let replica)):
      return "a value in the memory of \(replica) changes by itself: it counts as faulty"
    case .fault(.misbehave(let replica, let misconduct)):
      return sentence(replica, misconduct)
    case .fault(.twin(let replica, let groups)): return twin(replica, groups)
    case .fault(.partition(let groups)):
      let first = Self.list(groups.first?.map(\.description) ?? [])
      return "from now on: \(Command.partition(groups).text); "
        + "replicas and clients that are not named are with \(first)"
    case .fault(.spreadTimers(by: .seconds(0))):
      return "the view-change timers that are set tie: all run out when the last of them would have"
    case .fault(.spreadTimers(let distance)):
      return
        "the view-change timers that are set run out one after another, \(distance.text) apart, "
        + "by the number of the replica"
    case .fault(.misbehaveClient(let client, let how)): return how.sentence(client)
    case .fault(let command): return "from now on: \(command.text)"
    case .violation(let violation): return sentence(violation)
    case .command, .request, .send, .receive, .judgedLater, .drop, .duplicate, .hold, .release,
      .alter, .rule, .phase, .write, .ofTwin:
      return ""
    }
  }

  private func twin(_ replica: ReplicaID, _ groups: [[Principal]]) -> String {
    let start = "from now on \(replica) runs as two honest copies with one key"
    guard groups.count == 2 else { return "\(start), both with everybody" }
    let names = groups.map { Self.list($0.map(\.description)) }
    return "\(start): the first with \(names[0]), the second with \(names[1]); "
      + "who is not named talks to both"
  }

  /// What a new view takes over.
  private func taken(_ selection: Selection?) -> String {
    guard let selection else { return "" }
    var rows = selection.rows.prefix(20).map { "\($0.sequence) \(name(of: $0.digest))" }
    let more = selection.rows.count + selection.omitted - rows.count
    if more > 0 { rows.append("and \(more) more") }
    if selection.omitted > 0 { rows.append("\(selection.omitted) of them are left out of O") }
    let kept = rows.isEmpty ? "takes over nothing" : "takes over \(rows.joined(separator: ", "))"
    return ": min-s = \(selection.minS.number), max-s = \(selection.maxS.number), \(kept)"
  }

  /// A message in short, with its author where another one sends it.
  private func said(_ message: Message, by sender: Principal) -> String {
    message.author == sender ? short(message) : "\(short(message)) of \(message.author)"
  }

  /// A finding, with its verdict where the message does not count.
  private func verdict(_ finding: Finding) -> String {
    let sentence = sentence(finding)
    let word = finding.verdict.word
    let tells = finding.verdict == .accepted || sentence.hasPrefix(word)
    return tells ? sentence : "\(word): \(sentence)"
  }

  /// Why a copy was lost.
  public func reason(
    _ loss: Happening.Loss, _ from: Principal, _ to: Principal
  ) -> String {
    switch loss {
    case .dropped: "dropped by command"
    case .cut: "the link is cut"
    case .lossy: "the link loses some"
    case .crashed: "\(to) is down"
    case .withheld: "\(from) keeps it back"
    case .stopped: "the second copy of \(to) has stopped"
    }
  }
}
