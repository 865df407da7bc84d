internal import PBFT
internal import Simulation

/// What became of a VIEW-CHANGE or a NEW-VIEW at one replica.
struct Fate: Hashable {
  enum Kind: Hashable {
    /// No copy of it was ever sent there.
    case unsent
    /// It is the replica's own.
    case own
    case onItsWay(arrives: Instant)
    case held
    case lost(Happening.Loss)
    /// It counted there, and was forgotten in a crash.
    case forgotten
    case counts
    case refused(Finding)
  }

  var kind = Kind.unsent
  /// Since when it is so, and since which step.
  var time = Instant.start
  var step = 0
  /// The copy that it is about.
  var id: Int?
}

/// A message with what became of it at every replica.
struct Sent<Content: Hashable> {
  let content: Content
  /// Whom it names.
  let sender: ReplicaID
  /// Which of the different ones of this sender it is, from zero.
  let number: Int
  let time: Instant
  let step: Int
  /// What was decided last at each replica.
  private(set) var outcomes: [Fate]
  /// Every copy that there has been, and to whom.
  private(set) var copies: [(id: Int, to: ReplicaID)] = []
  /// The copies on their way to each replica; without a time while they are held.
  private var live: [[(id: Int, arrives: Instant?)]]

  init(
    _ content: Content, from sender: ReplicaID, number: Int, _ time: Instant, _ step: Int, _ n: Int
  ) {
    (self.content, self.sender, self.number) = (content, sender, number)
    (self.time, self.step) = (time, step)
    outcomes = Array(repeating: Fate(), count: n)
    live = Array(repeating: [], count: n)
  }

  /// Where it stands at a replica: what has been decided there, or else the copy that arrives first.
  func fate(at replica: ReplicaID) -> Fate {
    var fate = outcomes[replica.index]
    // What counts goes on counting, whatever becomes of further copies.
    if fate.kind == .counts || fate.kind == .own { return fate }
    let copies = live[replica.index]
    guard let held = copies.first else { return fate }
    let coming = copies.compactMap { copy in copy.arrives.map { (copy.id, $0) } }
    if let (id, arrives) = coming.min(by: { $0.1 < $1.1 }) {
      (fate.id, fate.kind) = (id, .onItsWay(arrives: arrives))
    } else {
      (fate.id, fate.kind) = (held.id, .held)
    }
    return fate
  }

  /// A faulty sender has made it, and sent it to nobody.
  var isKeptBack: Bool {
    outcomes.indices.allSatisfy { index in
      let kind = fate(at: ReplicaID(index)).kind
      return kind == .unsent || kind == .lost(.withheld)
    }
  }

  /// What happens to a copy.
  enum Deed {
    case sent(arrives: Instant?)
    /// It arrives, or is lost.
    case became(Fate.Kind)
    /// It is not on its way any more, and nothing else follows.
    case gone
  }

  mutating func take(_ deed: Deed, _ id: Int, to: ReplicaID, _ time: Instant, _ step: Int) {
    live[to.index].removeAll { $0.id == id }
    let isSettled = outcomes[to.index].kind == .counts || outcomes[to.index].kind == .own
    if case .gone = deed { return }
    if !copies.contains(where: { $0.id == id }) { copies.append((id, to)) }
    switch deed {
    case .sent(let arrives):
      live[to.index].append((id, arrives))
      if !isSettled { (outcomes[to.index].time, outcomes[to.index].step) = (time, step) }
    case .became(let kind):
      if !isSettled { outcomes[to.index] = Fate(kind: kind, time: time, step: step, id: id) }
    case .gone: break
    }
  }

  /// Its sender holds it; nothing has to arrive for that.
  mutating func becameOwn(_ time: Instant, _ step: Int) {
    outcomes[sender.index] = Fate(kind: .own, time: time, step: step)
  }

  /// A replica starts again from its disk, on which are its own messages and no others.
  mutating func restarted(_ replica: ReplicaID, _ time: Instant, _ step: Int) {
    guard outcomes[replica.index].kind == .counts else { return }
    outcomes[replica.index] = Fate(kind: .forgotten, time: time, step: step)
  }
}
