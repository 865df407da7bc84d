internal import Cells
internal import PBFT
internal import Simulation

/// Where the parts of a screen are: for drawing and for clicking alike, so that they cannot disagree.
struct Layout {
  /// The names of the pages; without rows where there is no room for them.
  let pages: Region
  let header, body, timeline, footer: Region

  init(_ size: Size) {
    let (top, underHeader) = Region(size: size).split(top: 1)
    let (names, below) = underHeader.split(top: size.rows >= 22 ? 1 : 0)
    pages = names
    let (bottom, middle) = below.split(bottom: 1)
    let (line, rest) = middle.split(bottom: 1)
    (header, body, timeline, footer) = (top, rest, line, bottom)
  }
}

/// What can be clicked.
enum Target: Hashable, Sendable {
  case replica(ReplicaID)
  /// The number of a message on its way.
  case message(Int)
  case action(Action)
  /// A step of the present line.
  case moment(Int)
  /// A branch of the tree; at a step where its bar was meant.
  case branch(Int, step: Int?)
  /// A rule by its place in the catalogue.
  case rule(Int)
  /// A line of the fault menu.
  case fault(Int)
  /// A line of the window of places.
  case place(Int)
  /// A lamp of the page Quorums, in the column of a replica.
  case lamp(ReplicaID, LampRow)
  /// The row of a number in the grid of a replica.
  case number(ReplicaID, SequenceNumber)
  /// A cell of that grid, or of the window of reasons.
  case why(ReplicaID, WhyCell)
  /// A line of the log of a replica, and the message that it tells of.
  case logLine(ReplicaID, message: Int)
}

extension Scene {
  /// What lies at a place of a screen of some size, if it can be clicked.
  func target(at position: Position, _ size: Size) -> Target? {
    guard model.hasRoom(in: size) else { return nil }
    let layout = Layout(size)
    if let hint = hintPlaces(layout.footer).first(where: { $0.region.contains(position) }) {
      return .action(hint.action)
    }
    if let name = pageNamePlaces(layout.pages).first(where: { $0.region.contains(position) }) {
      return .action(.page(name.page))
    }
    let bar = timelinePlaces(layout.timeline).bar
    if bar.contains(position) {
      return .moment(timelineBar(bar).step(at: position.x - bar.x))
    }
    let strip = strip(layout.body)
    if case .faults(let choice) = model.overlay {
      return self.choice(at: position, faultChooser(choice), in: strip.above).map(Target.fault)
    }
    if case .places(let choice) = model.overlay {
      return self.choice(at: position, placesChooser(choice), in: strip.above).map(Target.place)
    }
    if case .alterations(let message, let choice) = model.overlay {
      return self.choice(at: position, alterationChooser(message, choice), in: strip.above)
        .map { .action(.onMessage(.chooseAlteration($0))) }
    }
    if case .setting(let window) = model.overlay {
      return choice(at: position, settingChooser(window), in: strip.above)
        .map { .action(.onStart(.pointAtValue($0))) }
    }
    if case .ladderFilter(let choice) = model.overlay {
      return self.choice(at: position, ladderFilterChooser(choice), in: strip.above).map {
        .action(.onLadder(.changeFilter($0)))
      }
    }
    if case .why(let cell) = model.overlay { return whyTarget(at: position, strip.above, cell) }
    // What lies over the page hides it.
    guard model.overlay == nil else { return nil }
    switch model.page {
    case .cluster: break
    case .ladder: if let target = ladderTarget(at: position, layout.body) { return target }
    case .quorums: return quorumsTarget(at: position, layout.body)
    case .viewChange: return viewChangeTarget(at: position, layout.body)
    case .message: return messageTarget(at: position, layout.body)
    case .rules:
      let list = rulesPlaces(strip.above).list
      let rule = firstRule(list.rows) + position.y - list.y
      return list.contains(position) && rule < Rule.allCases.count ? .rule(rule) : nil
    case .timeline: return branchTarget(at: position, strip.above)
    case .start: return startTarget(at: position, layout.body)
    }
    let messages = messagePlaces(strip.inFlight).filter {
      strip.inFlight.contains($0.region.origin)
    }
    if let index = messages.firstIndex(where: { $0.region.contains(position) }) {
      return .message(messages[index].envelope.id)
    }
    guard model.page == .cluster else { return nil }
    if let row = messageRow(at: position, strip) { return row }
    let pane = shownPanes(strip).first { $0.region.contains(position) }
    return pane.map { place in
      let replica = world.replicas[place.index]
      // Large panes have no grid and no log.
      return model.isBig
        ? .replica(replica.id) : paneTarget(at: position, place.region, replica)
    }
  }
}

extension Scene {
  /// The branch whose row is at a place, and its moment if its bar is.
  private func branchTarget(at position: Position, _ region: Region) -> Target? {
    let tree = BranchTree(model.history.branches)
    let places = treePlaces(region, tree)
    let row = places.first + position.y - places.list.y
    guard places.list.contains(position), tree.rows.indices.contains(row) else { return nil }
    let index = tree.rows[row].branch
    let branch = model.history.branches[index]
    let cell = position.x - places.bars.x
    let (first, last) = (places.bar.cell(of: branch.fork), places.bar.cell(of: branch.end))
    guard places.bars.contains(position), first...max(first + 1, last) ~= cell else {
      return .branch(index, step: nil)
    }
    // The last cell is the end, though the cell may have earlier steps too.
    let step = cell >= last ? branch.end : places.bar.step(at: cell)
    return .branch(index, step: max(step, branch.fork))
  }

  /// The line of a list that is at a place.
  private func choice(at position: Position, _ chooser: Chooser, in region: Region) -> Int? {
    let places = ChooserPlaces(chooser, in: region)
    let line = places.first + position.y - places.list.y
    guard places.list.contains(position), chooser.lines.indices.contains(line) else { return nil }
    return chooser.lines[line].choice
  }
}
