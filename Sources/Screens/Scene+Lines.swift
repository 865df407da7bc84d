internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// What a page shows at a glance, in lines that can be read aloud.
extension Scene {
  /// Each replica in a line.
  var replicaLines: [String] {
    world.replicas.map { replica in
      let id = replica.id
      var words = [
        replica.isActive ? "view \(replica.view.number)" : "asks for view \(replica.view.number)"
      ]
      if world.isCrashed(id) {
        words.insert("crashed", at: 0)
      } else if world.leads(id) {
        words.insert("primary", at: 0)
      }
      words += world.misbehaviours(of: id).isEmpty ? [] : ["made faulty"]
      words += [
        "h \(replica.low.number)", "H \(replica.high.number)",
        "stable \(replica.stable.sequence.number)", "executed \(replica.lastExecuted.number)",
      ]
      if let timer = timer(of: id) { words.append("view-change timer due at \(time(timer.due)) s") }
      return "\(id): \(words.joined(separator: ", "))"
    }
  }

  private func timer(of id: ReplicaID) -> Alarm? {
    guard !world.isCrashed(id) else { return nil }
    return alarms.first { $0.owner == .replica(id) && $0.name == .viewChange && !$0.isTwin }
  }

  /// Each message on its way in a line, the next to arrive first.
  var messageLines: [String] {
    guard !inFlight.isEmpty else { return ["no message is on its way"] }
    return inFlight.map { envelope in
      let due = envelope.due.map { "arrives at \(time($0)) s" } ?? "held until it is released"
      return
        "#\(envelope.id) \(speaker.short(envelope.message)) from \(envelope.from) to \(envelope.to), \(due)"
    }
  }

  /// What counts against f, and what is wrong with the links.
  var faultLines: [String] {
    var lines = [speaker.sentence(world.guarantee)]
    let off = settings.rulesOff.rules
    if !off.isEmpty {
      lines.append("rules that are off: \(off.map(\.name).joined(separator: ", "))")
    }
    lines += world.linkFaults.map { "link \($0.from)>\($0.to): \(words(of: $0.state))" }
    return lines
  }

  /// What there is of one sequence number at each replica: whose votes count, and how many it takes.
  func quorumLines(_ n: SequenceNumber) -> [String] {
    world.replicas.flatMap { replica -> [String] in
      let name = "\(replica.id), n = \(n.number)"
      guard n > replica.low else {
        return ["\(name): at or below its stable checkpoint h = \(replica.low.number)"]
      }
      guard n <= replica.high else { return ["\(name): above H = \(replica.high.number)"] }
      guard let slot = replica.log[n] else { return ["\(name): nothing received"] }
      let accepted = slot.prePrepare
      let needs = replica.settings.needs
      let proposal = accepted.map {
        "PRE-PREPARE \($0.view) \(speaker.name(of: $0.digest)) of \($0.replica)"
      }
      let phase = replica.lastExecuted >= n ? "executed" : slot.phase(in: replica.settings).word
      return [
        "\(name): \(phase), \(proposal ?? "no PRE-PREPARE")",
        "\(name): PREPAREs \(slot.matchingPrepares(in: replica.settings)) of \(needs.prepares)"
          + voters(slot.prepares.map { ($0.replica, $0.digest) }, accepted?.digest),
        "\(name): COMMITs \(slot.matchingCommits()) of \(needs.quorum)"
          + voters(slot.commits.map { ($0.replica, $0.digest) }, accepted?.digest),
      ]
    }
  }

  /// Who has voted; for what, where it is not what was proposed.
  private func voters(_ votes: [(ReplicaID, Digest)], _ digest: Digest?) -> String {
    guard !votes.isEmpty else { return ", of nobody" }
    let names = votes.map { replica, own in
      own == digest ? "\(replica)" : "\(replica) for \(speaker.name(of: own))"
    }
    return ", of " + names.joined(separator: ", ")
  }

  /// Who asks for a view and who waits for whom; of the view that the replicas ask for, or were last in.
  func viewLines(_ asked: View?) -> [String] {
    let view = asked ?? world.correct.map { world.replicas[$0.index].view }.max() ?? View(0)
    var lines = ["view \(view.number), \(settings.primary(of: view)) leads it"]
    for replica in world.replicas {
      let id = replica.id
      var words: [String] = []
      if world.isCrashed(id) { words.append("crashed in view \(replica.view.number)") }
      if !world.isCrashed(id) {
        words.append(
          replica.isActive
            ? "works in view \(replica.view.number)" : "asks for view \(replica.view.number)")
      }
      let held = replica.viewChanges.filter { $0.view == view }.map { "\($0.replica)" }
      if replica.view < view || !replica.isActive {
        words.append(
          "holds \(held.count) of \(replica.settings.needs.newView) VIEW-CHANGEs"
            + (held.isEmpty ? "" : ", of \(held.joined(separator: ", "))"))
      }
      if let timer = timer(of: id) { words.append("its timer is due at \(time(timer.due)) s") }
      lines.append("\(id): \(words.joined(separator: "; "))")
    }
    guard let newView = world.replicas.compactMap(\.newView).first(where: { $0.view == view })
    else {
      return lines + (view.number == 0 ? [] : ["no replica has entered view \(view.number)"])
    }
    lines.append(
      "NEW-VIEW of \(newView.replica): V is the VIEW-CHANGEs of "
        + newView.viewChanges.map { "\($0.replica)" }.joined(separator: ", "))
    lines += newView.viewChanges.map { change in
      let proofs = change.prepared.map {
        "n\($0.sequence.number) \($0.view) \(speaker.name(of: $0.digest))"
      }
      return "VIEW-CHANGE of \(change.replica): C is n = \(change.stable.sequence.number), P is "
        + (proofs.isEmpty ? "empty" : proofs.joined(separator: ", "))
    }
    return lines
      + newView.prePrepares.map {
        "O: n = \($0.sequence.number) is proposed again as \(speaker.name(of: $0.digest))"
      }
  }
}
