internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// The rows between the panes and the footer, from the bottom up.
struct Strip {
  let lesson, waits, next, why, clients, inFlight: Region
  /// What is left above them.
  let rest: Region
  /// What a window may cover: all but why, next, what is waited for and what the lesson says.
  let above: Region

  /// Where the rows are.
  ///
  /// - Parameters:
  ///   - region: All between the page bar and the line of time.
  ///   - lessonRows: How many rows the lesson wants.
  ///   - isViolated: Something is, and is said to the end.
  ///   - saidRows: How many rows the note at this moment would fill.
  ///   - detail: How much is told besides the page.
  init(_ region: Region, lessonRows: Int, isViolated: Bool, saidRows: Int, detail: Detail) {
    let isTall = region.rows >= 25
    let isShort = region.rows < 19
    var rest = region
    func take(_ rows: Int) -> Region {
      let (bottom, others) = rest.split(bottom: rows)
      rest = others
      return bottom
    }
    guard detail == .whole else {
      let isCramped = region.rows < 16 && lessonRows > 0
      lesson = take(min(lessonRows, region.rows >= 20 ? 3 : 2))
      // An answer to a key takes the place of what is next where nothing is kept free for it.
      let isSaid = isViolated || saidRows > 0
      let saidBefore = detail == .large && !isCramped ? 1 : 0
      waits = take(isSaid && region.rows >= 16 ? 2 : isSaid ? 1 : saidBefore)
      next = take(1)
      why = take(detail == .large && !isCramped ? 2 : 1)
      above = rest
      (clients, inFlight) = (take(0), take(0))
      self.rest = rest
      return
    }
    lesson = take(lessonRows)
    // What is violated is said to the end, and so is a sentence that a person has put there.
    waits = take(max(isTall || isViolated ? 2 : 1, min(saidRows, isTall ? 4 : isShort ? 2 : 3)))
    next = take(region.rows < 18 && lessonRows > 0 ? 1 : 2)
    why = take(isShort && lessonRows > 0 ? 1 : 2)
    above = rest
    clients = take(1)
    let hasRoom = isTall || (region.rows >= 21 && lessonRows < 3)
    inFlight = take(region.rows >= 70 ? 6 : region.rows >= 39 ? 3 : hasRoom ? 2 : 1)
    self.rest = rest
  }

  /// How much is told besides the page.
  enum Detail {
    case whole
    /// As little as possible: the page is zoomed.
    case least
    /// For the back row.
    case large
  }
}

extension Scene {
  /// The room for a name at the left of what is told.
  private static let indent = 6
  /// The same for the list of what is on its way.
  private static let listIndent = 14

  /// A name at the left and a text that may go on below it.
  func drawNamed(
    _ buffer: inout CellBuffer, _ region: Region, _ name: String, _ spans: [Span]
  ) {
    guard region.rows > 0 else { return }
    buffer.put(name, at: region.origin.moved(right: 1), style: Style(.label, .bold))
    let width = region.columns - Self.indent - 2
    let lines = spans.wrapped(width: width)
    for (row, line) in lines.prefix(region.rows).enumerated() {
      let isCut = row == region.rows - 1 && lines.count > region.rows
      let shown = isCut ? line + [Span(" " + lines[row + 1].text)] : line
      buffer.put(
        shown, at: Position(x: region.x + Self.indent + 1, y: region.y + row), maxWidth: width,
        ellipsis: glyphs.ellipsis)
    }
  }

  /// How many rows a text beside its name fills.
  private func rows(of spans: [Span], _ columns: Int) -> Int {
    spans.wrapped(width: columns - Self.indent - 2).count
  }

