internal import PBFT
internal import Simulation

/// All that is known of the change to one view: who asked, what arrived where, who entered.
struct ViewStory {
  let view: View
  /// Every VIEW-CHANGE for it, by sender; a liar may have sent several that differ.
  private(set) var viewChanges: [Sent<ViewChange>] = []
  /// Every NEW-VIEW for it, the first first; what a liar made and kept back comes last.
  private(set) var newViews: [Sent<NewView>] = []
  /// When each replica asked for it, and why.
  private(set) var asked: [Asking?]
  /// When each replica entered it, at which step, and with which O.
  private(set) var entered: [Entry?]
  /// Since when each replica is down.
  private(set) var crashed: [Instant?]
  /// When each replica first left for, or entered, a higher view.
  private(set) var movedOn: [Departure?]

  /// A replica asks for the view.
  struct Asking: Hashable {
    let time: Instant
    let step: Int
    /// Its own timer ran out; otherwise it joined f + 1 others.
    let byTimer: Bool
  }

  struct Entry: Hashable {
    let time: Instant
    let step: Int
    let selection: Selection?
  }

  struct Departure: Hashable {
    let view: View
    let time: Instant
  }

  private let count: Int
  /// When copies arrive; an altered one arrives when the one before would have.
  private var arrivals: [Int: Instant] = [:]
  /// At which step the timer of each replica ran out last.
  private var fired: [Int]

  /// From all that happened up to a moment, and what the replicas hold then.
  init(of view: View, _ past: some Sequence<Happening>, in world: World) {
    self.view = view
    count = world.cluster.replicaCount
    asked = Array(repeating: nil, count: count)
    entered = Array(repeating: nil, count: count)
    crashed = Array(repeating: nil, count: count)
    movedOn = Array(repeating: nil, count: count)
    fired = Array(repeating: -1, count: count)
    for happening in past where happening.step <= world.step { take(happening) }
    addUntold(world)
    newViews = newViews.filter { !$0.isKeptBack } + newViews.filter(\.isKeptBack)
    viewChanges.sort { ($0.sender, $0.number) < ($1.sender, $1.number) }
  }

  private mutating func take(_ happening: Happening) {
    switch happening.kind {
    case .send(let id, let message, _, .replica(let to), let arrives):
      send(id, message, to, arrives, happening)
    case .duplicate(let id, _, let message, _, .replica(let to), let arrives),
      .release(let id, let message, _, .replica(let to), let arrives):
      send(id, message, to, arrives, happening)
    case .hold(let id, let message, _, .replica(let to)):
      send(id, message, to, nil, happening)
    case .alter(let id, let message, _, .replica(let to), _):
      // From now on the copy carries this; what it carried before is not on its way any more.
      for place in viewChanges.indices {
        viewChanges[place].take(.gone, id, to: to, happening.time, happening.step)
      }
      for place in newViews.indices {
        newViews[place].take(.gone, id, to: to, happening.time, happening.step)
      }
      send(id, message, to, arrivals[id], happening)
    case .drop(let id, let message, _, .replica(let to), let loss):
      change(message, id, to, happening, becomes: .lost(loss))
    case .receive(let id, let message, _, .replica(let to), let finding):
      change(
        message, id, to, happening,
        becomes: finding.verdict == .refused ? .refused(finding) : .counts)
    case .ofTwin(.receive(let id, let message, _, .replica(let to), _)),
      .ofTwin(.drop(let id, let message, _, .replica(let to), _)):
      // The second copy of a replica takes it; at the first it never arrives.
      change(message, id, to, happening, becomes: nil)
    case .timerFired(.replica(let replica), .viewChange):
      fired[replica.index] = happening.step
    case .view(let replica, let view, let isActive, let selection):
      note(view, isActive, selection, replica, happening)
    case .crash(let replica): crashed[replica.index] = happening.time
    case .restart(let replica):
      crashed[replica.index] = nil
      for place in viewChanges.indices where viewChanges[place].sender != replica {
        viewChanges[place].restarted(replica, happening.time, happening.step)
      }
    default: break
    }
  }

