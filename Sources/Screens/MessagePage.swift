internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// One message: every copy of it with its fate, and all that is to be told of the chosen one.
extension Scene {
  func drawMessagePage(_ buffer: inout CellBuffer, _ region: Region) {
    let strip = strip(region)
    drawStory(&buffer, strip)
    let places = messagePagePlaces(strip.above)
    guard let sending = model.inspected.sending, let chosen = model.inspected.copy else {
      drawLines(&buffer, strip.above.inset(horizontally: 2, vertically: 1), notSent)
      return
    }
    let title = messageTitle(sending, chosen, places.title.columns)
    buffer.put(
      title, at: places.title.origin, maxWidth: places.title.columns, ellipsis: glyphs.ellipsis)
    if title.haveChanged { mark(&buffer, region.x, places.title.y) }
    let columns = copyColumns(sending, places.list.columns)
    buffer.put(
      columns.heading, at: places.heading.origin, style: .label, maxWidth: places.heading.columns)
    for row in 0..<places.list.rows where sending.copies.indices.contains(places.first + row) {
      let copy = sending.copies[places.first + row]
      let line = places.list.row(row)
      buffer.put(
        copySpans(copy, sending, columns, line.columns), at: line.origin, maxWidth: line.columns,
        ellipsis: glyphs.ellipsis)
      if copy.id == chosen.id {
        buffer.restyle(line) { model.inspected.isReading ? $0.bold : $0.reverse }
        buffer[line.x - 1, line.y] = Cell(glyphs.arrowRight, Style(.focus))
      }
    }
    markRows(&buffer, places.list, at: region.x)
    drawMore(&buffer, places.list, from: places.first, of: sending.copies.count)
    drawTold(&buffer, places, chosen)
  }

  /// What is told of the chosen copy, under a line that names it.
  private func drawTold(
    _ buffer: inout CellBuffer, _ places: MessagePlaces, _ copy: SentCopy
  ) {
    let isReading = model.inspected.isReading
    buffer.horizontalLine(
      at: places.line.origin, length: places.line.columns,
      glyph: isReading ? glyphs.heavy.horizontal : glyphs.light.horizontal,
      style: Style(isReading ? .focus : .frame))
    let name = " #\(copy.id) to \(copy.to) "
    buffer.put(
      name, at: places.line.origin.moved(right: 2), style: isReading ? Style(.focus) : .label)
    let told = told(copy, places)
    for (region, lines) in told {
      let most = max(lines.count - region.rows, 0)
      let first = min(model.inspected.scroll, most)
      for (row, line) in lines.dropFirst(first).prefix(region.rows).enumerated() {
        buffer.put(
          line.spans, at: Position(x: region.x, y: region.y + row), maxWidth: region.columns)
      }
      drawMore(&buffer, region, from: first, of: lines.count)
      markRows(&buffer, region, at: region.x - 1)
    }
    let most = mostScroll(told)
    if most > 0 {
      let keys = isReading ? "\(ascii("↑ ↓")) scroll, Tab chooses copies" : "Tab reads on"
      buffer.put([Span(" \(keys) ", .label)], endingAt: places.line.endX - 2, y: places.line.y)
    }
  }

  /// Where there is no message: why not, and what leads to one.
  private var notSent: [[Span]] {
    guard let id = model.inspected.id else {
      return [
        [Span("No message has been sent yet.", Style(.label, .bold))],
        [Span("n sends a new request; \(ascii("→")) goes one event on.")],
      ]
    }
    guard let later = model.inspected.later else {
      return [
        [Span("#\(id) has not been sent on this line of events.", Style(.label, .bold))],
        [Span("\(ascii("→")) goes on, o goes to another branch, M or Esc to other messages.")],
      ]
    }
    return [
      [Span("#\(id) has not been sent at this moment.", Style(.label, .bold))],
      [
        Span(
          "It is sent at step \(later), this is step \(model.history.step): \(ascii("→")) goes on, "
            + "Enter goes there.")
      ],
    ]
  }

