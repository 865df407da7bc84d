internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// What one replica holds: its numbers, its key-value state, its disk, and its second copy if it has one.
extension Scene {
  /// What the window tells, with what the last step has changed marked.
  var stateLines: [[Span]] {
    let then = stateSections(before)
    var lines: [[Span]] = []
    for (place, section) in stateSections(world).enumerated() {
      if let title = section.title { lines += [[], [Span(title, Style(.label, .bold))]] }
      // A line is known by what it says: an entry that comes or goes leaves the others as they were.
      let known = Set(then[place].lines)
      for line in section.lines {
        let isNew = !known.contains(line)
        lines.append(
          line.dropLast() + line.suffix(1).map { Span($0.text, $0.style.changed(if: isNew)) })
      }
    }
    return lines
  }

  /// Lines that belong together; a line ends with the value that it tells.
  private struct StateSection {
    let title: String?
    let lines: [[Span]]

    init(_ title: String?, _ lines: [[Span]], none: String? = nil) {
      self.title = title
      self.lines = lines.isEmpty ? none.map { [[Span($0, .quiet)]] } ?? [] : lines
    }
  }

  private func line(_ name: String, _ value: String) -> [Span] {
    [Span(name.left(14) + " ", .label), Span(value)]
  }

  /// The same sections whatever the world.
  private func stateSections(_ world: World) -> [StateSection] {
    let replica = world.replicas[model.replica.index]
    let (stable, low, high) = (replica.stable.sequence, replica.low, replica.high)
    let numbers = [
      line("after", "\(replica.lastExecuted) executed, view \(replica.view.number)"),
      line("stable", "n = \(stable.number); h = \(low.number), H = \(high.number)"),
      line("guarantee", speaker.sentence(world.guarantee)),
      line("state digest", String(replica.state.digest.description.prefix(16))),
    ]
    return [
      StateSection(nil, numbers + twinLines(world)),
      StateSection(
        "Keys and values", replica.state.store.entries.map { line($0.key, $0.value) },
        none: "none yet"),
      StateSection(
        "Last replies",
        replica.state.replies.all.map { client, entry in
          line("\(client)/\(entry.timestamp.number)", entry.result)
        }, none: "none yet"),
      StateSection(
        "Requests that wait",
        replica.waiting.map { line("\($0.request)", $0.request.operation.text) }, none: "none"),
      StateSection("Its disk", diskLines(world)),
      StateSection("Messages spent", spendingLines(world)),
    ]
  }

  /// What the last requests of the clients have cost, whoever sent it, and what one costs without a fault.
  private func spendingLines(_ world: World) -> [[Span]] {
    let requests = world.clients.compactMap { client in
      let answered = client.accepted.map { RequestName(client.id, $0.timestamp) }
      return client.outstanding.map { RequestName($0) } ?? answered
    }
    let spending = model.quorums.spending
    return requests.map { line("\($0)", told(spending.cost(of: $0, upTo: world.step))) }
      + [line("without fault", told(Cost(ofOneRequestIn: cluster)))]
  }

  /// The second of two copies, in short.
  private func twinLines(_ world: World) -> [[Span]] {
    guard let twin = world.twin(of: model.replica) else { return [] }
    let used = twin.log.used.filter { $0.prePrepare != nil }.map { slot in
      let digest = slot.prePrepare.map { letter($0.digest) } ?? "-"
      return "\(slot.sequence)\(digest) \(slot.phase(in: world.settings).word)"
    }
    let log = used.isEmpty ? "nothing in its log" : used.joined(separator: ", ")
    let active = twin.isActive ? "view" : "changing to view"
    return [
      line(
        "second copy",
        "\(twin.lastExecuted) executed, \(active) \(twin.view.number), h = \(twin.low.number); \(log)"
      )
    ]
  }

  /// What would be left after a crash.
  private func diskLines(_ world: World) -> [[Span]] {
    let disk = world.disk(of: model.replica)
    let checkpoints =
      "stable \(disk.stable.sequence)" + disk.checkpoints.map { ", own \($0.sequence)" }.joined()
    let entries = disk.entries.map { entry in
      var words: [String] = []
      if let accepted = entry.accepted {
        words.append("accepted \(accepted.view) \(letter(accepted.digest))")
      }
      if let prepared = entry.prepared {
        words.append("prepared \(prepared.view) \(letter(prepared.digest))")
      }
      if entry.committed != nil { words.append("committed") }
      return line("\(entry.sequence)", words.joined(separator: ", "))
    }
    let view = "\(disk.view.number), \(disk.isActive ? "working" : "changing to it")"
    return [line("view", view), line("checkpoints", checkpoints)] + entries
  }
}
