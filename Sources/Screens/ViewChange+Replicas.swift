internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// What each replica has done with the change, whom it waits for, and its timer.
extension ViewChangeTelling {
  func replicas(_ width: Int) -> ViewChangeSection {
    let ids = world.cluster.replicas
    let indent = ids.count > 10 ? 6 : 5
    func head(_ id: ReplicaID) -> Span {
      let isLeader = hasBegun ? id == primary : world.leads(id)
      let mark =
        world.isCrashed(id)
        ? text(glyphs.crashed)
        : world.isFaulty(id) ? text(glyphs.faulty) : isLeader ? text(glyphs.primary) : " "
      let isFocused = id == scene.model.replica && scene.model.focus == .replicas
      return Span(
        "\(id)".left(indent - 2) + mark + " ",
        isFocused
          ? Style(.focus, .bold) : isLeader ? Style(.leader, .bold) : Style(.label, .bold))
    }
    func line(_ id: ReplicaID, _ told: [String], isNew: Bool) -> ViewChangeLine {
      let room = width - indent
      return ViewChangeLine(
        [head(id), Span(scene.fitting(room, told), Style.plain.changed(if: isNew))],
        .replica(id))
    }
    func isNew(_ id: ReplicaID) -> Bool {
      let earlier = then.standing(of: id, in: scene.before)
      return earlier != story.standing(of: id, in: world)
    }
    let long = ids.flatMap { id -> [ViewChangeLine] in
      let texts = ([sentence(id), timer(id)].filter { !$0.isEmpty }).joined(separator: "; ")
      let wrapped = [Span(texts, Style.plain.changed(if: isNew(id)))].wrapped(width: width - indent)
      return wrapped.enumerated().map { row, spans in
        ViewChangeLine(
          [row == 0 ? head(id) : Span(String(repeating: " ", count: indent))] + spans, .replica(id),
          isFirst: row == 0)
      } + opened(id, width)
    }
    let lines = ids.flatMap { id in
      [line(id, combined(id), isNew: isNew(id))] + opened(id, width)
    }
    // Whoever goes from row to row wants rows.
    guard scene.model.viewChange.item == nil else {
      return ViewChangeSection([long, lines], losses: [0, 3])
    }
    // A replica and its word stay side by side.
    var together: [[Span]] = [[]]
    for id in ids {
      let told = [Span("\(id) ", Style(.label, .bold)), Span(word(id))]
      let line = together[together.count - 1]
      if line.isEmpty || line.columns + 3 + told.columns <= width {
        together[together.count - 1] += (line.isEmpty ? [] : [Span("   ")]) + told
      } else {
        together.append(told)
      }
    }
    return ViewChangeSection(
      [long, lines] + [together.map { ViewChangeLine($0) }].filter { $0.count < lines.count },
      losses: [0, 3, 16])
  }

  /// The standing with the timer, the longest way to say it first.
  private func combined(_ id: ReplicaID) -> [String] {
    let timers = [timer(id), shortTimer(id)]
    let standings = [sentence(id), shortSentence(id)]
    return standings.flatMap { standing in
      timers.map { $0.isEmpty ? standing : "\(standing); \($0)" }
    } + [shortSentence(id), word(id)]
  }

  // MARK: Where it stands

  /// Where it stands, and what it waits for.
  func sentence(_ id: ReplicaID) -> String {
    switch story.standing(of: id, in: world) {
    case .crashed(let since):
      return "is crashed" + (since.map { " since \(scene.time($0)) s" } ?? "")
    case .beyond(let view, let isActive):
      return isActive
        ? "has gone on, and works in view \(view.number)"
        : "has gone on, and asks for view \(view.number)"
    case .works(let since, let leads):
      let when = since.map { " since \(scene.time($0)) s" } ?? ""
      if leads { return "has sent the NEW-VIEW, and leads \(name)\(when)" }
      if let accepted = story.newViews.first(where: { $0.fate(at: id).kind == .counts }) {
        // Whoever does not compute O again may have been told another.
        return Derivation(from: accepted.content.viewChanges, accepted, in: world).isRight
          ? "computed O again from V: the same; works in \(name)\(when)"
          : "believed the NEW-VIEW, for the rule that checks it is off; works in \(name)\(when)"
      }
      return "works in \(name)\(when)"
    case .notAsked(let lower, let isActive, let have, let need):
      let leads = world.settings.primary(of: lower) == id
      let place =
        isActive
        ? "\(leads ? "leads" : "works in") view \(lower.number)"
        : "is still changing to view \(lower.number)"
      let weak = have > 0 ? ", and holds \(have) of the f + 1 = \(need) that it would join" : ""
      return "\(place), has not asked\(weak)"
    case .collects(let have, let need):
      guard have < need else {
        return "holds \(have) of \(need) and sends no NEW-VIEW\(misbehaving(id))"
      }
      return "holds \(have) of 2f + 1 = \(need) VIEW-CHANGEs, and waits for \(missing(id))"
    case .waitsForOthers(let have, let need):
      return "has asked, holds \(have) of 2f + 1 = \(need), and waits for \(missing(id))"
    case .waitsForNewView(let fate): return "has asked, and \(awaiting(fate, id))"
    }
  }

