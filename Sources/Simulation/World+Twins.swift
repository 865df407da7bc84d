public import PBFT

/// Replicas that run as two copies.
extension World {
  /// The second copy of a replica, while it has one.
  public func twin(of replica: ReplicaID) -> Replica? { twins[replica.index]?.replica }

  func checkTwin(_ replica: ReplicaID, _ groups: [[Principal]]) throws(Refusal) {
    try check(.replica(replica))
    guard !isCrashed(replica) else {
      throw Refusal(
        "\(replica) is crashed: there is nothing to make a second copy of",
        help: "`restart \(replica)` first")
    }
    guard twins[replica.index] == nil else {
      throw Refusal(
        "\(replica) runs as two copies already", help: "`honest \(replica)` ends the second")
    }
    guard groups.isEmpty || (groups.count == 2 && groups.allSatisfy { !$0.isEmpty }) else {
      throw Refusal(
        "there are two copies, and \(groups.count(where: { !$0.isEmpty })) groups to talk to",
        help: "write `twin R3 R1 alice | R0 R2`, or `twin R3` for both with everybody")
    }
    var seen: [Principal] = []
    for member in groups.joined() {
      try check(member)
      guard member != .replica(replica) else {
        throw Refusal("\(replica) does not talk to itself", help: "name the others")
      }
      guard !seen.contains(member) else {
        throw Refusal("\(member) is in two groups", help: "who is in none talks to both copies")
      }
      seen.append(member)
    }
  }

  /// From here on there are two of it, equal at this moment in everything, their timers too.
  ///
  /// What is on its way already reaches the first.
  mutating func makeTwin(_ replica: ReplicaID, _ groups: [[Principal]]) {
    judge.condemn(replica)
    twins[replica.index] = Twin(
      replica: replicas[replica.index], first: groups.first ?? [], second: groups.last ?? [])
    hasTwins = true
    for alarm in alarms where alarm.owner == .replica(replica) && !alarm.isTwin {
      var copy = alarm
      copy.isTwin = true
      agenda.set(twinTimer(replica, alarm.name), .alarm(copy), due: alarm.due)
    }
  }

  /// The second copy stops, and what is on its way to it is lost.
  mutating func endTwin(_ replica: ReplicaID, _ happenings: inout [Happening]) {
    guard twins[replica.index] != nil else { return }
    for name in TimerName.allCases { agenda.cancel(twinTimer(replica, name)) }
    for (place, pending) in agenda.all {
      guard case .delivery(let envelope) = pending, envelope.toTwin,
        envelope.to == .replica(replica)
      else { continue }
      agenda.removeMessage(at: place)
      happened(
        .drop(
          id: envelope.id, envelope.message, from: envelope.from, to: envelope.to, .stopped),
        &happenings)
    }
    twins[replica.index] = nil
    hasTwins = twins.contains { $0 != nil }
  }

  /// The place of a second copy's timer in the agenda, after that of the load.
  func twinTimer(_ replica: ReplicaID, _ name: TimerName) -> Int {
    loadTimer + 1 + replica.index * TimerName.count + Int(name.rawValue)
  }

  /// The copy whose effects are being carried out.
  func acting(_ replica: ReplicaID) -> Replica {
    actsAsTwin ? twins[replica.index]?.replica ?? replicas[replica.index] : replicas[replica.index]
  }

  /// Whether the copy that sends now talks to this principal at all.
  func isHeard(_ from: Principal, by to: Principal) -> Bool {
    guard case .replica(let replica) = from, let twin = twins[replica.index] else { return true }
    return twin.talks(to, toSecond: actsAsTwin)
  }

  /// The copies of the recipient that the sender talks to: not the second, and the second.
  func copies(of to: Principal, hearing from: Principal) -> [Bool] {
    guard case .replica(let replica) = to, let twin = twins[replica.index] else { return [false] }
    return [false, true].filter { twin.talks(from, toSecond: $0) }
  }

  /// A message arrives at the second copy.
  mutating func deliverToTwin(
    _ envelope: Envelope, _ replica: ReplicaID, _ happenings: inout [Happening]
  ) {
    var effects = takeScratch()
    guard
      let finding = twins[replica.index]?.replica.receive(
        envelope.message, over: envelope.from, into: &effects)
    else { preconditionFailure("a copy for a twin of \(replica) outlived it") }
    actsAsTwin = true
    happened(
      .receive(id: envelope.id, envelope.message, from: envelope.from, to: envelope.to, finding),
      &happenings)
    if observation.contains(.happenings) { arrived.keep(envelope) }
    carryOut(&effects, of: envelope.to, &happenings)
    actsAsTwin = false
  }

  /// A timer of the second copy runs out.
  mutating func fireTwin(_ replica: ReplicaID, _ alarm: Alarm, _ happenings: inout [Happening]) {
    var effects = takeScratch()
    actsAsTwin = true
    happened(.timerFired(alarm.owner, alarm.name), &happenings)
    twins[replica.index]?.replica.step(.timer(alarm.name, token: alarm.token), into: &effects)
    carryOut(&effects, of: alarm.owner, &happenings)
    actsAsTwin = false
  }
}
