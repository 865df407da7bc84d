internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// Where one is, and how things are, in sentences of one fact each.
extension Scene {
  var whereLines: [String] {
    let history = model.history
    let name = history.branches[history.branch].name
    var lines = [
      "step \(history.step) of \(history.end) on \(name), \(Speaker.seconds(world.now))"
    ]
    lines.append("\(cluster.replicaCount) replicas, \(views.spoken)")
    lines.append(speaker.sentence(world.guarantee))
    let off = settings.rulesOff.rules
    if !off.isEmpty { lines.append("off: \(off.map(\.name).joined(separator: ", "))") }
    lines.append(
      world.gravestViolation.map { "VIOLATED: \(speaker.sentence($0))" }
        ?? "safe: no invariant is violated")
    if let note = history.note(at: history.step) { lines.append("note: \(note)") }
    return lines + ["last: \(why)", "next: \(next)", "waits: \(waits[0])"]
  }
}
