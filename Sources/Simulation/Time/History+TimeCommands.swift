internal import PBFT

/// The verbs that move along a history.
extension History {
  /// Carries out what concerns the history itself.
  ///
  /// - Throws: `Refusal`; the present moment is then as it was, except where `step 12` came to the end of what
  ///   can happen.
  public mutating func perform(_ command: TimeCommand) throws(Refusal) {
    stoppedAt = nil
    switch command {
    case .forward(let count): try forward(count)
    case .back(let count): try back(count)
    case .backFor(let duration): try back(duration)
    case .backUntil(let condition): try back(until: condition)
    case .next(let landmark): try next(landmark)
    case .previous(let landmark): try previous(landmark)
    case .goTo(let step, let name): try go(step, name)
    case .name(let name): try rename(name)
    case .note(let text): try setNote(text)
    case .breakAt(let condition):
      try world.resolve(condition)
      if !breakpoints.contains(condition) { breakpoints.append(condition) }
    case .breakOff(let condition): try removeBreakpoint(condition)
    case .forget(let name): try forget(name)
    }
  }

  // MARK: Steps and time

  private mutating func forward(_ count: Int) throws(Refusal) {
    for _ in 0..<count { try advance() }
    stoppedAt = nil
  }

  /// One event forward: what is known already, or something new.
  ///
  /// Returns what happened.
  /// - Throws: `Refusal` when nothing more happens by itself, or the history is full.
  @discardableResult
  public mutating func advance() throws(Refusal) -> [Happening] {
    var watch = Watch(breakpoints, world)
    let happenings = step < end ? replayOne() : try perform(.step)
    stoppedAt = watch.becomesTrue(in: world)
    return happenings
  }

  private mutating func back(_ count: Int) throws(Refusal) {
    try checkPast()
    guard count <= step else {
      throw Refusal("there are only \(step) steps before this one", help: "`goto 0` is the start")
    }
    seek(step - count)
  }

  private func checkPast() throws(Refusal) {
    if step == 0 { throw Refusal("this is the start; nothing was before") }
  }

  private mutating func back(_ duration: Duration) throws(Refusal) {
    try checkPast()
    let target = Instant(microseconds: max(0, world.now.microseconds - duration.microseconds))
    // Where time passed without an event, one step is more than was asked for; none would be less.
    runBack(to: min(latestStep(notAfter: target), step - 1))
  }

  /// Back to a step, or to the last moment from there on at which a breakpoint became true.
  private mutating func runBack(to target: Int) {
    let breaking = latestMoment(becoming: breakpoints, before: step, from: target)
    seek(breaking?.step ?? target)
    stoppedAt = breaking?.condition
  }

  /// The last step of this line at or before an instant.
  private func latestStep(notAfter instant: Instant) -> Int {
    var (low, high) = (0, step)
    // Time never goes back, so the step can be searched for by halves.
    while high - low > Self.stride {
      let middle = (low + high) / 2
      if world(at: middle).now <= instant { low = middle } else { high = middle }
    }
    var found = low
    _ = walk(from: low, to: high) { world, _ in
      if world.step > found, world.now <= instant { found = world.step }
    }
    return found
  }

  // MARK: Conditions

  private mutating func back(until condition: Condition) throws(Refusal) {
    try checkPast()
    try world.resolve(condition)
    let found = latestMoment(becoming: [condition], before: step)?.step
    // A breakpoint on the way is stopped at even if the condition lies nowhere behind it, as on the way on.
    guard let target = found ?? latestMoment(becoming: breakpoints, before: step)?.step else {
      throw Refusal("it did not become true before step \(step)")
    }
    runBack(to: target)
  }

  /// The latest moment before a step of this line, and not before another, at which one of these became true:
  /// it is true there, and was not one step before; or it is true at the beginning.
  public func latestMoment(
    becoming conditions: [Condition], before limit: Int, from earliest: Int = 0
  ) -> (step: Int, condition: Condition)? {
    guard !conditions.isEmpty, limit > 0 else { return nil }
    // From snapshot to snapshot, the last stretch first.
    var last = limit - 1
    while true {
      let first = max(0, (last - 1) / Self.stride * Self.stride)
      var found: (step: Int, condition: Condition)?
      let start = world(at: first)
      if first == 0, let condition = conditions.first(where: start.holds) { found = (0, condition) }
      var watch = Watch(conditions, start)
      _ = walk(from: first, to: last) { world, _ in
        guard world.step > first else { return }
        if let condition = watch.becomesTrue(in: world) { found = (world.step, condition) }
      }
      if let found { return found.step < earliest ? nil : found }
      if first <= earliest { return nil }
      last = first
    }
  }

  // MARK: Landmarks

  private mutating func next(_ landmark: Landmark) throws(Refusal) {
    try check(landmark)
    if let known = (step..<end).first(where: { isLandmark(landmark, at: $0 + 1) }) {
      seek(known + 1)
      return
    }
    // Only a person makes these: whatever happened from here on, none of them would come of it.
    if landmark == .note || landmark == .fault {
      throw Refusal(
        "no such moment follows up to step \(end)",
        help: landmark == .note ? "`note` attaches one" : "`crash R2` makes one, for example")
    }
    let start = step
    do throws(Refusal) {
      try lookAhead(for: landmark)
    } catch {
      // What has happened meanwhile is known now, but nobody is led away for nothing.
      seek(start)
      throw error
    }
  }

  /// Goes on from the end until there is such a moment.
  private mutating func lookAhead(for landmark: Landmark) throws(Refusal) {
    seek(end)
    for _ in 0..<TimeCommand.farthest {
      guard world.nextDue != nil else {
        throw Refusal(
          "no such moment follows: after step \(step) nothing more happens by itself",
          help: "a new request makes something happen")
      }
      try advance()
      stoppedAt = nil
      if isLandmark(landmark, at: step) { return }
    }
    throw Refusal("no such moment within \(TimeCommand.farthest) events")
  }

  private mutating func previous(_ landmark: Landmark) throws(Refusal) {
    try checkPast()
    try check(landmark)
    guard
      let known = (0..<step).last(where: { $0 > 0 && isLandmark(landmark, at: $0) })
    else { throw Refusal("no such moment was before step \(step)") }
    seek(known)
  }

  private func check(_ landmark: Landmark) throws(Refusal) {
    if case .at(let replica) = landmark { try world.check(.replica(replica)) }
  }

  private func isLandmark(_ landmark: Landmark, at step: Int) -> Bool {
    landmark == .note ? note(at: step) != nil : marks(of: step).isLandmark(landmark)
  }

  // MARK: Anywhere

  private mutating func go(_ step: Int?, _ name: String?) throws(Refusal) {
    let target = try name.map { name throws(Refusal) in try known(name) } ?? branch
    if let step, step > branches[target].end {
      throw Refusal(
        "\(branches[target].name) ends at step \(branches[target].end)",
        help: "`step` goes on from there")
    }
    if target == branch { seek(step ?? end) } else { go(to: target, step: step) }
  }

  /// The branch with this name, which must be there.
  func known(_ name: String) throws(Refusal) -> Int {
    if let index = index(named: name) { return index }
    throw Refusal(
      "there is no branch \(name)",
      help: "there are " + branches.prefix(8).map(\.name).joined(separator: ", "))
  }
}
