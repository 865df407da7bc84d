internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// What lies over a page.
extension Scene {
  func drawOverlay(_ buffer: inout CellBuffer, _ region: Region) {
    switch model.overlay {
    case nil: break
    case .help(let scroll):
      drawWindow(&buffer, region, "Keys", helpLines(width: min(region.columns - 6, 92)), scroll)
    case .palette: drawPalette(&buffer, region)
    case .inspector(let message, let scroll):
      drawWindow(&buffer, region, "Message #\(message)", inspectorLines(message), scroll)
    case .state(let scroll):
      drawWindow(&buffer, region, "State of \(model.replica)", stateLines, scroll)
    }
  }

  /// Lines in a frame as large as they need, scrolled as far as there is something to see.
  private func drawWindow(
    _ buffer: inout CellBuffer, _ region: Region, _ title: String, _ lines: [[Span]], _ scroll: Int
  ) {
    let inner = min(max(lines.map(\.columns).max() ?? 0, 40), region.columns - 6)
    let wrapped = lines.flatMap { $0.isEmpty ? [[]] : $0.wrapped(width: inner) }
    let area = region.centred(Size(columns: inner + 4, rows: wrapped.count + 2))
    buffer.fill(area)
    let inside = buffer.box(
      area, title: [Span(" \(title) ", Style(.focus))], lines: glyphs.heavy, style: Style(.focus),
      ellipsis: glyphs.ellipsis)
    let most = max(wrapped.count - inside.rows, 0)
    let first = min(scroll, most)
    for (row, line) in wrapped.dropFirst(first).prefix(inside.rows).enumerated() {
      buffer.put(
        line, at: Position(x: inside.x + 1, y: inside.y + row), maxWidth: inside.columns - 2,
        ellipsis: glyphs.ellipsis)
    }
    let more = first < most ? "\(text(glyphs.arrowDown)) more, " : ""
    buffer.put(
      [Span(" \(more)Esc closes ", .label)], endingAt: area.endX - 2, y: area.endY - 1,
      maxWidth: area.columns - 4)
  }

  // MARK: Help

  private func helpLines(width: Int) -> [[Span]] {
    var lines: [[Span]] = []
    let keyWidth = (Keys.table.map { ascii($0.label).columns }.max() ?? 0) + 2
    for group in KeyEntry.Group.allCases {
      if !lines.isEmpty { lines.append([]) }
      lines.append([Span(group.rawValue, Style(.label, .bold))])
      for entry in Keys.table where entry.group == group {
        let command = entry.command.map { [Span("  : \($0)", .label)] } ?? []
        let texts = ([Span(entry.help)] + command).wrapped(width: max(width - keyWidth, 10))
        for (row, text) in texts.enumerated() {
          let key = row == 0 ? ascii(entry.label) : ""
          lines.append([Span(key.left(keyWidth), Style(.key))] + text)
        }
      }
    }
    lines.append([])
    lines.append([Span("The marks", Style(.label, .bold))])
    let marks: [(Unicode.Scalar, String)] = [
      (glyphs.received, "it counts, or a quorum is reached"),
      (glyphs.kept, "kept for later or for another digest; some of a quorum; on its way"),
      (glyphs.empty, "nothing yet"), (glyphs.refused, "refused by a rule, lost, or crashed"),
      (glyphs.done, "executed, accepted"), (glyphs.primary, "leads the view"),
      (glyphs.faulty, "misbehaves, or has"), (glyphs.held, "held on its way"),
    ]
    for (glyph, meaning) in marks {
      lines.append([Span(text(glyph).left(keyWidth), Style(.key)), Span(meaning)])
    }
    lines.append([
      Span("d".left(keyWidth), Style(.key)), Span("digests are letters, in order of appearance"),
    ])
    lines.append([
      Span("T1.9".left(keyWidth), Style(.key)), Span("the view-change timer runs out in 1.9 s"),
    ])
    return lines
  }

  // MARK: One message

  private func inspectorLines(_ id: Int) -> [[Span]] {
    var lines: [[Span]] = []
    let journey = model.history.recent.joined().filter { Self.copy($0.kind)?.id == id }
    let envelope = inFlight.first { $0.id == id }
    guard
      let message = envelope?.message ?? journey.compactMap({ Self.copy($0.kind)?.message }).first
    else { return [[Span("It has not been sent at this moment.")]] }
    for field in speaker.fields(message) {
      lines.append([Span(field.name.left(12) + " ", .label), Span(field.value)])
    }
    if let digest = message.digest {
      lines.append([Span("letter".left(12) + " ", .label), Span(speaker.name(of: digest))])
    }
    lines.append([])
    lines.append([Span("Its journey", Style(.label, .bold))])
    for happening in journey {
      lines.append([Span("\(time(happening.time)) s  ", .quiet), Span(speaker.sentence(happening))])
    }
    if let envelope {
      let due = envelope.due.map { "arrives at \(time($0)) s" } ?? "is held until it is released"
      lines.append([
        Span("now".left(8), .quiet),
        Span("on its way from \(envelope.from) to \(envelope.to), \(due)"),
      ])
    }
    return lines
  }

  private static func copy(_ kind: Happening.Kind) -> (id: Int, message: Message)? {
    switch kind {
    case .send(let id, let message, _, _, _), .receive(let id, let message, _, _, _),
      .drop(let id, let message, _, _, _), .duplicate(let id, _, let message, _, _, _),
      .hold(let id, let message, _, _), .release(let id, let message, _, _, _),
      .alter(let id, let message, _, _, _):
      (id, message)
    default: nil
    }
  }

  // MARK: One replica's state

  private var stateLines: [[Span]] {
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
    put("state digest", String(replica.state.digest.description.prefix(16)))
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
    return lines
  }
}