  /// The messages on their way, as many as fit into the rows.
  func drawInFlight(_ buffer: inout CellBuffer, _ region: Region) {
    guard region.rows > 0 else { return }
    let isFocused = model.focus == .messages
    // A blank is left before the list.
    let count = inFlight.count
    let heading = fitting(
      Self.listIndent - 2, ["in flight \(count)", "flight \(count)", "\(count)"])
    buffer.put(
      heading, at: region.origin.moved(right: 1),
      style: isFocused ? Style(.focus) : Style(.label, .bold))
    let places = messagePlaces(region)
    let earlier = earlierMessages
    for place in places where region.contains(place.region.origin) {
      let item = changed(place.item, place.envelope, earlier)
      buffer.put(
        item, at: place.region.origin, maxWidth: place.region.columns, ellipsis: glyphs.ellipsis)
      if item.haveChanged { mark(&buffer, place.region.x - 1, place.region.y) }
      if isFocused, place.envelope.id == model.selected?.id {
        buffer.restyle(place.region) { $0.reverse }
      }
    }
    if let last = places.last, last.region.y >= region.endY {
      buffer.put(
        [Span(text(glyphs.ellipsis), .quiet)], endingAt: region.endX, y: region.endY - 1)
    }
  }

  /// Each message on its way with its place; those above or below the region are not seen.
  func messagePlaces(
    _ region: Region
  ) -> [(envelope: Envelope, item: [Span], region: Region)] {
    let indent = Self.listIndent
    let room = max(region.columns - indent - 1, 0)
    var places: [(envelope: Envelope, item: [Span], row: Int, x: Int)] = []
    var (row, x) = (0, 0)
    for envelope in inFlight {
      let item = item(envelope, isNext: envelope.id == inFlight.first?.id)
      if x > 0, x + item.columns > room { (row, x) = (row + 1, 0) }
      places.append((envelope, item, row, x))
      x += item.columns + 2
    }
    let chosen =
      model.focus == .messages ? places.first { $0.envelope.id == model.selected?.id } : nil
    let firstRow = chosen.map { max(0, $0.row - region.rows + 1) } ?? 0
    return places.map { place in
      let columns = min(place.item.columns, room - place.x)
      let area = Region(
        x: region.x + indent + place.x, y: region.y + place.row - firstRow, columns: columns,
        rows: 1)
      return (place.envelope, place.item, area)
    }
  }

  /// What was on its way one step before, by number.
  private var earlierMessages: [Int: Envelope] {
    Dictionary(before.inFlight.map { ($0.id, $0) }) { first, _ in first }
  }

  /// A message with a mark at its number if it is new, or else at what has become of it.
  private func changed(
    _ item: [Span], _ envelope: Envelope, _ earlier: [Int: Envelope]
  ) -> [Span] {
    guard let was = earlier[envelope.id] else {
      return [Span(item[0].text, item[0].style.changed(if: true))] + item.dropFirst()
    }
    return zip(item, self.item(was, isNext: false)).map { now, then in
      Span(now.text, now.style.changed(if: now.text != then.text))
    }
  }

  /// Number, way, what it says and when it arrives.
  private func item(_ envelope: Envelope, isNext: Bool) -> [Span] {
    let message = envelope.message
    let style = isNext ? style(message).bold : style(message)
    let arrow = text(glyphs.arrowRight)
    let due = envelope.due.map(time) ?? "\(text(glyphs.held))held"
    return [
      Span("#\(envelope.id)", .quiet), Span(" \(envelope.from)\(arrow)\(envelope.to) "),
      Span("\(message.kind.short) \(subject(message))", style), Span(" "), Span(due, .quiet),
    ]
  }

  func drawClients(_ buffer: inout CellBuffer, _ region: Region) {
    let variants = [2, 1, 0].map { clientSpans(detail: $0) }
    let room = region.columns - 8
    let spans = variants.first { $0.columns <= room } ?? variants[2]
    drawNamed(&buffer, region, "who", spans)
    markRows(&buffer, region, at: region.x)
  }

