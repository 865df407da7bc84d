internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// The messages on their way as a table, in the order in which they arrive.
extension Scene {
  func drawMessageTable(_ buffer: inout CellBuffer, _ region: Region) {
    let title = [Span(" in flight \(inFlight.count) ", Style(.focus))]
    let inside = drawZoomFrame(&buffer, region, title)
    let places = messageRows(region)
    let shown = Array(inFlight.dropFirst(places.first).prefix(places.list.rows))
    guard !shown.isEmpty else {
      buffer.put(
        "no message is on its way; n sends a new request", at: inside.origin, style: .quiet,
        maxWidth: inside.columns, ellipsis: glyphs.ellipsis)
      return
    }
    let table = Table(messageColumns(shown), width: places.list.columns)
    buffer.put(table.heading, at: inside.origin.moved(right: 1), maxWidth: places.list.columns)
    for (row, envelope) in shown.enumerated() {
      let line = places.list.row(row)
      buffer.put(
        table.row(row), at: line.origin, maxWidth: line.columns, ellipsis: glyphs.ellipsis)
      if envelope.id == model.selected?.id { buffer.restyle(line) { $0.reverse } }
    }
    markRows(&buffer, places.list, at: region.x)
  }

  /// The rows of the list, and how many messages have been scrolled over.
  func messageRows(_ region: Region) -> (list: Region, first: Int) {
    let list = region.inset(by: 1).split(top: 1).rest.inset(horizontally: 1)
    let chosen = inFlight.firstIndex { $0.id == model.selected?.id } ?? 0
    let most = max(inFlight.count - list.rows, 0)
    return (list, min(max(chosen - list.rows / 2, 0), most))
  }

  /// The message whose row is at a place, while the table is shown.
  func messageRow(at position: Position, _ strip: Strip) -> Target? {
    guard model.isZoomed, model.focus == .messages else { return nil }
    let places = messageRows(strip.rest)
    let row = places.first + position.y - places.list.y
    guard places.list.contains(position), inFlight.indices.contains(row) else { return nil }
    return .message(inFlight[row].id)
  }

  private func messageColumns(_ shown: [Envelope]) -> [Table.Column] {
    let earlier = Set(before.inFlight.map(\.id))
    func column(
      _ heading: String, spare: Int = 0, _ cell: (Envelope) -> Span
    ) -> Table.Column { .init(heading: heading, cells: shown.map(cell), spare: spare) }
    let arrow = text(glyphs.arrowRight)
    return [
      column("#") { Span("#\($0.id)", Style.quiet.changed(if: !earlier.contains($0.id))) },
      column("way") { Span("\($0.from)\(arrow)\($0.to)\($0.toTwin ? "'" : "")") },
      column("kind") { Span($0.message.kind.short, style($0.message).bold) },
      column("message", spare: 3) { Span($0.message.kind.rawValue, style($0.message)) },
      column("view", spare: 1) { Span($0.message.view.map(\.description) ?? "") },
      column("n") { Span(number(of: $0.message)) },
      column("d") { Span(digest(of: $0.message), Style(.plain, .bold)) },
      column("what", spare: 4) { Span(content($0.message)) },
      column("signed", spare: 5) { Span(signer($0)) },
      column("sent", spare: 2) { Span(time($0.sent), .quiet) },
      column("arrives") { envelope in
        Span(
          envelope.due.map { "\(time($0)) s" } ?? "\(text(glyphs.held)) held",
          envelope.isHeld ? Style(.notice) : .plain)
      },
    ]
  }

  /// The number that a message is about, if it is about one.
  private func number(of message: Message) -> String {
    switch message {
    case .prePrepare, .prepare, .commit, .checkpoint, .fetch, .data:
      message.sequence.map { "\($0.number)" } ?? ""
    default: ""
    }
  }

  /// The digest that is voted for.
  private func digest(of message: Message) -> String {
    switch message {
    case .prePrepare, .prepare, .commit: message.digest.map(letter) ?? ""
    default: ""
    }
  }

  /// What a message says besides its view, number and digest.
  private func content(_ message: Message) -> String {
    switch message {
    case .request(let request): "\(request) \(request.operation.text)"
    case .reply(let reply): "\(reply.client)/\(reply.timestamp.number) \(reply.result)"
    case .viewChange(let change): "P of \(change.prepared.count)"
    case .newView(let newView): "O of \(newView.prePrepares.count)"
    default: ""
    }
  }

  /// Who signed it, where that is not who sent it.
  private func signer(_ envelope: Envelope) -> String {
    let author = envelope.message.author
    return author == envelope.from ? "" : "\(author)"
  }
}
