internal import Cells
internal import PBFT
internal import Simulation

/// A line of the page View change.
struct ViewChangeLine {
  var spans: [Span]
  /// The row that it belongs to; the first line of a row is where it is chosen.
  var item: ViewChangeItem?
  var isFirst = true
  /// What a click on some of its columns does, counted from its beginning.
  var links: [(columns: Range<Int>, action: ViewChangeAction)] = []

  init(_ spans: [Span], _ item: ViewChangeItem? = nil, isFirst: Bool = true) {
    (self.spans, self.item, self.isFirst) = (spans, item, isFirst)
  }

  static let blank = ViewChangeLine([])
}

/// A part of the page in several lengths, the longest first.
struct ViewChangeSection {
  let lengths: [[ViewChangeLine]]
  /// How much is missed at each length: less means that it gets its room first.
  let losses: [Int]
  var length: Int
  var lines: [ViewChangeLine] { lengths[length] }

  /// It begins with the shortest.
  init(_ lengths: [[ViewChangeLine]], losses: [Int]) {
    precondition(!lengths.isEmpty && losses.count >= lengths.count, "a loss for each length")
    (self.lengths, self.losses) = (lengths, losses)
    length = lengths.count - 1
  }
}

/// Where the parts of the page are, for drawing and for clicking alike.
struct ViewChangePlaces {
  let heading, list: Region
  let headingLines, lines: [ViewChangeLine]
  /// The first line of the list that is seen.
  let first: Int
}

/// How one view comes about.
extension Scene {
  private var past: ArraySlice<Happening> { model.viewChange.memory.past(of: model.history) }

  var viewsAskedFor: (all: [View], latest: View?) { ViewStory.views(in: past) }

  /// The chosen view, as long as anybody has asked for it; otherwise the one that was begun last.
  var shownView: View? {
    let views = viewsAskedFor
    return model.viewChange.view.flatMap { views.all.contains($0) ? $0 : nil } ?? views.latest
  }

  /// What the page tells of: the story of the shown view, or of the one that would come.
  var viewChangeTelling: ViewChangeTelling {
    let past = past
    let view = shownView
    let coming = world.replicas.map(\.view).max() ?? View(0)
    let story = ViewStory(of: view ?? coming.next, past, in: world)
    let then = ViewStory(of: view ?? coming.next, past, in: before)
    return ViewChangeTelling(
      self, story: story, then: then, views: viewsAskedFor.all, hasBegun: view != nil)
  }

  /// The rows that can be chosen, from the top down.
  var viewChangeItems: [ViewChangeItem] {
    let size = model.size == .zero ? Size(columns: 80, rows: 24) : model.size
    return viewChangePlaces(strip(Layout(size).body).above).lines.compactMap {
      $0.isFirst ? $0.item : nil
    }
  }

  func viewChangePlaces(_ region: Region) -> ViewChangePlaces {
    let telling = viewChangeTelling
    let inside = region.inset(left: 1, right: 1)
    let headingLines = telling.heading(inside.columns)
    let (heading, list) = inside.split(top: min(headingLines.count, max(inside.rows - 4, 1)))
    let sections = telling.sections(inside.columns - 1).fitted(to: list.rows)
    let lines = sections.flatMap(\.lines)
    // The chosen row is seen to its end, and as much of what is above it as there is room for.
    var first = 0
    if let item = model.viewChange.item,
      let start = lines.firstIndex(where: { $0.item == item }),
      let end = lines.lastIndex(where: { $0.item == item })
    {
      let centre = (start + min(end, start + list.rows - 1)) / 2
      first = max(min(centre - list.rows / 2, lines.count - list.rows), 0)
    }
    return ViewChangePlaces(
      heading: heading, list: list, headingLines: headingLines, lines: lines, first: first)
  }

  func drawViewChangePage(_ buffer: inout CellBuffer, _ region: Region) {
    let strip = strip(region)
    drawStory(&buffer, strip)
    let places = viewChangePlaces(strip.above)
    for (row, line) in places.headingLines.prefix(places.heading.rows).enumerated() {
      draw(&buffer, line, places.heading.row(row))
    }
    let list = places.list
    for (row, line) in places.lines.dropFirst(places.first).prefix(list.rows).enumerated() {
      draw(&buffer, line, list.row(row))
      if let item = line.item, item == model.viewChange.item {
        if line.isFirst { buffer.restyle(list.row(row).inset(right: 1)) { $0.reverse } }
        buffer[list.x - 1, list.y + row] = Cell(glyphs.arrowRight, Style(.focus))
      }
      if line.spans.haveChanged { mark(&buffer, list.x - 1, list.y + row) }
    }
    drawMore(
      &buffer, list.inset(right: 1), from: places.first, of: places.lines.count)
  }

  private func draw(_ buffer: inout CellBuffer, _ line: ViewChangeLine, _ region: Region) {
    buffer.put(
      line.spans, at: region.origin, maxWidth: region.columns, ellipsis: glyphs.ellipsis)
  }

  /// What can be clicked there.
  func viewChangeTarget(at position: Position, _ region: Region) -> Target? {
    let places = viewChangePlaces(strip(region).above)
    let line: ViewChangeLine
    let x: Int
    if places.heading.contains(position) {
      let row = position.y - places.heading.y
      guard places.headingLines.indices.contains(row) else { return nil }
      (line, x) = (places.headingLines[row], position.x - places.heading.x)
    } else {
      let row = places.first + position.y - places.list.y
      guard places.list.contains(position), places.lines.indices.contains(row) else { return nil }
      (line, x) = (places.lines[row], position.x - places.list.x)
    }
    if let link = line.links.first(where: { $0.columns.contains(x) }) {
      return .action(.onViewChange(link.action))
    }
    return line.item.map { .action(.onViewChange(.choose($0))) }
  }
}

extension [ViewChangeSection] {
  /// Each section as long as there is room for: what is missed most gets the room first.
  func fitted(to rows: Int) -> [ViewChangeSection] {
    var sections = self
    var room = rows - sections.reduce(0) { $0 + $1.lines.count }
    while true {
      var best: (place: Int, length: Int, gain: Int)?
      for (place, section) in sections.enumerated() {
        for length in 0..<section.length {
          let cost = section.lengths[length].count - section.lines.count
          let worth = section.losses[section.length] - section.losses[length]
          // For each row, in hundredths; what takes no room comes first.
          let gain = cost > 0 ? worth * 100 / cost : worth * 10_000
          if cost <= room, gain > best?.gain ?? 0 { best = (place, length, gain) }
        }
      }
      guard let best else { return sections }
      room += sections[best.place].lines.count
      sections[best.place].length = best.length
      room -= sections[best.place].lines.count
    }
  }
}