  private mutating func note(
    _ view: View, _ isActive: Bool, _ selection: Selection?, _ replica: ReplicaID,
    _ happening: Happening
  ) {
    let (time, step) = (happening.time, happening.step)
    if view > self.view {
      if movedOn[replica.index] == nil {
        movedOn[replica.index] = Departure(view: view, time: time)
      }
    } else if view == self.view, isActive {
      entered[replica.index] = Entry(time: time, step: step, selection: selection)
    } else if view == self.view, asked[replica.index] == nil {
      asked[replica.index] = Asking(
        time: time, step: step, byTimer: fired[replica.index] == step)
    }
  }

  private mutating func send(
    _ id: Int, _ message: Message, _ to: ReplicaID, _ arrives: Instant?, _ happening: Happening
  ) {
    arrivals[id] = arrives
    let (time, step) = (happening.time, happening.step)
    switch message {
    case .viewChange(let content) where isOfThisView(content.view, content.replica):
      let place = place(of: content, time, step)
      viewChanges[place].take(.sent(arrives: arrives), id, to: to, time, step)
    case .newView(let content) where isOfThisView(content.view, content.replica):
      let place = place(of: content, time, step)
      newViews[place].take(.sent(arrives: arrives), id, to: to, time, step)
    default: break
    }
  }

  /// What becomes of a copy; nil: it goes where nothing is told of it.
  private mutating func change(
    _ message: Message, _ id: Int, _ to: ReplicaID, _ happening: Happening,
    becomes kind: Fate.Kind?
  ) {
    let (time, step) = (happening.time, happening.step)
    switch message {
    case .viewChange(let content) where isOfThisView(content.view, content.replica):
      let place = place(of: content, time, step)
      viewChanges[place].take(kind.map { .became($0) } ?? .gone, id, to: to, time, step)
    case .newView(let content) where isOfThisView(content.view, content.replica):
      let place = place(of: content, time, step)
      newViews[place].take(kind.map { .became($0) } ?? .gone, id, to: to, time, step)
    default: break
    }
  }

  private func isOfThisView(_ view: View, _ sender: ReplicaID) -> Bool {
    view == self.view && sender.index < count
  }

  /// Where the entry of a VIEW-CHANGE is, which is made if it is new.
  private mutating func place(of content: ViewChange, _ time: Instant, _ step: Int) -> Int {
    // Most differ in the digest already.
    let known = viewChanges.firstIndex {
      $0.content.digest == content.digest && $0.content == content
    }
    if let known { return known }
    let number = viewChanges.count { $0.sender == content.replica }
    viewChanges.append(Sent(content, from: content.replica, number: number, time, step, count))
    return viewChanges.count - 1
  }

  private mutating func place(of content: NewView, _ time: Instant, _ step: Int) -> Int {
    if let place = newViews.firstIndex(where: { $0.content == content }) { return place }
    let number = newViews.count { $0.sender == content.replica }
    newViews.append(Sent(content, from: content.replica, number: number, time, step, count))
    return newViews.count - 1
  }

  /// VIEW-CHANGEs that never travelled by themselves: a liar's own, and what stands only in a V; and whose is whose.
  private mutating func addUntold(_ world: World) {
    for replica in world.replicas {
      guard let asking = asked[replica.id.index] else { continue }
      let own = replica.viewChanges.first { $0.replica == replica.id && $0.view == view }
      let place =
        own.map { self.place(of: $0, asking.time, asking.step) }
        ?? viewChanges.firstIndex { $0.sender == replica.id }
      if let place { viewChanges[place].becameOwn(asking.time, asking.step) }
    }
    for newView in newViews {
      for member in newView.content.viewChanges where isOfThisView(member.view, member.replica) {
        _ = place(of: member, newView.time, newView.step)
      }
    }
  }
}

extension ViewStory {
  /// The views that anybody has asked for or entered, or that a message names, in order; and the one that was
  /// begun last, whatever a liar asks for alone.
  static func views(in past: some Sequence<Happening>) -> (all: [View], latest: View?) {
    var named: Set<View> = []
    var begun: View?
    for happening in past {
      switch happening.kind.ofEither {
      case .view(_, let view, _, _):
        named.insert(view)
        begun = max(begun ?? view, view)
      case .send(_, let message, _, _, _), .receive(_, let message, _, _, _),
        .drop(_, let message, _, _, _), .alter(_, let message, _, _, _):
        if let view = message.view { named.insert(view) }
      default: break
      }
    }
    let all = named.sorted()
    return (all, begun ?? all.last)
  }
}
