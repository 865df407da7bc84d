internal import Cells
internal import PBFT
internal import Simulation

/// Who has voted for what at whom, of one sequence number.
extension Scene {
  func drawQuorumsPage(_ buffer: inout CellBuffer, _ region: Region) {
    let strip = strip(region)
    drawStory(&buffer, strip)
    let content = quorumsContent
    let places = quorumsPlaces(strip.above, content)
    for (row, line) in places.title.enumerated() {
      buffer.put(
        line, at: Position(x: region.x + 1, y: strip.above.y + row), maxWidth: region.columns - 2,
        ellipsis: glyphs.ellipsis)
    }
    drawHeading(&buffer, places, content.table)
    for (row, line) in places.lines.enumerated() {
      drawLine(&buffer, places, line, y: places.list.y + row, content)
    }
    drawMore(&buffer, places, content)
    let lamp = lampText(content)
    drawNamed(&buffer, places.lacks, lamp == nil ? "lacks" : "lamp", lamp ?? lacks(content))
    drawNamed(&buffer, places.spent, "spent", [Span(fitting(region.columns - 8, spent(content)))])
    markRows(&buffer, places.list, at: region.x)
  }

  /// Where the parts of the page are, for drawing and for clicking alike.
  struct QuorumsPlaces {
    let title: [[Span]]
    /// Names, and a row of views where they differ.
    let heading: Region
    let list: Region
    let lines: [QuorumLine]
    let label: Int
    let cell: Int
    /// The replicas whose columns are seen.
    let shown: Range<Int>
    let lacks, spent: Region

    func x(_ index: Int) -> Int { list.x + label + (index - shown.lowerBound) * cell }
  }

  func quorumsPlaces(_ region: Region, _ content: QuorumsContent) -> QuorumsPlaces {
    let width = max(region.columns - 2, 0)
    let title = titleLines(content, width: width, atMost: region.rows < 12 ? 1 : 2)
    var rest = region.split(top: title.count).rest.inset(horizontally: 1)
    let viewRows = content.table.areViewsAlike ? 0 : 1
    let (heading, below) = rest.split(top: 1 + viewRows)
    rest = below
    let (spent, others) = rest.split(bottom: region.rows < 11 ? 0 : 1)
    // What is lacked is said whole, if need be at the cost of lamps; then the lamps come first.
    let wanted =
      content.proposals.count + content.replies.count
      + content.parts.reduce(0) { $0 + 1 + $1.rows.count }
    let said = noteRows(lampText(content) ?? lacks(content), region.columns)
    let most = max(others.rows - wanted, region.rows < 10 ? 1 : 2)
    let (lacks, list) = others.split(bottom: min(said, most, 3))
    let count = cluster.replicaCount
    let label = (width - 17) / count >= 8 ? 17 : 12
    let cell = min(max((width - label) / count, 5), 26)
    let fitting = min(max((width - label) / cell, 1), count)
    // The column of the focused replica is always among those seen.
    let first = min(max(model.replica.index - fitting / 2, 0), count - fitting)
    func widened(_ region: Region) -> Region {
      Region(x: region.x - 1, y: region.y, columns: region.columns + 2, rows: region.rows)
    }
    return QuorumsPlaces(
      title: title, heading: heading, list: list,
      lines: content.lines(list.rows, selected: model.quorums.lamp), label: label, cell: cell,
      shown: first..<first + fitting, lacks: widened(lacks), spent: widened(spent))
  }

  // MARK: The heading

  private func drawHeading(
    _ buffer: inout CellBuffer, _ places: QuorumsPlaces, _ table: QuorumTable
  ) {
    let y = places.heading.y
    let numbers = QuorumTable.numbers(in: world)
    let (first, last) = (numbers[0].number, numbers[numbers.count - 1].number)
    let arrows = text(glyphs.arrowUp) + text(glyphs.arrowDown)
    let range = "\(arrows) n \(first)-\(last)"
    buffer.put(
      fitting(places.label - 1, [range, arrows]), at: places.heading.origin, style: .label)
    for index in places.shown {
      let column = table.columns[index]
      buffer.put(
        name(column.replica, width: places.cell - 1),
        at: Position(x: places.x(index), y: y), maxWidth: places.cell)
      guard places.heading.rows > 1 else { continue }
      let own = world.replicas[index]
      let view = column.isActive ? "\(column.view)" : "\(column.view) to \(own.view)"
      let told = self.fitting(places.cell - 1, ["in \(view)", view, "\(column.view)"])
      let isNew = hasChanged { [$0.replicas[index].view, $0.replicas[index].enteredView] }
      buffer.put(
        [Span(told, Style(column.isActive ? .label : .viewChange).changed(if: isNew))],
        at: Position(x: places.x(index), y: y + 1), maxWidth: places.cell)
    }
    let count = cluster.replicaCount
    if places.shown.count < count {
      let more = [
        places.shown.lowerBound > 0 ? text(glyphs.arrowLeft) : " ",
        places.shown.upperBound < count ? text(glyphs.arrowRight) : " ",
      ]
      buffer.put(
        [Span(more.joined(), .label)], endingAt: places.heading.endX + 1, y: y)
    }
  }

