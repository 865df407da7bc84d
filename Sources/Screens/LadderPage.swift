internal import Cells
internal import PBFT
internal import Simulation

/// Where the parts of the page Ladder are.
struct LadderPlaces {
  /// Without rows where nothing is left out, or where there is no room.
  let heading, names, rows, legend: Region
  /// The column that shows which part of the time is seen.
  let bar: Region

  init(_ region: Region, hasHeading: Bool) {
    let (top, below) = region.split(top: hasHeading ? 1 : 0)
    let (bottom, middle) = below.split(bottom: below.rows >= 12 ? 1 : 0)
    let (right, rest) = middle.split(right: 1)
    (heading, legend) = (top.inset(horizontally: 1), bottom.inset(horizontally: 1))
    (names, rows) = rest.split(top: 1)
    bar = right.split(top: 1).rest
  }
}

/// The whole history as a ladder.
extension Scene {
  func drawLadderPage(_ buffer: inout CellBuffer, _ region: Region) {
    let rest = drawStrip(&buffer, region)
    guard rest.rows >= 3 else { return }
    let places = LadderPlaces(rest, hasHeading: model.ladder.filter.isActive)
    let sheet = ladderSheet(places.rows.rows)
    let lanes = ladderLanes(places.rows, sheet.rungs)
    drawRungs(&buffer, places.names.y, lanes, sheet)
    drawLadderHeading(&buffer, places.heading)
    drawLadderLegend(&buffer, places.legend, lanes)
    drawLadderBar(&buffer, places.bar, sheet)
    if sheet.rungs.isEmpty {
      let told =
        model.ladder.isLookingUp
        ? "looking for such rungs \(glyphs.ellipsis)"
        : model.ladder.filter.isActive
          ? "no such rung up to this moment" : "nothing has been sent yet: n sends a request"
      buffer.put(
        told, at: Position(x: places.rows.x + 9, y: places.rows.y + 1), style: .quiet,
        maxWidth: places.rows.columns - 10)
    }
  }

  /// The rungs that a page of so many rows shows: the selected one in the middle, or the newest at the foot.
  func ladderSheet(_ rows: Int) -> LadderSheet {
    let view = model.ladder
    let rungs = view.shown
    let first = max(min(view.index - rows / 2, rungs.count - rows), 0)
    let seen = Array(rungs.dropFirst(first).prefix(rows))
    let pieces = view.book.pieces(from: seen.first?.place.step ?? 1, upTo: world.step)
    let selected =
      view.selected == nil || !rungs.indices.contains(view.index)
      ? nil : rungs[view.index].place
    return LadderSheet(rungs: seen, pieces: pieces, selected: selected, tellsTimes: true)
  }

  private func drawLadderHeading(_ buffer: inout CellBuffer, _ region: Region) {
    guard region.rows > 0 else { return }
    let what = "only \(model.ladder.filter.text)"
    let count = ladderCount ?? ""
    let keys = "   / changes it, Esc shows all"
    let told = fitting(
      region.columns, ["\(what): \(count)\(keys)", "\(what): \(count)   / changes it", what])
    buffer.put(
      told, at: region.origin, style: Style(.notice), maxWidth: region.columns,
      ellipsis: glyphs.ellipsis)
  }

  /// What the marks mean: first of those that are on the screen, then of others while there is room.
  private func drawLadderLegend(
    _ buffer: inout CellBuffer, _ region: Region, _ lanes: LadderLanes
  ) {
    guard region.rows > 0 else { return }
    let start = lanes.region.x + LadderLanes.timeWidth
    var seen: Set<Unicode.Scalar> = []
    for y in lanes.region.y..<lanes.region.endY {
      for x in start..<max(lanes.labels.x, start) { seen.insert(buffer[x, y].glyph) }
    }
    let marks = ladderMarks
    let order =
      marks.filter { seen.contains($0.right) || seen.contains($0.left) }
      + marks.filter { !seen.contains($0.right) && !seen.contains($0.left) }
    var spans: [Span] = []
    for mark in order {
      let glyph = seen.contains(mark.left) && !seen.contains(mark.right) ? mark.left : mark.right
      let more = [Span(text(glyph) + " ", Style(.key)), Span(mark.meaning + "  ", .quiet)]
      if (spans + more).columns > region.columns + 2 { break }
      spans += more
    }
    buffer.put(spans, at: region.origin, maxWidth: region.columns)
  }

  /// Which steps are seen of all up to the present moment.
  private func drawLadderBar(
    _ buffer: inout CellBuffer, _ region: Region, _ sheet: LadderSheet
  ) {
    guard region.rows >= 3, let first = sheet.rungs.first?.place.step,
      let last = sheet.rungs.last?.place.step
    else { return }
    let view = model.ladder
    let isWhole = sheet.rungs.count == view.shown.count && !view.goesOn.before && !view.goesOn.after
    guard !isWhole else { return }
    let rows = region.rows
    let isAtEnd = view.selected == nil
    let top = min((first - 1) * rows / max(world.step, 1), rows - 1)
    let bottom =
      isAtEnd ? rows - 1 : max(top, min((last - 1) * rows / max(world.step, 1), rows - 1))
    for row in 0..<rows {
      let isSeen = top...bottom ~= row
      buffer[region.x, region.y + row] = Cell(
        isSeen ? glyphs.full : glyphs.light.vertical, isSeen ? Style(.focus) : Style(.frame))
    }
  }

  /// What can be clicked on the page; nil where that is not of the page alone.
  func ladderTarget(at position: Position, _ region: Region) -> Target? {
    let places = LadderPlaces(strip(region).rest, hasHeading: model.ladder.filter.isActive)
    if places.heading.contains(position) { return .action(.onLadder(.filter)) }
    if places.bar.contains(position) {
      let row = position.y - places.bar.y
      let step = row == places.bar.rows - 1 ? Int.max : world.step * row / places.bar.rows + 1
      return .action(.onLadder(.choose(RungPlace(step: step, index: .max))))
    }
    let row = position.y - places.rows.y
    let sheet = ladderSheet(places.rows.rows)
    guard places.rows.contains(position), sheet.rungs.indices.contains(row) else { return nil }
    let rung = sheet.rungs[row]
    let lanes = ladderLanes(places.rows, sheet.rungs)
    let near = lanes.width >= 5 ? 1 : 0
    if let copy = rung.copies.first(where: { copy in
      lanes.lane(of: copy.to).map { abs(lanes.x($0) - position.x) <= near } ?? false
    }) {
      return .action(.onLadder(.open(copy.id)))
    }
    return .action(.onLadder(.choose(rung.place)))
  }
}
