internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// The latest happenings at one replica, newest first.
extension Scene {
  func drawLog(_ buffer: inout CellBuffer, _ region: Region, of node: Principal) {
    guard region.rows > 0 else { return }
    let (first, lines, count) = seenOfLog(of: node, region)
    for (row, line) in lines.enumerated() {
      let y = region.y + row
      buffer.put(
        line.spans, at: Position(x: region.x, y: y),
        maxWidth: region.columns - (line.end == nil ? 0 : 2), ellipsis: glyphs.ellipsis)
      if let end = line.end { buffer.put([end], endingAt: region.endX, y: y) }
    }
    // A log that nobody has scrolled begins with the present; that there is more below goes without saying.
    if first > 0 { drawMore(&buffer, region, from: first, of: count) }
  }

  /// A line of a log.
  struct LogLine {
    let spans: [Span]
    /// What was made of a message, at the right.
    var end: Span?
    /// The number of the message that it tells of.
    let message: Int?
  }

  /// The lines of a log that a region shows, the first of them, and how many there are as far as that has been looked up.
  func seenOfLog(
    of node: Principal, _ region: Region
  ) -> (first: Int, lines: [LogLine], count: Int) {
    let wanted = model.logScroll.map { .replica($0.replica) == node ? $0.lines : 0 } ?? 0
    let all = logLines(of: node, width: region.columns, atMost: wanted + region.rows + 1)
    let first = min(wanted, max(all.count - region.rows, 0))
    return (first, Array(all.dropFirst(first).prefix(region.rows)), all.count)
  }

  /// The latest lines of a log, newest first.
  func logLines(of node: Principal, width: Int, atMost count: Int) -> [LogLine] {
    let lines = logEntries(of: node, atMost: count).flatMap { entry -> [LogLine] in
      let told = LogLine(
        spans: line(entry, width: width), end: entry.finding.map { mark($0.verdict) },
        message: entry.id)
      // What was not taken tells why.
      guard let finding = entry.finding, finding.verdict != .accepted else { return [told] }
      let style: Style = finding.verdict == .refused ? .fault : .quiet
      let why = Span("  " + finding.rule.entry.title.lowercased(), style)
      return [told, LogLine(spans: [why], message: entry.id)]
    }
    return Array(lines.prefix(count))
  }

  private struct Entry {
    /// The number of the message, if it tells of one.
    var id: Int?
    let time: Instant
    let arrow: Unicode.Scalar?
    var message: Message?
    var peer: Principal?
    var word = ""
    var style = Style.plain
    var finding: Finding?
    /// The second of two copies did it.
    var isTwin = false
    /// It happened at the last step.
    var isNew = false
  }

  private func line(_ entry: Entry, width: Int) -> [Span] {
    // A new line is marked at its time; where there is no room for that, at its arrow or word.
    let hasStamp = width >= 16
    let stamp = Span(
      hasStamp ? time(entry.time).right(4) : "", .quiet.changed(if: entry.isNew))
    let arrow = entry.arrow.map(text) ?? " "
    guard let message = entry.message else {
      let word = entry.word + (entry.isTwin ? "'" : "")
      return [
        stamp, Span(hasStamp ? " " : ""),
        Span(word, entry.style.changed(if: entry.isNew && !hasStamp)),
      ]
    }
    let style = Style(Role(message.kind), .bold)
    let kind = [
      Span(width >= 17 ? " " : ""),
      Span(arrow, style.changed(if: entry.isNew && !hasStamp)),
      Span(kindName(message, width: width, isTwin: entry.isTwin), style),
    ]
    // A request's client stands in its name.
    let isNamed = entry.peer == message.author && message.kind == .request
    let peer = isNamed ? "" : entry.peer.map { " \($0)" } ?? ""
    let room = width - stamp.columns - kind.columns - 2
    let subject = subject(message)
    let bare = message.sequence.map(\.description) ?? subject
    var texts = [" \(subject)\(peer)", " \(bare)\(peer)", "\(bare)\(peer)", " " + subject]
    // Whom a message came from matters more than the blank before; whom it goes to does not.
    if entry.finding == nil { texts.remove(at: 2) }
    return [stamp] + kind + [Span(fitting(room, texts))]
  }

