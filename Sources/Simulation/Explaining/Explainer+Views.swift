internal import PBFT

/// Why no view works, or a replica does not work in it (§4.4).
extension Explainer {
  /// No quorum works in one view: the change to the view that most are in, or are changing to.
  mutating func whyNoView() -> Reason {
    var best: (view: View, count: Int) = (View(0), 0)
    for own in running where !world.isFaulty(own.id) {
      let count = running.count { $0.view == own.view && !world.isFaulty($0.id) }
      // A view that somebody is changing to goes before one that nobody is.
      let weight = 2 * count + (own.isActive ? 0 : 1)
      if weight > best.count || (weight == best.count && own.view > best.view) {
        best = (own.view, weight)
      }
    }
    let changing = running.filter { !$0.isActive && !world.isFaulty($0.id) }.map(\.view)
    let view = changing.contains(best.view) ? best.view : changing.max() ?? best.view
    return change(to: view)
  }

  /// How far the change to a view has come.
  mutating func change(to view: View) -> Reason {
    let primary = replica(world.settings.primary(of: view))
    guard asked.insert(.view(view)).inserted else {
      return viewChanges(at: primary, view, [])
    }
    if primary.view == view, primary.isActive { return others(in: view) }
    if let trouble = trouble(of: primary, in: view) {
      switch trouble {
      case .crashed, .misbehaves:
        let remedy: Command =
          trouble == .crashed ? .restart(primary.id) : .honest(primary.id)
        return Reason(
          .primary(primary.id, view, trouble), remedy: remedy, [impatience(with: view)])
      case .elsewhere: break
      }
    }
    return viewChanges(at: primary, view, whyNoViewChanges(view, at: primary))
  }

  private func viewChanges(at own: Replica, _ view: View, _ causes: [Reason]) -> Reason {
    // The primary needs them for this view; to anybody else those for higher ones count too (§4.5.2).
    let isPrimary = own.id == world.settings.primary(of: view)
    let have = own.viewChanges.count { isPrimary ? $0.view == view : $0.view >= view }
    return Reason(
      .viewChanges(
        own.id, view, isPrimary: isPrimary, have: have, need: world.settings.needs.newView), causes)
  }

  /// What keeps a replica that is between views from starting to wait for the NEW-VIEW.
  mutating func whyFewViewChanges(_ own: Replica) -> [Reason] {
    guard asked.insert(.viewChanges(own.id)).inserted else { return [] }
    return [viewChanges(at: own, own.view, whyNoViewChanges(own.view, at: own))]
  }

  /// Which VIEW-CHANGEs a replica does not hold, and why each.
  private mutating func whyNoViewChanges(_ view: View, at own: Replica) -> [Reason] {
    let isPrimary = own.id == world.settings.primary(of: view)
    var causes: [Reason] = []
    for sender in world.replicas {
      let held = own.viewChanges.first { $0.replica == sender.id }?.view ?? View(-1)
      if isPrimary ? held == view : held >= view { continue }
      if sender.id == own.id || held > view {
        causes.append(whyNotAsked(sender, view, at: own))
        continue
      }
      let given = sender.viewChanges.first { $0.replica == sender.id && $0.view >= view }
      causes.append(
        missing(
          .viewChange, from: .replica(sender.id), to: .replica(own.id), isSent: given != nil,
          given.map { .viewChange($0) }, where: { $0.view ?? View(0) >= view },
          unsent: { $0.whyNotAsked(sender, view, at: own) }))
    }
    return causes
  }

  private mutating func whyNotAsked(_ sender: Replica, _ view: View, at own: Replica) -> Reason {
    // It does not come back: those behind it follow (§4.5.2).
    if sender.view > view || (sender.view == view && sender.isActive) {
      return Reason(
        .elsewhere(sender.id, sender.view, isActive: sender.isActive), [suspicion(of: own.id)])
    }
    return Reason(.notAsked(sender.id, view), [suspicion(of: sender.id)])
  }

  /// The new primary works in the view: who does not, and where the NEW-VIEW is.
  private mutating func others(in view: View) -> Reason {
    let have = running.count { $0.view == view && $0.isActive }
    var causes: [Reason] = []
    for own in world.replicas where !(own.view == view && own.isActive) || world.isCrashed(own.id) {
      causes.append(world.isCrashed(own.id) ? down(own.id) : whyElsewhere(own, from: view))
    }
    return Reason(.fewActive(view, have: have, need: world.settings.needs.quorum), causes)
  }

  /// Those who wait for the NEW-VIEW of a primary that will not send it.
  private mutating func impatience(with view: View) -> Reason {
    if let timer = earliestSuspicion { return timer }
    guard let own = running.first(where: { $0.view == view && !$0.isActive }) else {
      guard let first = running.first else { return down(world.settings.primary(of: view)) }
      return suspicion(of: first.id)
    }
    return viewChanges(at: own, view, whyNoViewChanges(view, at: own))
  }

  /// A replica is not where the others are: it has left, or has not come after.
  mutating func whyElsewhere(_ own: Replica, from working: View? = nil) -> Reason {
    if world.isCrashed(own.id) { return down(own.id) }
    let wanted = max(own.view, working ?? own.view)
    let primary = replica(world.settings.primary(of: wanted))
    if primary.view == wanted, primary.isActive, primary.id != own.id,
      own.view < wanted || !own.isActive
    {
      let reason = missing(
        .newView, from: .replica(primary.id), to: .replica(own.id), isSent: true,
        primary.newView.map { .newView($0) }, where: { $0.view == wanted },
        unsent: { $0.down(primary.id) })
      return Reason(.awaitsNewView(own.id, wanted, of: primary.id), [reason])
    }
    guard asked.insert(.inactive(own.id)).inserted else {
      return Reason(.elsewhere(own.id, own.view, isActive: own.isActive))
    }
    let cause = own.isActive ? suspicion(of: own.id) : change(to: own.view)
    return Reason(.elsewhere(own.id, own.view, isActive: own.isActive), [cause])
  }
}
