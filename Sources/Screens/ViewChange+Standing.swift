internal import PBFT
internal import Simulation

/// Where one replica stands with the change to one view, and what it waits for.
enum Standing: Hashable {
  case crashed(since: Instant?)
  /// It has left for a higher view, or works in one.
  case beyond(View, isActive: Bool)
  case works(since: Instant?, leads: Bool)
  /// It is in a lower view, and holds so many of the VIEW-CHANGEs that it would join.
  case notAsked(View, isActive: Bool, have: Int, need: Int)
  /// As the new primary: holds so many VIEW-CHANGEs, and lacks those of the others.
  case collects(have: Int, need: Int)
  /// Its wait for the NEW-VIEW has not begun, since it holds too few VIEW-CHANGEs.
  case waitsForOthers(have: Int, need: Int)
  /// It waits for the NEW-VIEW, which stands so with it; nil: there is none yet.
  case waitsForNewView(Fate?)
}

extension ViewStory {
  func standing(of id: ReplicaID, in world: World) -> Standing {
    let own = world.replicas[id.index]
    let needs = world.settings.needs
    if world.isCrashed(id) { return .crashed(since: crashed[id.index]) }
    if own.view > view { return .beyond(own.view, isActive: own.isActive) }
    if own.view < view {
      // f + 1 VIEW-CHANGEs of others for higher views: join the smallest of them (§4.5.2).
      let higher = own.viewChanges.count { $0.replica != id && $0.view > own.view }
      return .notAsked(own.view, isActive: own.isActive, have: higher, need: needs.join)
    }
    if own.isActive {
      return .works(since: entered[id.index]?.time, leads: own.isPrimary)
    }
    if own.isPrimary {
      return .collects(
        have: own.viewChanges.count { $0.view == view }, need: needs.newView)
    }
    // The wait for the NEW-VIEW starts with 2f + 1 VIEW-CHANGEs for this view or higher ones (§4.5.2).
    let have = own.viewChanges.count { $0.view >= view }
    // What was kept back concerns it only where nothing else was made.
    let fates = newViews.filter { !$0.isKeptBack }.map { $0.fate(at: id) }
    let newView =
      fates.last { $0.kind != .unsent }
      ?? newViews.map { $0.fate(at: id) }.last { $0.kind != .unsent }
    guard have >= needs.quorum || newView != nil else {
      return .waitsForOthers(have: have, need: needs.quorum)
    }
    return .waitsForNewView(newView)
  }

  /// Those whose VIEW-CHANGEs a replica lacks, each with where it is; nil: it has not been sent.
  func lacks(_ id: ReplicaID, in world: World) -> [(sender: ReplicaID, fate: Fate?)] {
    let own = world.replicas[id.index]
    let isPrimary = world.settings.primary(of: view) == id
    return world.cluster.replicas.compactMap { sender in
      if sender == id { return nil }
      let held = own.viewChanges.first { $0.replica == sender }?.view
      // The new primary needs those for this view; for anybody else those for higher ones count too (§4.5.2).
      if let held, isPrimary ? held == view : held >= view { return nil }
      let fates = viewChanges.filter { $0.sender == sender }.map { $0.fate(at: id) }
      let onItsWay = fates.first { if case .onItsWay = $0.kind { true } else { false } }
      return (sender, onItsWay ?? fates.last { $0.kind != .unsent })
    }
  }

  /// What the new primary would compute O from at this moment: what it holds; where it has gone on, what it
  /// had been sent.
  func gathered(in world: World) -> [ViewChange] {
    let primary = world.settings.primary(of: view)
    let own = world.replicas[primary.index]
    var members: [ViewChange]
    if own.view <= view, !world.isCrashed(primary) {
      members = own.viewChanges.filter { $0.view == view }
    } else {
      members =
        viewChanges.filter { $0.outcomes[primary.index].kind == .counts }
        .sorted { $0.outcomes[primary.index].step < $1.outcomes[primary.index].step }
        .map(\.content)
      if asked[primary.index] != nil {
        members += viewChanges.filter { $0.outcomes[primary.index].kind == .own }.map(\.content)
      }
    }
    // V: the first 2f + 1 by arrival, the primary's own included (§4.4).
    let mine = members.filter { $0.replica == primary }.prefix(1)
    let others = members.filter { $0.replica != primary }
    return Array(mine) + others.prefix(max(world.settings.needs.newView - mine.count, 0))
  }
}
