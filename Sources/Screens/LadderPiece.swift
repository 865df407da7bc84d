internal import PBFT
internal import Simulation

/// Some steps of a line as a ladder shows them: what was sent in them, and what became of copies in them, whenever
/// these were sent.
struct LadderPiece: Sendable {
  let first: Int
  /// The last step that has been gone.
  private(set) var last: Int
  /// In the order in which they were sent or happened.
  private(set) var rungs: [Rung] = []

  /// Something that becomes of a copy.
  private struct Turn {
    let step: Int
    let time: Instant
    /// Nil where it was altered.
    let fate: Outcome.Fate?
    let isOvertaken: Bool
    /// The turn of the same copy before this one, or -1.
    let previous: Int
  }

  private struct Link: Hashable {
    let from: Principal
    let to: Principal
  }

  private var turns: [Turn] = []
  /// The last turn of each copy.
  private var latest: [Int: Int] = [:]
  /// The highest number that has arrived over each link.
  private var arrived: [Link: Int] = [:]

  /// The piece that begins with a step; nothing of it has been gone yet.
  init(from first: Int) {
    self.first = first
    last = first - 1
  }

  /// Takes in what happened at the next step.
  mutating func append(_ happenings: [Happening]) {
    last += 1
    let start = rungs.count
    let isAlteredByHand = happenings.contains {
      if case .command(.alter) = $0.kind { true } else { false }
    }
    for happening in happenings {
      switch happening.kind.ofEither {
      case .send(let id, let message, let from, let to, _):
        add(.init(id: id, to: to), of: message, from: from, happening, after: start)
      case .duplicate(let id, let other, let message, let from, let to, _):
        add(.repeated(message, of: other), from, happening, after: start)
        rungs[rungs.count - 1].copies.append(.init(id: id, to: to))
      case .receive(let id, _, let from, let to, let finding):
        let link = Link(from: from, to: to)
        let highest = arrived[link] ?? 0
        turn(id, happening, finding.fate, isOvertaken: highest > id)
        if id > highest { arrived[link] = id }
      case .drop(let id, let message, let from, let to, .withheld) where !isAlteredByHand:
        // It has a number, and was to be sent; nothing has told of it before.
        add(.init(id: id, to: to), of: message, from: from, happening, after: start)
        turn(id, happening, .withheld)
      case .drop(let id, _, _, _, let loss):
        turn(id, happening, loss.fate)
      case .hold(let id, _, _, _): turn(id, happening, .held)
      case .release(let id, _, _, _, _): turn(id, happening, .onItsWay)
      case .alter(let id, _, _, _, _): turn(id, happening, nil)
      default: if let place = Self.place(happening.kind) { add(place, happening, after: start) }
      }
    }
  }

  private mutating func add(
    _ copy: Rung.Copy, of message: Message, from: Principal, _ happening: Happening,
    after start: Int
  ) {
    // The copies of one broadcast share a rung; a second copy to the same recipient has one of its own.
    let index = rungs.indices[start...].last {
      guard case .message(let other) = rungs[$0].content, rungs[$0].from == from else {
        return false
      }
      return !rungs[$0].copies.contains { $0.to == copy.to } && other == message
    }
    if let index {
      rungs[index].copies.append(copy)
    } else {
      add(.message(message), from, happening, after: start)
      rungs[rungs.count - 1].copies.append(copy)
    }
  }

  private mutating func add(_ place: Where, _ happening: Happening, after start: Int) {
    let from: Principal? = if case .at(let principal) = place { principal } else { nil }
    add(.event(happening.kind.ofEither), from, happening, after: start)
  }

  private mutating func add(
    _ content: Rung.Content, _ from: Principal?, _ happening: Happening, after start: Int
  ) {
    let place = RungPlace(step: happening.step, index: rungs.count - start)
    rungs.append(Rung(place: place, time: happening.time, from: from, content: content))
  }

  private mutating func turn(
    _ id: Int, _ happening: Happening, _ fate: Outcome.Fate?, isOvertaken: Bool = false
  ) {
    turns.append(
      Turn(
        step: happening.step, time: happening.time, fate: fate, isOvertaken: isOvertaken,
        previous: latest[id] ?? -1))
    latest[id] = turns.count - 1
  }

  private enum Where { case at(Principal), everywhere }

  /// Where something happened that has a rung of its own; nil for what has none.
  private static func place(_ kind: Happening.Kind) -> Where? {
    switch kind {
    case .crash(let replica), .restart(let replica), .fault(.restartEmpty(let replica)),
      .view(let replica, _, _, _):
      .at(.replica(replica))
    case .timerFired(let owner, _): .at(owner)
    case .accept(let client, _, _, _): .at(.client(client))
    case .fault, .violation: .everywhere
    case .ofTwin(let kind): place(kind)
    default: nil
    }
  }

  // MARK: Asking

  /// Whether it is known here what has become of a copy up to a step.
  func decides(_ id: Int, upTo step: Int) -> Bool {
    guard let index = latest[id], turns[index].step <= step else { return false }
    return turns[index].fate?.isLast ?? false
  }

  /// What the steps up to one of them made of a copy, added to what those before them made of it.
  func follow(_ copy: Rung.Copy, from: Principal?, upTo step: Int, _ outcome: inout Outcome) {
    var index = latest[copy.id] ?? -1
    while index >= 0, turns[index].step > step { index = turns[index].previous }
    var fate: Turn?
    while index >= 0 {
      if turns[index].fate == nil {
        outcome.isAltered = true
      } else if fate == nil {
        fate = turns[index]
      }
      index = turns[index].previous
    }
    if let fate, let new = fate.fate {
      outcome.fate = new
      (outcome.time, outcome.step) = new.isLast ? (fate.time, fate.step) : (nil, nil)
      if new.hasArrived { outcome.isOvertaken = outcome.isOvertaken || fate.isOvertaken }
    }
    if !outcome.fate.isLast, let from, (arrived[Link(from: from, to: copy.to)] ?? 0) > copy.id {
      outcome.isOvertaken = true
    }
  }
}