  /// The first row: what it is, whose, when it left, and whether all are told the same.
  private func messageTitle(
    _ sending: Sending, _ copy: SentCopy, _ width: Int
  ) -> [Span] {
    let message = copy.message
    let isFaulty = world.isFaultySender(sending.from)
    let name = Span(heading(message), style(message).bold)
    let short = Span(" (\(message.kind.short))", .quiet)
    let from = [
      Span("  from "), Span("\(sending.from)", Style(.plain, .bold)),
      Span(isFaulty ? " \(text(glyphs.faulty)) faulty" : "", .fault), claim(message, sending),
    ]
    let isNew = sending.step == world.step
    let when = Span("  sent \(time(sending.time)) s", .plain.changed(if: isNew))
    let step = Span(", step \(sending.step)", .quiet)
    let stories = Set(sending.copies.map(\.message)).count
    let versions =
      stories > 1 ? [Span("  \(text(glyphs.differs)) \(stories) versions", .fault)] : []
    return fitting(
      width,
      [
        [name, short] + from + [when, step] + versions, [name] + from + [when, step] + versions,
        [name] + from + [when] + versions, [name] + from + versions,
      ])
  }

  /// Whose name it bears, where that is not its sender's.
  private func claim(_ message: Message, _ sending: Sending) -> Span {
    guard message.author != sending.from else { return Span("") }
    return message.isAuthentic
      ? Span(", who passes on \(message.author)'s")
      : Span(" in the name of \(message.author)", .fault)
  }

  /// What a message is, without what has a row of its own below.
  private func heading(_ message: Message) -> String {
    switch message {
    case .viewChange, .newView: "\(message.kind.rawValue) \(message.view?.description ?? "")"
    default: speaker.short(message)
    }
  }

  /// Whether what is told of the chosen copy stands there.
  func isTold(at position: Position, _ region: Region) -> Bool {
    guard model.inspected.copy != nil else { return false }
    return messagePagePlaces(strip(region).above).told.contains { $0.contains(position) }
  }

  /// What can be clicked there.
  func messageTarget(at position: Position, _ region: Region) -> Target? {
    let places = messagePagePlaces(strip(region).above)
    guard let sending = model.inspected.sending, let chosen = model.inspected.copy else {
      return nil
    }
    let row = places.first + position.y - places.list.y
    if places.list.contains(position), sending.copies.indices.contains(row) {
      return .action(.onMessage(.choose(sending.copies[row].id)))
    }
    if places.line.contains(position) { return .action(.onMessage(.pane)) }
    for (region, lines) in told(chosen, places) where region.contains(position) {
      let first = min(model.inspected.scroll, max(lines.count - region.rows, 0))
      let line = first + position.y - region.y
      if lines.indices.contains(line), lines[line].alters { return .action(.onMessage(.alter)) }
    }
    return nil
  }
}

/// Where the parts of the page are, for drawing and for clicking alike.
struct MessagePlaces {
  let title, heading, list, line: Region
  /// What is told of the chosen copy; the second where there is room for two columns.
  let told: [Region]
  /// The first copy that is seen.
  let first: Int
}

extension Scene {
  func messagePagePlaces(_ region: Region) -> MessagePlaces {
    let copies = model.inspected.sending?.copies ?? []
    let (title, underTitle) = region.split(top: 1)
    let (heading, underHeading) = underTitle.split(top: 1)
    let room = max(underHeading.rows * 2 / 5, 3)
    let (list, underList) = underHeading.split(top: min(copies.count, room))
    let (line, rest) = underList.split(top: 1)
    let here = copies.firstIndex { $0.id == model.inspected.id } ?? 0
    let inner = rest.inset(horizontally: 2)
    let isWide = region.columns >= 130
    return MessagePlaces(
      title: title.inset(horizontally: 1), heading: heading.inset(horizontally: 2),
      list: list.inset(horizontally: 2), line: line.inset(horizontally: 1),
      told: isWide ? inner.columns(2, gap: 4) : [inner],
      first: max(min(here - list.rows / 2, copies.count - list.rows), 0))
  }
}
