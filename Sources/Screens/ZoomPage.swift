internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// The pane with the focus alone: a replica with all that it holds, or the messages on their way.
extension Scene {
  func zoomParts(_ rest: Region) -> [PicturePart] {
    guard model.focus == .replicas else {
      return [PicturePart("messages", rest) { drawMessageTable(&$0, rest) }]
    }
    let replica = world.replicas[model.replica.index]
    return [PicturePart("\(replica.id)", rest) { drawZoomed(&$0, rest, replica) }]
  }

  private func drawZoomed(_ buffer: inout CellBuffer, _ region: Region, _ replica: Replica) {
    let title = title(replica, width: region.columns - 4)
    let inside = drawZoomFrame(&buffer, region, title)
    let places = zoomPlaces(inside, replica)
    let (left, grid) = (places.left, places.grid)
    for (row, line) in places.status.enumerated() {
      buffer.put(
        line, at: Position(x: left.x, y: left.y + row), maxWidth: left.columns,
        ellipsis: glyphs.ellipsis)
    }
    let table = Table(numberColumns(replica, places.numbers), width: grid.columns)
    buffer.put(table.heading, at: grid.origin, maxWidth: grid.columns)
    for row in places.numbers.indices {
      buffer.put(
        table.row(row), at: Position(x: grid.x, y: grid.y + 1 + row), maxWidth: grid.columns,
        ellipsis: glyphs.ellipsis)
    }
    if let state = places.state {
      for (row, line) in stateLines.enumerated() where row + 1 < state.rows {
        buffer.put(
          line, at: Position(x: state.x, y: state.y + 1 + row), maxWidth: state.columns,
          ellipsis: glyphs.ellipsis)
      }
    }
    drawLog(&buffer, places.log, of: .replica(replica.id))
    markRows(&buffer, left, at: region.x)
    if places.state != nil { markRows(&buffer, places.log, at: places.log.x - 1) }
  }

  /// What a zoomed pane holds and where, for drawing and for the wheel alike.
  struct ZoomPlaces {
    /// All but the log where that stands beside it.
    let left: Region
    let status: [[Span]]
    let numbers: [SequenceNumber]
    let grid: Region
    /// Where the state stands, if there is room for it.
    let state: Region?
    let log: Region
  }

  func zoomPlaces(_ inside: Region, _ replica: Replica) -> ZoomPlaces {
    let isWide = inside.columns >= 100
    let (left, right) = inside.split(left: isWide ? inside.columns * 3 / 5 : inside.columns)
    let holdings = holdings(replica)
    let status =
      statusLines(replica, width: left.columns) + (isWide ? holdings.prefix(1) : holdings[...])
    let least = isWide ? 0 : min(6, left.rows / 3)
    let told = Array(status.prefix(max(left.rows - least - 2, 1)))
    let rest = left.split(top: told.count).rest
    let room = max(rest.rows - least - 1, 0)
    let shown = Array(numbersInUse(replica).suffix(room))
    let (grid, below) = rest.split(top: min(shown.count, room) + 1)
    return ZoomPlaces(
      left: left, status: told, numbers: shown, grid: grid, state: isWide ? below : nil,
      log: isWide ? right.split(left: 2).rest : below)
  }

  /// A frame as of what has the focus, with the way back in its lower edge.
  func drawZoomFrame(
    _ buffer: inout CellBuffer, _ region: Region, _ title: [Span]
  ) -> Region {
    let inside = buffer.box(
      region, title: title, lines: glyphs.heavy, style: Style(.focus), ellipsis: glyphs.ellipsis)
    buffer.put(
      [Span(" z all panes ", .label)], endingAt: region.endX - 2, y: region.endY - 1,
      maxWidth: max(region.columns - 4, 0))
    return inside
  }

  private func numbersInUse(_ replica: Replica) -> [SequenceNumber] {
    replica.log.used.filter(\.isInUse).map(\.sequence).sorted()
  }

