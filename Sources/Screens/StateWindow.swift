internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// What one replica holds: its numbers, its key-value state, its disk, and its second copy if it has one.
extension Scene {
  var stateLines: [[Span]] {
    let replica = world.replicas[model.replica.index]
    var lines: [[Span]] = []
    func put(_ name: String, _ value: String) {
      lines.append([Span(name.left(14) + " ", .label), Span(value)])
    }
    put("after", "\(replica.lastExecuted) executed, view \(replica.view.number)")
    put(
      "stable",
      "n = \(replica.stable.sequence.number); h = \(replica.low.number), H = \(replica.high.number)"
    )
    put("guarantee", speaker.sentence(world.guarantee))
    put("state digest", String(replica.state.digest.description.prefix(16)))
    lines += twinLines
    lines.append([])
    lines.append([Span("Keys and values", Style(.label, .bold))])
    if replica.state.store.entries.isEmpty { lines.append([Span("none yet", .quiet)]) }
    for entry in replica.state.store.entries { put(entry.key, entry.value) }
    lines.append([])
    lines.append([Span("Last replies", Style(.label, .bold))])
    let replies = replica.state.replies.all
    if replies.isEmpty { lines.append([Span("none yet", .quiet)]) }
    for (client, entry) in replies { put("\(client)/\(entry.timestamp.number)", entry.result) }
    lines.append([])
    lines.append([Span("Requests that wait", Style(.label, .bold))])
    if replica.waiting.isEmpty { lines.append([Span("none", .quiet)]) }
    for waiting in replica.waiting { put("\(waiting.request)", waiting.request.operation.text) }
    return lines + diskLines
  }

  /// The second of two copies, in short.
  private var twinLines: [[Span]] {
    guard let twin = world.twin(of: model.replica) else { return [] }
    let used = twin.log.used.filter { $0.prePrepare != nil }.map { slot in
      let digest = slot.prePrepare.map { letter($0.digest) } ?? "-"
      return "\(slot.sequence)\(digest) \(slot.phase(in: settings).word)"
    }
    let log = used.isEmpty ? "nothing in its log" : used.joined(separator: ", ")
    let active = twin.isActive ? "view" : "changing to view"
    return [
      [
        Span("second copy".left(14) + " ", .label),
        Span(
          "\(twin.lastExecuted) executed, \(active) \(twin.view.number), "
            + "h = \(twin.low.number); \(log)"),
      ]
    ]
  }

  /// What would be left after a crash.
  private var diskLines: [[Span]] {
    let disk = world.disk(of: model.replica)
    func line(_ name: String, _ value: String) -> [Span] {
      [Span(name.left(14) + " ", .label), Span(value)]
    }
    var lines: [[Span]] = [[], [Span("Its disk", Style(.label, .bold))]]
    lines.append(
      line("view", "\(disk.view.number), \(disk.isActive ? "working" : "changing to it")"))
    lines.append(
      line(
        "checkpoints",
        "stable \(disk.stable.sequence)"
          + disk.checkpoints.map { ", own \($0.sequence)" }.joined()))
    for entry in disk.entries {
      var words: [String] = []
      if let accepted = entry.accepted {
        words.append("accepted \(accepted.view) \(letter(accepted.digest))")
      }
      if let prepared = entry.prepared {
        words.append("prepared \(prepared.view) \(letter(prepared.digest))")
      }
      if entry.committed != nil { words.append("committed") }
      lines.append(line("\(entry.sequence)", words.joined(separator: ", ")))
    }
    return lines
  }
}
