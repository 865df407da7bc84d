internal import Cells
internal import PBFT
internal import Simulation

/// The row that is always there: the branch, the step, the whole line of time, the state and the seed.
extension Scene {
  /// Where its parts are, for drawing and for clicking alike.
  func timelinePlaces(_ region: Region) -> (left: [Span], bar: Region, right: [Span]) {
    let history = model.history
    // The bar stays where it is while one moves along it.
    let end = "\(history.end)"
    let place = "\(history.step)".right(end.columns) + "/\(end)"
    let name = history.branches[history.branch].name
    // A long name or seed leaves room for the bar.
    let nameWidth = max(min(18, region.columns / 6), 6)
    let short =
      name.columns > nameWidth ? name.prefix(nameWidth - 1) + text(glyphs.ellipsis) : name
    let word = region.columns >= 76 ? "step " : ""
    let seed = "\(world.configuration.seed)"
    let left = [
      Span(" \(short) ", Style(.label, .bold)), Span(word, .label),
      Span(place, Style(.plain, .bold)),
      Span(" "),
    ]
    let right = [
      Span(" \(stateHash)", .quiet), Span(seed.columns > 8 ? " s" : " seed ", .quiet),
      Span(seed + " ", .quiet),
    ]
    let rest = region.split(left: left.columns).rest
    return (left, rest.split(right: right.columns).rest, right)
  }

  /// What a class can compare on two screens: the same digits, the same state.
  private var stateHash: String { world.stateHash.short }

  /// The bar of the present line.
  func timelineBar(_ region: Region) -> TimelineBar {
    TimelineBar(last: model.history.end, columns: region.columns)
  }

  func drawTimeline(_ buffer: inout CellBuffer, _ region: Region) {
    let places = timelinePlaces(region)
    buffer.put(places.left, at: region.origin)
    buffer.put(places.right, endingAt: region.endX, y: region.y)
    let history = model.history
    drawLine(
      &buffer, places.bar, timelineBar(places.bar),
      painter: TimelinePainter(history, branch: history.branch), reached: history.step,
      here: history.step)
  }

  /// A line of time: heavy as far as one has come.
  ///
  /// It begins where the first step after `from` is.
  func drawLine(
    _ buffer: inout CellBuffer, _ region: Region, _ bar: TimelineBar, painter: TimelinePainter,
    from: Int? = nil, to: Int? = nil, reached: Int?, here: Int?
  ) {
    guard region.columns > 0 else { return }
    let from = from ?? bar.first, to = to ?? bar.last
    let (start, end) = (bar.cell(of: from), bar.cell(of: to))
    for cell in start...max(start, end) {
      let isPast = reached.map { cell < bar.cell(of: $0) } ?? false
      let lines = isPast ? glyphs.heavy : glyphs.light
      let glyph =
        cell == start
        ? (from == 0 ? glyphs.light.teeRight : glyphs.light.bottomLeft)
        : cell == end ? glyphs.light.teeLeft : lines.horizontal
      buffer[region.x + cell, region.y] = Cell(glyph, Style(isPast ? .plain : .frame))
    }
    // From the right, so that a view of two digits does not hide the mark behind it.
    var free = end + 1
    for cell in (start...max(start, end)).reversed() {
      guard let steps = bar.steps(of: cell)?.clamped(to: from...max(from, to)),
        let mark = painter.mark(in: steps)
      else { continue }
      put(mark, &buffer, region, cell, room: free - cell)
      free = cell
    }
    if let here {
      buffer[region.x + bar.cell(of: here), region.y] = Cell(glyphs.here, Style(.focus))
    }
  }

  private func put(
    _ mark: TimelineMark, _ buffer: inout CellBuffer, _ region: Region, _ cell: Int, room: Int
  ) {
    let span = span(mark, room: room)
    buffer.put([span], at: Position(x: region.x + cell, y: region.y), maxWidth: room)
  }

  /// How a mark is written.
  func span(_ mark: TimelineMark, room: Int = .max) -> Span {
    switch mark {
    case .here: Span(text(glyphs.here), Style(.focus))
    case .violation: Span("!", Style(.alarm))
    case .note: Span("\"", Style(.lesson))
    case .fault: Span(text(glyphs.refused), .fault)
    case .view(let number):
      Span("\(number)".columns <= room ? "\(number)" : "v", Style(.viewChange, .bold))
    case .fork: Span(text(glyphs.light.teeDown), Style(.label, .bold))
    case .viewChange: Span("V", Style(.viewChange))
    case .checkpoint: Span("C", Style(.upkeep))
    }
  }
}