  /// Its timers, its state and the requests that wait, a line each.
  private func holdings(_ replica: Replica) -> [[Span]] {
    func timers(_ alarms: [Alarm]) -> [Alarm] {
      alarms.filter { $0.owner == .replica(replica.id) && !$0.isTwin }
    }
    let running = timers(alarms).map { "\($0.name.word) in \(remaining(until: $0.due)) s" }
    let isSet = timers(alarms).map(\.due) != timers(alarmsBefore).map(\.due)
    let entries = replica.state.store.entries.map { "\($0.key) = \($0.value)" }
    let waiting = replica.waiting.map { "\($0.request) \($0.request.operation.text)" }
    let index = replica.id.index
    func line(_ name: String, _ values: [String], isNew: Bool) -> [Span] {
      let told = values.isEmpty ? "none" : values.joined(separator: ", ")
      let style: Style = values.isEmpty ? .quiet : .plain
      return [Span(name.left(9), .label), Span(told, style.changed(if: isNew))]
    }
    return [
      line("timers", running, isNew: isSet),
      line("state", entries, isNew: hasChanged { $0.replicas[index].state.store }),
      line("waiting", waiting, isNew: hasChanged { $0.replicas[index].waiting.map(\.request) }),
    ]
  }

  /// Every number with what it stands for, who has voted for it, and whether it is executed.
  private func numberColumns(
    _ replica: Replica, _ numbers: [SequenceNumber]
  ) -> [Table.Column] {
    let was = before.replicas[replica.id.index]
    let rows = numbers.map { (n: $0, slot: replica.log[$0], then: was.log[$0]) }
    func column(
      _ heading: String, spare: Int = 0,
      _ cell: (SequenceNumber, Slot?, Slot?) -> Span
    ) -> Table.Column {
      .init(heading: heading, cells: rows.map { cell($0.n, $0.slot, $0.then) }, spare: spare)
    }
    return [
      column("n") { n, _, _ in Span("\(n.number)", Style(.plain, .bold)) },
      column("d") { _, slot, then in
        let digest = slot?.prePrepare?.digest
        return Span(
          digest.map(letter) ?? text(glyphs.empty),
          Style(.plain, .bold).changed(if: digest != then?.prePrepare?.digest))
      },
      column("requests", spare: 3) { _, slot, _ in
        Span(
          slot?.batch?.requests.map { "\($0) \($0.operation.text)" }.joined(separator: ", ") ?? "",
          Style(.client))
      },
      column("phase", spare: 1) { n, slot, _ in
        Span(n <= replica.lastExecuted ? "executed" : slot?.phase(in: settings).word ?? "")
      },
      column("proof", spare: 4) { _, slot, _ in
        Span(
          slot?.certificate.map { "\(letter($0.digest)) in \($0.view)" } ?? "", Style(.viewChange))
      },
      column("PREPAREs") { _, slot, then in
        voted(prepares(slot, world), prepares(then, before), .prepare)
      },
      column("from", spare: 2) { _, slot, _ in
        voters(slot, slot?.prepares.map { ($0.replica, $0.view, $0.digest) } ?? [])
      },
      column("COMMITs") { _, slot, then in
        voted(commits(slot, world), commits(then, before), .commit)
      },
      column("from", spare: 2) { _, slot, _ in
        voters(slot, slot?.commits.map { ($0.replica, $0.view, $0.digest) } ?? [])
      },
    ]
  }

  private func voted(_ now: Tally, _ then: Tally, _ role: Role) -> Span {
    let style = now.have >= now.need ? Style(role, .bold) : now.have > 0 ? Style(role) : .quiet
    return Span("\(now.have) of \(now.need)", style.changed(if: now != then))
  }

  /// Who voted; behind a colon the digest, where it is not the one that is proposed.
  private func voters(
    _ slot: Slot?, _ votes: [(replica: ReplicaID, view: View, digest: Digest)]
  ) -> Span {
    let proposal = slot?.prePrepare
    let names = votes.sorted { $0.replica < $1.replica }.map { vote in
      vote.digest == proposal?.digest && vote.view == proposal?.view
        ? "\(vote.replica)" : "\(vote.replica):\(letter(vote.digest))"
    }
    return Span(names.joined(separator: " "))
  }
}