  /// What each client waits for or has got; with less detail it takes less room.
  private func clientSpans(detail: Int) -> [Span] {
    var spans: [Span] = []
    for client in world.clients {
      if !spans.isEmpty { spans.append(Span("   ")) }
      func add<Value: Equatable>(
        _ text: String, _ style: Style = .plain, _ look: (Client) -> Value
      ) {
        let isNew = hasChanged { look($0.clients[client.id.index]) }
        spans.append(Span(text, style.changed(if: isNew)))
      }
      spans.append(Span("\(text(glyphs.client)) ", Style(.client)))
      if let request = client.outstanding {
        add("\(request)", Style(.client, .bold)) { $0.outstanding?.timestamp }
        spans.append(Span(" \(request.operation.text) ", Style(.client)))
        // Answers to the request before are not fewer answers to this one.
        add("\(client.bestTally)") {
          $0.outstanding?.timestamp == request.timestamp ? $0.bestTally : 0
        }
        spans.append(
          Span(
            detail > 0 ? " of \(settings.needs.replies) replies" : "/\(settings.needs.replies)"))
        if client.retries > 0, detail > 1 {
          spans.append(Span(" sent ", .quiet))
          add("\(client.retries + 1)x", .quiet) { $0.retries }
        }
      } else if let accepted = client.accepted {
        spans.append(Span("\(client.id)/\(accepted.timestamp.number) ", Style(.client, .bold)))
        add("accepted \(accepted.result)", Style(.client)) { $0.accepted?.timestamp }
        spans.append(Span(" "))
        spans.append(Span(text(glyphs.done), .done))
      } else {
        spans.append(Span("\(client.id) idle", .quiet))
      }
      if !client.queue.isEmpty {
        spans.append(Span(" "))
        add("+\(client.queue.count)", .quiet) { $0.queue.count }
      }
    }
    return spans
  }

  /// What is waited for, or the note at this moment; a notice, where there is one, stands over it.
  func drawWaits(_ buffer: inout CellBuffer, _ strip: Strip) {
    let region = strip.waits
    if let told = answered {
      let area = answerArea(strip)
      buffer.fill(area)
      drawNamed(&buffer, area, "note", told)
    } else if let note {
      drawNamed(&buffer, region, "note", note)
    } else {
      let room = (region.columns - 8) * max(region.rows, 1) - judgement.columns
      drawNamed(&buffer, region, "waits", judgement + [Span(fitting(room, waits))])
      if hasChanged({ $0.violations.count }), region.rows > 0 {
        mark(&buffer, region.x, region.y)
      }
    }
  }

  /// Where the answer to a key stands, or what is waited for.
  ///
  /// An answer that is too long for its rows takes those of what is next: it is gone with the next key.
  func answerArea(_ strip: Strip) -> Region {
    let region = strip.waits
    guard let told = answered else { return region }
    let rows = min(rows(of: told, region.columns), region.rows + strip.next.rows)
    return Region(
      x: region.x, y: min(region.y, region.endY - rows), columns: region.columns,
      rows: max(region.rows, rows))
  }

  /// The answer to the last key or command, and what somebody has to say about the moment that it led to.
  private var answered: [Span]? {
    guard let notice = model.notice else {
      return model.lookedUp.map { known in
        let told = "the history is being gone through: step \(known) of \(model.history.step)"
        return [Span(told, Style(.notice))]
      }
    }
    let style = notice.isRefusal ? Style.fault : Style(.notice)
    let mark = notice.isRefusal ? "\(text(glyphs.refused)) " : ""
    return [Span(mark + notice.text, style)] + (words.map { [Span("  "), $0] } ?? [])
  }

  /// What somebody has to say about this moment.
  private var words: Span? {
    model.history.note(at: model.history.step).map { Span("\"\($0)\"", Style(.lesson)) }
  }

  /// The same; what is violated is said before it.
  private var note: [Span]? { words.map { judgement + [$0] } }

  /// How many rows the note at this moment would fill.
  func noteRows(_ columns: Int) -> Int { note.map { noteRows($0, columns) } ?? 0 }

  /// How many rows a text beside its name fills.
  func noteRows(_ spans: [Span], _ columns: Int) -> Int { rows(of: spans, columns) }

  /// What has been violated, before all that is waited for.
  private var judgement: [Span] {
    guard let violation = world.gravestViolation else { return [] }
    return [Span(speaker.sentence(violation), .fault), Span("; ")]
  }
}

extension Client {
  /// How many replies to its request agree at best.
  var bestTally: Int {
    replies.map { reply in replies.count { $0.result == reply.result } }.max() ?? 0
  }
}