  /// What it made of O, in short.
  private func verdict(_ id: ReplicaID) -> String {
    guard let accepted = story.newViews.first(where: { $0.fate(at: id).kind == .counts }) else {
      return ""
    }
    return Derivation(from: accepted.content.viewChanges, accepted, in: world).isRight
      ? "\(text(glyphs.done)) the same O, " : "\(text(glyphs.refused)) believed a wrong O, "
  }

  private func misbehaving(_ id: ReplicaID) -> String {
    world.misbehaviour(of: id) == nil ? "" : ": it misbehaves"
  }

  /// Whose VIEW-CHANGEs it lacks, and where each is; those that will arrive first.
  private func missing(_ id: ReplicaID) -> String {
    let lacks = story.lacks(id, in: world).map { lack -> (due: Instant?, text: String) in
      if case .onItsWay(let arrives)? = lack.fate?.kind {
        return (arrives, "\(lack.sender)'s (arrives at \(scene.time(arrives)) s)")
      }
      return (nil, "\(lack.sender)'s (\(whereabouts(of: lack.sender, lack.fate)))")
    }
    let coming = lacks.filter { $0.due != nil }.sorted {
      ($0.due ?? .start, $0.text) < ($1.due ?? .start, $1.text)
    }
    return (coming + lacks.filter { $0.due == nil }).map(\.text).joined(separator: " or ")
  }

  /// Why a VIEW-CHANGE is not there, in a word or two.
  private func whereabouts(of sender: ReplicaID, _ fate: Fate?) -> String {
    switch fate?.kind {
    case .held: return "held"
    case .lost: return "lost"
    case .refused: return "refused"
    default:
      let replica = world.replicas[sender.index]
      if world.isCrashed(sender) { return "crashed" }
      if replica.view > view { return "gone on" }
      return replica.view == view ? "not sent to it" : "not asked"
    }
  }

  private func awaiting(_ fate: Fate?, _ id: ReplicaID) -> String {
    switch fate?.kind {
    case .refused(let finding):
      return "has refused the NEW-VIEW at \(scene.time(fate?.time ?? .start)) s: "
        + scene.speaker.sentence(finding)
    case .onItsWay(let arrives):
      return "waits for the NEW-VIEW, which arrives at \(scene.time(arrives)) s"
    case .held: return "waits for the NEW-VIEW, which is held on its way"
    case .lost: return "waits for the NEW-VIEW, of which the copy was lost"
    default:
      if world.isCrashed(primary) {
        return "waits for the NEW-VIEW of \(primary), which is crashed"
      }
      return
        "waits for the NEW-VIEW, which \(primary) has not sent\(story.newViews.isEmpty ? "" : " it")"
    }
  }

  // MARK: Its timer

  private func alarm(_ id: ReplicaID) -> Instant? {
    scene.alarms.first { $0.owner == .replica(id) && $0.name == .viewChange && !$0.isTwin }?.due
  }

  /// When its timer runs out, how long it was set for, and what comes then.
  func timer(_ id: ReplicaID) -> String {
    guard !world.isCrashed(id) else { return "" }
    let own = world.replicas[id.index]
    guard let due = alarm(id) else { return whyNoTimer(own) }
    let until = "until \(scene.time(due)) s"
    let next = "then it asks for view \(own.view.next.number)"
    let doublings = max(own.view.number - own.progressView.number - 1, 0)
    let isOff = world.rulesOff.contains(.backOff)
    let wait =
      isOff || doublings == 0
      ? "T = \(seconds(own.timeout))"
      : "T doubled \(doublings == 1 ? "once" : "\(doublings) times"): \(seconds(own.timeout))"
    let after =
      isOff
      ? own.timeout
      : world.settings.viewChangeTimeout.doubled(own.view.number - own.progressView.number)
    var purpose = "its timer runs"
    if case .request(let request)? = own.viewChangeTimer?.purpose {
      purpose = "it waits for \(request)"
    }
    return "\(purpose) \(until) (\(wait)), \(next) with a wait of \(seconds(after))"
  }