  /// The letters of a kind of message; where there is room, its word.
  private func kindName(_ message: Message, width: Int, isTwin: Bool) -> String {
    let mark = isTwin ? "'" : ""
    guard width >= 34 else { return (message.kind.short + mark).left(2) }
    return " " + (message.kind.rawValue + mark).left(11)
  }

  private func logEntries(of node: Principal, atMost count: Int) -> [Entry] {
    var entries: [Entry] = []
    for happenings in model.history.recent.reversed() {
      var sent: [Message] = []
      for happening in happenings.reversed() {
        if case .send(_, let message, node, _, _) = happening.kind {
          // A broadcast is one line.
          if sent.contains(message) { continue }
          sent.append(message)
        }
        if var entry = entry(happening, at: node) {
          if case .ofTwin = happening.kind { entry.isTwin = true }
          entry.isNew = isNew(happening)
          entries.append(entry)
        }
      }
      if entries.count >= count { break }
    }
    return Array(entries.prefix(count))
  }

  private func entry(_ happening: Happening, at node: Principal) -> Entry? {
    let time = happening.time
    func word(_ text: String, _ style: Style) -> Entry {
      Entry(time: time, arrow: nil, word: text, style: style)
    }
    switch happening.kind.ofEither {
    case .send(let id, let message, node, let to, _):
      let isReply = message.kind == .request
      return Entry(
        id: id, time: time, arrow: glyphs.arrowRight, message: message, peer: isReply ? to : nil)
    case .receive(let id, let message, let from, node, let finding):
      return Entry(
        id: id, time: time, arrow: glyphs.arrowLeft, message: message, peer: from, finding: finding)
    case .execute(let replica, let n, _, let request, _, let skipped)
    where .replica(replica) == node:
      return word("\(skipped ? "skip" : text(glyphs.done)) \(n) \(request)", Style(.done, .bold))
    case .stable(let replica, let n, _, _, _) where .replica(replica) == node:
      return word("stable \(n)", Style(.upkeep))
    case .transfer(let replica, let n, _) where .replica(replica) == node:
      return word("took over \(n)", Style(.upkeep))
    case .view(let replica, let view, let active, _) where .replica(replica) == node:
      return word("\(active ? "enters" : "asks for") \(view)", Style(.viewChange, .bold))
    case .timerFired(node, .viewChange): return word("timeout", .fault)
    case .timerFired(node, let name): return word("\(name.word) timer", .quiet)
    case .crash(let replica) where .replica(replica) == node: return word("crash", .fault)
    case .restart(let replica) where .replica(replica) == node:
      return word("restart", Style(.notice))
    case .alter(let id, _, node, _, let alteration):
      return word("alters #\(id): \(alteration.text)", .fault)
    case .fault(let command):
      guard case .replica(let id) = node, Self.concerns(command, id) else { return nil }
      return word(Self.short(command), .fault)
    default: return nil
    }
  }

  /// A command in a narrow place: without the replica in whose log it stands.
  private static func short(_ command: Command) -> String {
    switch command {
    case .misbehave(_, let misconduct): misconduct.kind.word
    case .restartEmpty: "starts empty"
    case .corruptState: "corrupt"
    case .twin: "two copies"
    default: command.text
    }
  }

  private static func concerns(_ command: Command, _ replica: ReplicaID) -> Bool {
    switch command {
    case .silence(replica), .equivocate(replica, _), .honest(replica), .misbehave(replica, _),
      .twin(replica, _), .restartEmpty(replica), .corruptState(replica):
      true
    case .forge(let forgery): forgery.from == replica
    case .delay(let link, _), .cut(let link), .holdLink(let link), .lose(let link, _):
      link.from == .replica(replica) || link.to == .replica(replica)
    default: false
    }
  }
}
