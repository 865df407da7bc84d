internal import Cells
internal import PBFT
internal import Simulation

/// Where the parts of a screen are: for drawing and for clicking alike, so that they cannot disagree.
struct Layout {
  let header, body, footer: Region

  init(_ size: Size) {
    let (top, below) = Region(size: size).split(top: 1)
    let (bottom, middle) = below.split(bottom: 1)
    (header, body, footer) = (top, middle, bottom)
  }
}

/// What can be clicked.
enum Target: Hashable, Sendable {
  case replica(ReplicaID)
  /// The number of a message on its way.
  case message(Int)
  case action(Action)
  /// A rule by its place in the catalogue.
  case rule(Int)
  /// A line of the fault menu.
  case fault(Int)
}

extension Scene {
  /// What lies at a place of a screen of some size, if it can be clicked.
  func target(at position: Position, _ size: Size) -> Target? {
    guard size.columns >= leastSize.columns, size.rows >= leastSize.rows else { return nil }
    let layout = Layout(size)
    if let hint = hintPlaces(layout.footer).first(where: { $0.region.contains(position) }) {
      return .action(hint.action)
    }
    let strip = strip(layout.body)
    if case .faults(let choice) = model.overlay {
      let chooser = faultChooser(choice)
      let places = ChooserPlaces(chooser, in: strip.above)
      let line = places.first + position.y - places.list.y
      guard places.list.contains(position), chooser.lines.indices.contains(line) else { return nil }
      return chooser.lines[line].choice.map(Target.fault)
    }
    // What lies over the page hides it.
    guard model.overlay == nil else { return nil }
    if model.page == .rules {
      let list = rulesPlaces(strip.above).list
      let rule = firstRule(list.rows) + position.y - list.y
      return list.contains(position) && rule < Rule.allCases.count ? .rule(rule) : nil
    }
    let messages = messagePlaces(strip.inFlight).filter {
      strip.inFlight.contains($0.region.origin)
    }
    if let index = messages.firstIndex(where: { $0.region.contains(position) }) {
      return .message(messages[index].envelope.id)
    }
    guard model.page == .cluster else { return nil }
    let pane = clusterPlaces(strip.rest).panes.first { $0.region.contains(position) }
    return pane.map { .replica(world.replicas[$0.index].id) }
  }
}

extension Model {
  /// A press of the left button somewhere.
  mutating func click(_ position: Position) -> Response {
    notice = nil
    switch Scene(self).target(at: position, size) {
    case .replica(let id):
      replica = id
      focus = .replicas
    case .message(let id):
      message = id
      focus = .messages
    case .rule(let place): rule = place
    case .fault(let place): overlay = .faults(choice: place)
    case .action(.quit) where overlay != nil: overlay = nil
    case .action(let action): return perform(action)
    case nil: break
    }
    return .none
  }
}