  private func whyNoTimer(_ own: Replica) -> String {
    if !own.isActive { return "until then it has no timer" }
    if own.transfer != nil { return "it fetches a state, and runs no timer" }
    if own.isPrimary { return "a primary runs no timer" }
    return own.waiting.isEmpty ? "no timer: no request waits" : "no timer"
  }

  func shortTimer(_ id: ReplicaID) -> String {
    guard !world.isCrashed(id) else { return "" }
    guard let due = alarm(id) else { return "no timer" }
    let own = world.replicas[id.index]
    if case .request(let request)? = own.viewChangeTimer?.purpose {
      return "it waits for \(request) until \(scene.time(due)) s"
    }
    return "it would ask for view \(own.view.next.number) at \(scene.time(due)) s"
  }

  /// All about its timer, opened.
  private func opened(_ id: ReplicaID, _ width: Int) -> [ViewChangeLine] {
    guard scene.model.viewChange.opened.contains(.replica(id)) else { return [] }
    let own = world.replicas[id.index]
    var texts = [
      "T = \(seconds(world.settings.viewChangeTimeout)); it last executed something new in view "
        + "\(own.progressView.number); each view after the next doubles the wait: "
        + waits(after: own.progressView)
    ]
    if !own.waiting.isEmpty {
      texts.append("waiting there: " + own.waiting.map { "\($0.request)" }.joined(separator: ", "))
    }
    return texts.flatMap { text in
      [Span(text)].wrapped(width: max(width - 7, 10)).map {
        ViewChangeLine([Span("       ")] + $0, .replica(id), isFirst: false)
      }
    }
  }

  /// How long the wait is in each of the views to come.
  private func waits(after view: View) -> String {
    var (next, told): (View, [String]) = (view, [])
    for doublings in 0..<4 {
      next = next.next
      let wait = world.settings.viewChangeTimeout.doubled(doublings)
      told.append("view \(next.number) \(seconds(wait))")
    }
    return told.joined(separator: ", ")
  }

  // MARK: In short

  private func shortSentence(_ id: ReplicaID) -> String {
    switch story.standing(of: id, in: world) {
    case .crashed(let since): "crashed" + (since.map { " at \(scene.time($0)) s" } ?? "")
    case .beyond(let view, let isActive):
      isActive ? "works in view \(view.number)" : "asks for view \(view.number)"
    case .works(let since, let leads):
      (leads ? "leads \(name)" : "\(verdict(id))works in \(name)")
        + (since.map { " since \(scene.time($0)) s" } ?? "")
    case .notAsked(let lower, let isActive, let have, let need):
      "\(isActive ? "in" : "changing to") view \(lower.number), not asked"
        + (have > 0 ? ", holds \(have) of f + 1 = \(need)" : "")
    case .collects(let have, let need): "holds \(have) of \(need)"
    case .waitsForOthers(let have, let need): "has asked, holds \(have) of \(need)"
    case .waitsForNewView(let fate):
      switch fate?.kind {
      case .refused(let finding):
        "\(text(glyphs.refused)) refused the NEW-VIEW: \(finding.rule.name)"
      case .onItsWay(let arrives): "NEW-VIEW arrives at \(scene.time(arrives)) s"
      default: "waits for the NEW-VIEW"
      }
    }
  }

  /// A word or two.
  private func word(_ id: ReplicaID) -> String {
    let timer = alarm(id).map { " T \(scene.time($0))" } ?? ""
    switch story.standing(of: id, in: world) {
    case .crashed: return "crashed"
    case .beyond(let view, _): return "\(view)\(timer)"
    case .works(_, let leads): return (leads ? "leads" : text(glyphs.done)) + timer
    case .notAsked(let lower, _, _, _): return "\(lower)\(timer)"
    case .collects(let have, let need), .waitsForOthers(let have, let need):
      return "\(have)/\(need)\(timer)"
    case .waitsForNewView(let fate):
      switch fate?.kind {
      case .refused: return "\(text(glyphs.refused)) NV\(timer)"
      case .onItsWay(let arrives):
        return "NV \(text(glyphs.inFlight)) \(scene.time(arrives))\(timer)"
      default: return "no NV\(timer)"
      }
    }
  }
}
