public import PBFT

extension MisconductKind {
  /// What keeps this replica from ever doing it, or nil.
  ///
  /// A backup leads a later view: that is no obstacle, and `delay(for:in:)` says it.
  public func obstacle(for replica: ReplicaID, in world: World) -> Refusal? {
    if world.isCrashed(replica) {
      return Refusal("\(replica) is crashed and can do nothing", help: "`restart \(replica)` first")
    }
    if world.misbehaviours(of: replica).contains(where: { $0.order == .silence }) {
      return Refusal(
        "\(replica) is silent and sends nothing that could be wrong",
        help: "`honest \(replica)` first")
    }
    return nil
  }

  /// Why it does not do it at once, and from when on it will; nil when it can begin now.
  public func delay(for replica: ReplicaID, in world: World) -> String? {
    let own = world.replicas[replica.index]
    switch role {
    case .primary where !own.isPrimary:
      return "\(replica) is a backup of view \(own.view.number): it begins when \(replica) leads, "
        + "in view \(own.nextLed.number)"
    case .newPrimary where !(own.isPrimary && !own.isActive):
      return "it begins when \(replica) becomes the primary of a new view, "
        + "view \(own.nextLed.number) at the earliest"
    case .replica where self == .usurp && own.isPrimary:
      return "\(replica) leads view \(own.view.number): it begins when \(replica) is a backup again"
    default: return nil
    }
  }
}

extension Replica {
  /// The first view from this one on that it leads; each replica leads one in every n views.
  fileprivate func nextLed(from first: View) -> View {
    var view = first
    while settings.primary(of: view) != id, view < view.next { view = view.next }
    return view
  }

  /// The next view after its own that it will lead.
  var nextLed: View {
    nextLed(from: view.next)
  }
}

extension Misconduct {
  /// Why a replica could never do this, or nil: the obstacles of the kind, and those of its parameter and
  /// target.
  func obstacle(for replica: ReplicaID, in world: World) -> Refusal? {
    if let refusal = kind.obstacle(for: replica, in: world) { return refusal }
    let own = world.replicas[replica.index]
    if let refusal = parameterObstacle(for: own) { return refusal }
    if let views = target.views, let refusal = obstacle(own, views) { return refusal }
    if let numbers = target.numbers {
      guard concernsNumbers else {
        return Refusal(
          "\(kind.word) is about messages without a sequence number", help: "leave `n …` out")
      }
      if numbers.upperBound <= own.low {
        return Refusal(
          "n\(numbers.upperBound.number) is at or below h = \(own.low.number): nothing more is said "
            + "about it", help: "\(own.low.next) is the next number")
      }
    }
    if let recipients = target.recipients, !recipients.contains(where: reaches) {
      return Refusal(
        "\(recipients[0]) gets none of the messages that \(kind.word) is about",
        help: isForClients ? "name a client" : "name a replica")
    }
    return nil
  }

  private func parameterObstacle(for own: Replica) -> Refusal? {
    switch (kind, parameter) {
    case (.askForView, .view(let view)) where view <= own.view:
      Refusal(
        "\(own.id) is in view \(own.view.number): nobody listens to a VIEW-CHANGE for view "
          + "\(view.number)", help: "ask for view \(own.view.next.number) or a higher one")
    case (.forgeSender, .replica(own.id)):
      Refusal("\(own.id) in its own name is no forgery", help: "name another replica")
    case (.slow, .time(let pause)) where pause > .seconds(3_600):
      Refusal("a pause of more than an hour", help: "`withhold PRE-PREPARE` keeps them for ever")
    case (.repeatVotes, .count(let count)) where !MisconductKind.counts.contains(count):
      Refusal("\(count) times is no repetition", help: kind.parameterHelp)
    default: nil
    }
  }

  /// Nothing in these views can be touched: they are over, or the replica never has this role in them.
  private func obstacle(_ own: Replica, _ views: ClosedRange<View>) -> Refusal? {
    if kind == .askForView {
      guard case .view(let view) = parameter, !views.contains(view) else { return nil }
      return Refusal("view \(view.number) is not among the views named", help: "leave `v …` out")
    }
    guard views.upperBound >= own.view else {
      return Refusal(
        "\(own.id) is in view \(own.view.number), and views never go back",
        help: "view \(own.view.number) or a higher one can be named")
    }
    let current = own.isPrimary ? own.view : own.nextLed
    let led =
      kind.role == .newPrimary && (own.isActive || current == View(0))
      ? own.nextLed : current
    guard kind.role != .replica, kind != .wrongView,
      max(led, views.lowerBound) > views.upperBound
        || !own.leads(max(own.view, views.lowerBound)...views.upperBound, from: led)
    else { return nil }
    return Refusal(
      "\(own.id) leads none of the views named: only a primary can do this",
      help: "\(own.id) leads view \(led.number)")
  }

  /// Whether what it changes carries a sequence number.
  private var concernsNumbers: Bool {
    switch (kind, parameter) {
    case (.withhold, .message(let kind)):
      switch kind {
      case .prePrepare, .prepare, .commit, .checkpoint, .fetch, .data: true
      case .request, .reply, .viewChange, .newView, .status: false
      }
    case (.lieToClients, _), (.askForView, _), (.hideProofs, _), (.inventProofs, _), (.twoFaced, _),
      (.omitInNewView, _), (.twoNewViews, _), (.thinNewView, _), (.byHand, _):
      false
    default: true
    }
  }

  private var isForClients: Bool {
    kind == .lieToClients || (kind == .withhold && parameter == .message(.reply))
  }

  private func reaches(_ recipient: Principal) -> Bool {
    switch recipient {
    case .client: isForClients || kind == .forgeSender
    case .replica: !isForClients
    }
  }
}

extension Replica {
  /// Whether it leads one of these views, when it leads this one of its own or a later.
  fileprivate func leads(_ views: ClosedRange<View>, from led: View) -> Bool {
    views.contains(nextLed(from: max(led, views.lowerBound)))
  }
}
