internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// Answers of the linear mode that look back in time, or that concern all of it.
extension Model {
  var ruleLines: [String] {
    let width = Rule.allCases.map(\.name.count).max() ?? 0
    return Rule.allCases.map { rule in
      let off = world.settings.rulesOff.contains(rule) ? "OFF, " : ""
      return "\(rule.name.left(width))  \(off)\(counted(rule)): \(rule.entry.sentence)"
    }
  }

  func counted(_ rule: Rule) -> String {
    let counts = counts(of: rule)
    return "accepted \(counts[0]), refused \(counts[1])"
  }

  var branchLines: [String] {
    let speaker = plainSpeaker
    return history.branches.indices.map { index in
      let branch = history.branches[index]
      let origin =
        branch.parent.map { "parted from \(history.branches[$0].name) after step \(branch.fork)" }
        ?? "the first"
      let here = index == history.branch ? "here: " : ""
      return "\(here)\(branch.name), \(origin), ends at step \(branch.end): "
        + speaker.summary(summary(of: index))
    }
  }

  var noteLines: [String] {
    let notes = history.notes(along: history.line(of: history.branch))
    return notes.isEmpty ? ["there are no notes"] : notes.map { "step \($0.step): \($0.text)" }
  }

  /// The last happenings at a replica or client, oldest first.
  func logLines(of node: Principal, last count: Int) -> [String] {
    let count = min(max(count, 1), 10_000)
    var found: [Happening] = []
    visitPast { happening in
      guard happening.kind.ofEither.place == node else { return }
      found.append(happening)
      if found.count > 2 * count { found.removeFirst(found.count - count) }
    }
    guard !found.isEmpty else { return ["nothing has happened at \(node)"] }
    return found.suffix(count).map(plainSpeaker.plain)
  }

  /// Every field of a message, and its journey up to now.
  func journeyLines(_ id: Int) -> [String] {
    guard let copy = history.sending(of: id)?.copy(id) else {
      return ["#\(id) has not been sent at this moment"]
    }
    let speaker = plainSpeaker
    var lines = speaker.fields(copy.message).map { "\($0.name): \($0.value)" }
    lines += copy.happenings.map { speaker.plain($0) }
    if let envelope = world.inFlight.first(where: { $0.id == id }) {
      lines.append("on its way from \(envelope.from) to \(envelope.to)")
      lines += alterations(of: envelope).filter { $0.obstacle == nil }
        .map { "possible: \($0.command.text)" }
    }
    return lines
  }

  /// How things stand with one sequence number: what the page Quorums shows of it.
  func quorumLines(_ n: SequenceNumber) -> [String] {
    let known = QuorumTable.numbers(in: world)
    guard known[0] <= n, n <= known[known.count - 1] else {
      return ["no log knows of \(n); there are \(known[0]) to \(known[known.count - 1])"]
    }
    var model = plain
    model.quorums.sequence = n
    model.quorums.strays.follow(history)
    model.quorums.spending.follow(history)
    return Scene(model).spokenQuorums
  }

  /// How things stand with a view: what the page View change shows of it.
  func viewChangeLines(_ view: View?) -> [String] {
    var model = plain
    model.viewChange = ViewChangeView()
    model.viewChange.memory.follow(history)
    model.viewChange.view = view
    let scene = Scene(model)
    let all = scene.viewsAskedFor.all
    if let view, !all.contains(view) {
      let known = all.map { "\($0.number)" }.joined(separator: ", ")
      return [
        "nobody has asked for view \(view.number)" + (known.isEmpty ? "" : "; there is \(known)")
      ]
    }
    return scene.viewChangeTelling.spoken
  }

  /// The state of a replica, its disk, and what the last requests have cost.
  func stateLines(of replica: ReplicaID) -> [String] {
    var model = plain
    model.replica = replica
    model.quorums.spending.follow(history)
    return Scene(model).stateLines.map(\.text).filter { !$0.isEmpty }
  }

  private func visitPast(_ body: (Happening) -> Void) {
    guard history.step > 0 else { return }
    history.visit(1...history.step) { those in those.forEach(body) }
  }
}

extension Happening.Kind {
  /// At whom it happened; of a message that leaves, its sender.
  fileprivate var place: Principal? {
    switch self {
    case .send(_, _, let from, _, _), .hold(_, _, let from, _), .release(_, _, let from, _, _),
      .drop(_, _, let from, _, _), .duplicate(_, _, _, let from, _, _),
      .alter(_, _, let from, _, _):
      from
    case .receive(_, _, _, let to, _): to
    case .rule(let principal, _), .timerSet(let principal, _, _), .timerFired(let principal, _),
      .timerStopped(let principal, _):
      principal
    case .request(let request): .client(request.client)
    case .accept(let client, _, _, _): .client(client)
    case .judgedLater(let replica, _, _), .phase(let replica, _, _, _, _, _),
      .execute(let replica, _, _, _, _, _), .executedBatch(let replica, _, _),
      .stable(let replica, _, _, _, _), .transfer(let replica, _, _), .view(let replica, _, _, _),
      .crash(let replica), .restart(let replica), .write(let replica, _):
      .replica(replica)
    case .command, .fault, .violation, .ofTwin: nil
    }
  }
}
