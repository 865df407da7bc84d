internal import PBFT

/// One message, followed through the whole history.
///
/// The copies of messages are numbered upwards along a line, so that the step at which one was sent is found
/// by halving between the snapshots; from there on only those parts are gone through in which something can
/// have happened to it.
extension History {
  /// How many parts of a stride are gone through at most after that of the sending: about 10 ms with it.
  private static let mostWalks = 4

  /// The step of the present line at which a copy left, be it after the present moment.
  ///
  /// Nil if no such copy is known.
  public func stepOfSending(_ id: Int) -> Int? { leaving(id)?.step }

  /// The message that a copy belongs to, with all its copies, as far as they have come by now.
  ///
  /// Nil if the copy has not been sent.
  public func sending(of id: Int) -> Sending? {
    var id = id
    guard id <= world.copiesSent else { return nil }
    while let found = leaving(id), found.step <= step {
      if let original = found.of {
        id = original
        continue
      }
      guard var follower = Follower(id, found.happenings) else { return nil }
      follow(&follower, found.following)
      return follower.sending
    }
    return nil
  }

  /// Where a copy left.
  private struct Leaving {
    let step: Int
    /// The copy that it was made of, if it is a second one.
    let of: Int?
    /// All that happened at that step.
    let happenings: [Happening]
    /// What happened at the next steps, as far as it is at hand.
    var following: [[Happening]] = []

    init?(_ id: Int, in happenings: [Happening]) {
      // What is kept back by hand had been sent before.
      if case .command(.alter(_, .withheld))? = happenings.first?.kind { return nil }
      for happening in happenings {
        if let leaving = happening.kind.leaving, leaving.id == id {
          (step, of) = (happening.step, leaving.of)
          self.happenings = happenings
          return
        }
      }
      return nil
    }
  }

  private func leaving(_ id: Int) -> Leaving? {
    for index in recent.indices.reversed() {
      if var found = Leaving(id, in: recent[index]) {
        found.following = Array(recent[(index + 1)...])
        return found
      }
    }
    // The last snapshot before it was sent.
    var (low, high) = (0, end / Self.stride)
    guard id > 0 else { return nil }
    while low < high {
      let middle = (low + high + 1) / 2
      if snapshot(atOrBefore: middle * Self.stride).copiesSent < id {
        low = middle
      } else {
        high = middle - 1
      }
    }
    var found: Leaving?
    let first = low * Self.stride + 1
    visit(first...max(first, min(first - 1 + Self.stride, end))) {
      if found == nil { found = Leaving(id, in: $0) } else { found?.following.append($0) }
    }
    return found
  }

  private func follow(_ follower: inout Follower, _ following: [[Happening]]) {
    let line = line(of: branch)
    var (next, walks) = (follower.sending.step + 1, 0)
    for those in following where next <= step {
      follower.take(those)
      next += 1
    }
    while next <= step {
      let isAtHand = next >= recentStart
      let last =
        isAtHand ? step : min((next - 1) / Self.stride * Self.stride + Self.stride, step)
      if isAtHand || concerns(next...last, line, follower) {
        guard isAtHand || walks < Self.mostWalks else { break }
        walks += 1
        visit(next...last) { follower.take($0) }
      }
      next = last + 1
    }
    follower.sending.followed = max(next - 1, follower.sending.step)
  }

  /// Whether something can have happened to the copies at some steps, up to the next snapshot or the present.
  private func concerns(
    _ steps: ClosedRange<Int>, _ line: [Stretch], _ follower: Follower
  ) -> Bool {
    let copies = follower.sending.copies
    if follower.waits, marks(in: steps, along: line).contains(.viewChange) { return true }
    let pending = copies.filter(\.isOnItsWay)
    if !pending.isEmpty {
      let last = steps.upperBound
      let inFlight = (last == step ? world : snapshot(atOrBefore: last)).inFlight
      for copy in pending {
        guard let there = inFlight.first(where: { $0.id == copy.id }) else { return true }
        let fate = there.due.map { SentCopy.Fate.onItsWay(arrives: $0) } ?? .held
        if fate != copy.fate || there.message != copy.message { return true }
      }
    }
    return line.contains { stretch in
      let first = max(steps.lowerBound, stretch.first)
      let last = min(steps.upperBound, stretch.last)
      guard first <= last else { return false }
      let actions = branches[stretch.branch].actions
      return (first...last).contains {
        if case .command(let command) = actions[$0 - stretch.first] {
          follower.isMeant(by: command)
        } else {
          false
        }
      }
    }
  }
}

extension World {
  /// How many copies of messages have been sent; the last has this number.
  public var copiesSent: Int { lastMessageID }
}

