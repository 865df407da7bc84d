internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// Where the parts of the page of the tree are.
struct TimelinePlaces {
  let heading, list, detail: Region
  /// The columns of a row.
  let names, bars, facts: Region
  /// The first row that is seen.
  let first: Int
  let bar: TimelineBar
}

/// The tree: every branch as a bar under the one from which it parted, aligned by step.
extension Scene {
  func treePlaces(_ region: Region, _ tree: BranchTree) -> TimelinePlaces {
    let inside = region.inset(horizontally: 2)
    let (heading, below) = inside.split(top: 1)
    let (list, rest) = below.split(top: min(tree.rows.count, max(below.rows - 5, 1)))
    let names = tree.rows.map { model.history.branches[$0.branch].name.columns + $0.depth + 3 }
    // The heading has room even where all names are short.
    let width = min(max(names.max() ?? 0, 9), max(inside.columns / 4, 12))
    let (left, others) = list.split(left: width)
    let (right, middle) = others.split(right: 22)
    let bars = middle.inset(right: 1)
    let row = tree.row(of: model.branchChoice)
    return TimelinePlaces(
      heading: heading, list: list, detail: rest.split(top: 1).rest, names: left, bars: bars,
      facts: right, first: max(min(row - list.rows / 2, tree.rows.count - list.rows), 0),
      bar: TimelineBar(last: tree.end, columns: bars.columns))
  }

  func drawTimelinePage(_ buffer: inout CellBuffer, _ region: Region) {
    let strip = strip(region)
    drawStory(&buffer, strip)
    let history = model.history
    let tree = BranchTree(history.branches)
    let places = treePlaces(strip.above, tree)
    drawTreeHeading(&buffer, places)
    let verticals = drawVerticals(&buffer, places, tree)
    let present = history.line(of: history.branch)
    for row in 0..<places.list.rows where places.first + row < tree.rows.count {
      let line = tree.rows[places.first + row]
      drawName(&buffer, places.names.row(row), line)
      let stretch = present.first { $0.branch == line.branch }
      let branch = history.branches[line.branch]
      let here = history.moment
      drawLine(
        &buffer, places.bars.row(row), places.bar,
        painter: TimelinePainter(history, branch: line.branch), steps: branch.fork...branch.end,
        start: line.parent == nil
          ? nil
          : verticals.contains(row) ? glyphs.light.teeRight : glyphs.light.bottomLeft,
        reached: stretch.map { min($0.last, history.step) },
        here: here.branch == line.branch ? here.step : nil)
      buffer.put(facts(line.branch), at: places.facts.row(row).origin, maxWidth: 22)
    }
    drawMore(&buffer, places.list, from: places.first, of: tree.rows.count)
    buffer.horizontalLine(
      at: Position(x: region.x, y: places.detail.y - 1), length: region.columns,
      glyph: glyphs.light.horizontal, style: Style(.frame))
    drawLines(&buffer, places.detail, branchDetail(model.branchChoice))
  }

  private func drawTreeHeading(_ buffer: inout CellBuffer, _ places: TimelinePlaces) {
    let y = places.heading.y
    func put(_ text: String, _ x: Int) {
      buffer.put(text, at: Position(x: x, y: y), style: Style(.label, .bold))
    }
    put("  branch", places.heading.x)
    put("0", places.bars.x)
    buffer.put(
      [Span("\(places.bar.last)", Style(.label, .bold))], endingAt: places.bars.endX, y: y)
    put("   end view  exec safe", places.facts.x)
  }

  /// The lines that lead down to the branches, as far as they are seen.
  ///
  /// Returns the visible rows whose own first cell one of them passes.
  private func drawVerticals(
    _ buffer: inout CellBuffer, _ places: TimelinePlaces, _ tree: BranchTree
  ) -> Set<Int> {
    var passed: Set<Int> = []
    for (place, row) in tree.rows.enumerated() {
      guard let parent = row.parent, place > places.first else { continue }
      let cell = places.bar.cell(of: model.history.branches[row.branch].fork)
      let top = max(parent + 1 - places.first, 0)
      for y in top..<max(min(place - places.first, places.list.rows), top) {
        buffer[places.bars.x + cell, places.list.y + y] = Cell(
          glyphs.light.vertical, Style(.frame))
        let other = tree.rows[places.first + y].branch
        if places.bar.cell(of: model.history.branches[other].fork) == cell { passed.insert(y) }
      }
    }
    return passed
  }

  private func drawName(_ buffer: inout CellBuffer, _ region: Region, _ row: BranchTree.Row) {
    let isPresent = row.branch == model.history.branch
    let isChosen = row.branch == model.branchChoice
    let mark = Span((isPresent ? text(glyphs.here) : " ") + " ", Style(.focus))
    let name = model.history.branches[row.branch].name
    // Deep in a tree names matter more than how far in they stand: lines tell what parted from what.
    let room = max(region.columns - 3 - name.columns, 0)
    let indent = String(repeating: " ", count: min(row.depth, room))
    buffer.put(
      [mark, Span(indent), Span(name, isPresent ? Style(.focus) : .plain)], at: region.origin,
      maxWidth: region.columns - 1, ellipsis: glyphs.ellipsis)
    if isChosen {
      buffer.restyle(region.inset(right: 1)) { $0.reverse }
      buffer[region.x - 1, region.y] = Cell(glyphs.arrowRight, Style(.focus))
    }
  }

  /// Where a branch ends, and how things are there.
  private func facts(_ branch: Int) -> [Span] {
    let summary = model.summary(of: branch)
    let end = model.history.branches[branch].end
    let safe =
      summary.violations == 0
      ? Span(text(glyphs.done).right(5), .done) : Span("!\(summary.violations)".right(5), .fault)
    return [
      Span("\(end)".right(6)), Span("\(summary.view)".right(5), Style(.viewChange)),
      Span("\(summary.executed)".right(6)), safe,
    ]
  }

  /// What is to be said of the chosen branch: where it comes from, and the notes on its line.
  private func branchDetail(_ index: Int) -> [[Span]] {
    let history = model.history
    let branch = history.branches[index]
    let summary = model.summary(of: index)
    var origin = "the first branch"
    if let parent = branch.parent {
      origin = "parted from \(history.branches[parent].name) after step \(branch.fork)"
    }
    var lines = [
      [
        Span(branch.name, Style(.plain, .bold)), Span("  \(origin)", .label),
        Span(
          "; its end: step \(branch.end), t \(time(summary.time)), " + speaker.summary(summary)),
      ]
    ]
    lines.append(
      index == history.branch
        ? [Span("you are here", .quiet)]
        : [
          Span("Enter ", Style(.key)), Span("goes to its end, "), Span("v ", Style(.key)),
          Span("compares"),
        ])
    for note in history.notes(along: history.line(of: index)) {
      let style = note.step == history.step ? Style(.lesson) : .plain
      lines.append([Span("\(note.step)".right(6) + "  ", .label), Span("\"\(note.text)\"", style)])
    }
    return lines
  }
}
