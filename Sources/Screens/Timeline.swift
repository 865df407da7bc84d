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
      painter: TimelinePainter(history, branch: history.branch), steps: 0...history.end,
      reached: history.step, here: history.step)
  }

  /// Some steps of a line of time, from its fork to its end: heavy as far as one has come.
  ///
  /// It begins with `start` where it parts from another line.
  func drawLine(
    _ buffer: inout CellBuffer, _ region: Region, _ bar: TimelineBar, painter: TimelinePainter,
    steps: ClosedRange<Int>, start: Unicode.Scalar? = nil, reached: Int?, here: Int?
  ) {
    guard region.columns > 0 else { return }
    let first = bar.cell(of: steps.lowerBound)
    // Where a line begins is always seen: what falls there is told in the next cell.
    let least = min(first + 1, region.columns - 1)
    let last = max(bar.cell(of: steps.upperBound), least)
    let heavy = reached.map { max(bar.cell(of: $0), first) } ?? first
    for cell in first...last {
      let lines = cell < heavy ? glyphs.heavy : glyphs.light
      let isFirst = cell == first
      let glyph =
        isFirst
        ? start ?? glyphs.light.teeRight : cell == last ? glyphs.light.teeLeft : lines.horizontal
      buffer[region.x + cell, region.y] = Cell(glyph, Style(cell < heavy ? .plain : .frame))
    }
    // From the right, so that a view of two digits does not hide the mark behind it.
    var free = last + 1
    for cell in (least...last).reversed() {
      guard let own = range(of: cell, least, bar, steps, isBranch: start != nil),
        let mark = painter.mark(in: own)
      else { continue }
      buffer.put(
        [span(mark, room: free - cell)], at: Position(x: region.x + cell, y: region.y),
        maxWidth: free - cell)
      free = cell
    }
    if let here {
      let cell = start == nil ? bar.cell(of: here) : max(bar.cell(of: here), least)
      buffer[region.x + cell, region.y] = Cell(glyphs.here, Style(.focus))
    }
  }

  /// The steps that a cell of a line tells of.
  private func range(
    of cell: Int, _ least: Int, _ bar: TimelineBar, _ steps: ClosedRange<Int>, isBranch: Bool
  ) -> ClosedRange<Int>? {
    let own = bar.steps(of: cell)
    guard cell == least else { return own }
    // A branch begins with the step after its fork.
    let lower = steps.lowerBound + (isBranch ? 1 : 0)
    let upper = min(own?.upperBound ?? bar.steps(of: cell - 1)?.upperBound ?? 0, steps.upperBound)
    return upper >= lower ? lower...upper : nil
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