/// Follows the copies of one message from step to step.
private struct Follower {
  var sending: Sending
  /// The place of each copy.
  private var places: [Int: Int] = [:]
  /// Some copy is kept for a view that its recipient has not entered yet.
  private(set) var waits = false
  private var views: [(place: Int, view: View)] = []

  /// The copies that left together with one of them: at its step, from its sender, one after the other.
  ///
  /// What leaves a faulty sender need not say the same to all.
  init?(_ id: Int, _ happenings: [Happening]) {
    let leaving = happenings.compactMap(\.kind.leaving)
    guard let one = leaving.first(where: { $0.id == id }), let first = happenings.first else {
      return nil
    }
    let mine = leaving.filter { $0.from == one.from && $0.of == nil }
    guard let place = mine.firstIndex(where: { $0.id == id }) else { return nil }
    var range = place...place
    func joins(_ before: Int, _ after: Int) -> Bool {
      mine.indices.contains(before) && mine.indices.contains(after)
        && Self.belongTogether(
          (mine[before].message, mine[before].to), (mine[after].message, mine[after].to))
    }
    while joins(range.lowerBound - 1, range.lowerBound) {
      range = (range.lowerBound - 1)...range.upperBound
    }
    while joins(range.upperBound, range.upperBound + 1) {
      range = range.lowerBound...(range.upperBound + 1)
    }
    let copies = mine[range].map {
      SentCopy(id: $0.id, to: $0.to, original: nil, sent: $0.message, happenings: [])
    }
    sending = Sending(
      from: one.from, step: first.step, time: first.time, copies: copies, followed: first.step)
    for (place, copy) in copies.enumerated() { places[copy.id] = place }
    take(happenings)
  }

  /// Whether what left after something else belongs to the same message: a multicast goes to the recipients in
  /// their order, and to none of them twice unless the second is about the same.
  private static func belongTogether(
    _ one: (message: Message, to: Principal), _ other: (message: Message, to: Principal)
  ) -> Bool {
    guard one.message.kind == other.message.kind, order(one.to) <= order(other.to) else {
      return false
    }
    if one.message == other.message { return true }
    switch (one.message, other.message) {
    case (.request(let one), .request(let other)):
      return one.client == other.client && one.timestamp == other.timestamp
    case (.reply(let one), .reply(let other)):
      return one.client == other.client && one.timestamp == other.timestamp
    case (.fetch, _), (.data, _): return false
    default: return one.to != other.to || one.message.sequence == other.message.sequence
    }
  }

  private static func order(_ principal: Principal) -> (Int, Int) {
    switch principal {
    case .replica(let replica): (0, replica.index)
    case .client(let client): (1, client.index)
    }
  }

  /// All that happened at one step.
  mutating func take(_ happenings: [Happening]) {
    for happening in happenings {
      let kind = happening.kind.ofEither
      if case .duplicate(let id, let original, let message, _, let to, _) = kind {
        guard let place = places[original] else { continue }
        sending.copies[place].happenings.append(happening)
        places[id] = sending.copies.count
        sending.copies.append(
          SentCopy(id: id, to: to, original: original, sent: message, happenings: [happening]))
      } else if let copy = kind.copy, let place = places[copy.id] {
        sending.copies[place].happenings.append(happening)
        if let view = sending.copies[place].viewToWaitFor { views.append((place, view)) }
      } else if !views.isEmpty, case .judgedLater(let replica, let message, _) = kind {
        for (place, _) in views {
          let copy = sending.copies[place]
          let isTwin = if case .ofTwin = happening.kind { true } else { false }
          if copy.to == .replica(replica), copy.message == message, copy.judgedLater == nil,
            copy.wentToTwin == isTwin
          {
            sending.copies[place].happenings.append(happening)
          }
        }
      }
    }
    if !views.isEmpty { forgetEntered(happenings) }
    waits = !views.isEmpty
  }

  /// What was kept for a view that has been entered since is judged there, or never.
  private mutating func forgetEntered(_ happenings: [Happening]) {
    for happening in happenings {
      guard case .view(let replica, let view, active: true, _) = happening.kind.ofEither else {
        continue
      }
      let isTwin = if case .ofTwin = happening.kind { true } else { false }
      views.removeAll { place, wanted in
        let copy = sending.copies[place]
        return copy.to == .replica(replica) && wanted <= view && copy.wentToTwin == isTwin
      }
    }
  }

  /// Whether a command can have been about one of the copies.
  func isMeant(by command: Command) -> Bool {
    switch command {
    case .deliver(let name), .drop(let name), .duplicate(let name), .hold(let name),
      .release(let name), .alter(let name, _):
      switch name {
      case .number(let id): places[id] != nil
      case .described(let kind, let from, _, _, _):
        from == sending.from && kind == sending.copies.first?.sent.kind
      }
    default: false
    }
  }
}
