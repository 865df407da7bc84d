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
}