  /// The name of a column with its marks; the focused one stands in brackets.
  private func name(_ id: ReplicaID, width: Int) -> [Span] {
    let isFocused = id == model.replica
    var spans = [
      Span(isFocused ? "[\(id)]" : " \(id)", isFocused ? Style(.focus, .reverse) : .plain.bold)
    ]
    func add(_ glyph: Unicode.Scalar, _ style: Style, if isSo: Bool) {
      guard isSo, spans.columns < width else { return }
      spans.append(Span(text(glyph), style))
    }
    if spans.columns + 3 < width { spans.append(Span(" ")) }
    add(glyphs.crashed, .fault, if: world.isCrashed(id))
    add(glyphs.faulty, .fault, if: world.isFaulty(id))
    add(glyphs.primary, Style(.leader), if: world.leads(id))
    return spans
  }

  // MARK: A line

  private func drawLine(
    _ buffer: inout CellBuffer, _ places: QuorumsPlaces, _ line: QuorumLine, y: Int,
    _ content: QuorumsContent
  ) {
    let (table, then) = (content.table, content.then)
    buffer.put(
      label(line, table, width: places.label - 1), at: Position(x: places.list.x, y: y),
      maxWidth: places.label)
    for index in places.shown {
      let id = ReplicaID(index)
      let room = places.cell - 1
      var span: Span
      switch line {
      case .head(let kind):
        span = told(kind, of: table.sequence, table.columns[index], width: room)
        let isNew = tally(kind, table.columns[index]) != tally(kind, then.columns[index])
        span.style = span.style.changed(if: isNew)
      case .lamps(let row):
        let lamp = table.lamp(row, at: id)
        if case .reply(let request) = row {
          span =
            table.replies.first { $0.request == request }.map {
              told($0, at: index, width: room)
            } ?? Span("")
        } else {
          span = lamp.map { told($0, digests(of: $0.kind, table), width: room) } ?? Span("")
        }
        span.style = span.style.changed(if: lamp != then.lamp(row, at: id))
        if row == model.quorums.lamp, id == model.replica {
          span = Span(span.text.isEmpty ? " " : span.text, span.style.reverse)
        }
      }
      buffer.put([span], at: Position(x: places.x(index), y: y), maxWidth: room)
    }
  }

  /// The digests among which one is coloured: of requests, or of states.
  private func digests(of kind: Message.Kind, _ table: QuorumTable) -> [Digest] {
    guard kind == .checkpoint else { return table.digests }
    let all = table.checkpoints.rows.flatMap { $0.lamps.compactMap(\.digest) }
    return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The name of a line.
  private func label(_ line: QuorumLine, _ table: QuorumTable, width: Int) -> [Span] {
    switch line {
    case .head(let kind):
      let need = need(kind)
      let name = kind == .checkpoint ? "\(kind.rawValue) \(table.checkpoint)" : kind.rawValue
      let short = kind == .checkpoint ? "CK \(table.checkpoint)" : kind.short
      return [
        Span(
          fitting(width, ["\(name) \(need)", "\(short) \(need)", short]), Style(Role(kind), .bold))
      ]
    case .lamps(.vote(.prePrepare, let sender)):
      return [
        Span(
          fitting(width, ["PRE-PREPARE \(sender)", "PP \(sender)"]), Style(.prePrepare, .bold))
      ]
    case .lamps(.vote(_, let sender)): return [Span("  \(sender)", .label)]
    case .lamps(.reply(let request)):
      // All in the form for which the longest has room.
      let labels = table.replies.map { row in
        let count = "\(row.tally.have)/\(row.tally.need)"
        return [
          "REPLY \(row.request) \(count)", "RE \(row.request) \(count)", "RE \(row.request)",
          "RE \(count)",
        ]
      }
      guard let place = table.replies.firstIndex(where: { $0.request == request }) else {
        return []
      }
      let forms = 0..<4
      let form = forms.first { form in labels.allSatisfy { $0[form].columns <= width } } ?? 3
      return [Span(labels[place][form], Style(.client, .bold))]
    }
  }

  /// `2f=2`: what it takes; where a rule is off, the number alone.
  private func need(_ kind: Message.Kind) -> String {
    let needs = settings.needs
    switch kind {
    case .prepare:
      return needs.prepares == cluster.prepares ? "2f=\(needs.prepares)" : "need \(needs.prepares)"
    case .checkpoint:
      return needs.stable == cluster.quorum ? "2f+1=\(needs.stable)" : "need \(needs.stable)"
    default:
      return needs.quorum == cluster.quorum ? "2f+1=\(needs.quorum)" : "need \(needs.quorum)"
    }
  }

  /// Arrows at the right where lamps of a part are not all seen.
  private func drawMore(
    _ buffer: inout CellBuffer, _ places: QuorumsPlaces, _ content: QuorumsContent
  ) {
    for part in content.parts {
      let seen = part.rows.filter { places.lines.contains(.lamps($0)) }
      guard seen.count < part.rows.count,
        let head = places.lines.firstIndex(of: .head(part.kind))
      else { continue }
      let y = places.list.y + head
      let goesOn = seen.last != part.rows.last
      let arrow = seen.isEmpty || goesOn ? glyphs.arrowDown : glyphs.arrowUp
      buffer[places.list.endX, y] = Cell(arrow, .label)
    }
  }
}

extension QuorumTable {
  /// All are of one view, and none is leaving it.
  var areViewsAlike: Bool { isOfOneView && columns.allSatisfy(\.isActive) }
}
