internal import PBFT

/// Events: what is pending happens, and its effects are carried out.
extension World {
  /// The next event happens.
  ///
  /// Returns false when nothing is pending.
  mutating func happenNext(_ happenings: inout [Happening]) -> Bool {
    guard let (due, place) = agenda.next() else { return false }
    now = max(now, due)
    step += 1
    if agenda.isMessage(place) {
      deliver(agenda.takeNextMessage(at: place), &happenings)
    } else {
      happen(agenda.takeNextTimer(at: place), &happenings)
    }
    return true
  }

  /// Something pending, already taken out of the agenda, happens now.
  mutating func happen(_ pending: Upcoming?, _ happenings: inout [Happening]) {
    switch pending {
    case .delivery(let envelope): deliver(envelope, &happenings)
    case .alarm(let alarm):
      if alarm.isTwin, case .replica(let replica) = alarm.owner {
        return fireTwin(replica, alarm, &happenings)
      }
      fire(alarm.owner, alarm.name, token: alarm.token, &happenings)
    case .load: loadNext(&happenings)
    case nil: break
    }
  }

  mutating func deliver(_ envelope: Envelope, _ happenings: inout [Happening]) {
    if case .replica(let replica) = envelope.to, crashed[replica.index] {
      happened(
        .drop(
          id: envelope.id, envelope.message, from: envelope.from, to: envelope.to, .crashed),
        &happenings)
      return
    }
    if envelope.toTwin, case .replica(let replica) = envelope.to {
      return deliverToTwin(envelope, replica, &happenings)
    }
    var effects = takeScratch()
    let finding: Finding
    var low = SequenceNumber.zero
    switch envelope.to {
    case .replica(let replica):
      low = replicas[replica.index].low
      finding = replicas[replica.index].receive(
        envelope.message, over: envelope.from, into: &effects)
    case .client(let client):
      finding = clients[client.index].receive(envelope.message, into: &effects)
    }
    if observation.contains(.happenings) {
      happened(
        .receive(
          id: envelope.id, envelope.message, from: envelope.from, to: envelope.to, finding),
        &happenings)
      arrived.keep(envelope)
      if finding.verdict == .refused, case .replica(let replica) = envelope.to {
        refusedRules[replica.index].insert(finding.rule)
      }
    }
    if observation.contains(.invariants), case .replica(let replica) = envelope.to {
      judgeWindow(envelope.message, finding, above: low, replica, &happenings)
    }
    carryOut(&effects, of: envelope.to, &happenings)
    if villains != 0, case .replica(let replica) = envelope.to, misbehaves(replica) {
      answerAsVillain(to: envelope.message, replica, &happenings)
    }
  }

  /// A message of the three phases that has been taken in lies within the watermarks: above the h of
  /// before, since h may have moved by it, and not above H.
  @inline(__always)
  private mutating func judgeWindow(
    _ message: Message, _ finding: Finding, above low: SequenceNumber, _ replica: ReplicaID,
    _ happenings: inout [Happening]
  ) {
    let n: SequenceNumber
    let view: View
    switch message {
    case .prepare(let prepare): (n, view) = (prepare.sequence, prepare.view)
    case .commit(let commit): (n, view) = (commit.sequence, commit.view)
    case .prePrepare(let prePrepare, _): (n, view) = (prePrepare.sequence, prePrepare.view)
    default: return
    }
    // What is kept for a view to come is judged there.
    if finding.verdict == .refused || finding.rule == .higherViewKept { return }
    let high = replicas[replica.index].high
    tell(judge.uses(n, low, high, view, replica), &happenings)
  }

  mutating func fire(
    _ owner: Principal, _ name: TimerName, token: Int, _ happenings: inout [Happening]
  ) {
    happened(.timerFired(owner, name), &happenings)
    var effects = takeScratch()
    switch owner {
    case .replica(let replica):
      replicas[replica.index].step(.timer(name, token: token), into: &effects)
    case .client(let client):
      clients[client.index].step(.timer(name, token: token), into: &effects)
    }
    carryOut(&effects, of: owner, &happenings)
  }

  /// An empty list of effects that keeps its memory from event to event.
  mutating func takeScratch() -> [Effect] {
    var effects: [Effect] = []
    swap(&effects, &scratch)
    return effects
  }

  /// Carries out what a principal has answered, then what the adversary in it adds.
  mutating func carryOut(
    _ effects: inout [Effect], of owner: Principal, _ happenings: inout [Happening]
  ) {
    for index in effects.indices { carryOut(effects, index, of: owner, &happenings) }
    if !effects.isEmpty { effects.removeAll(keepingCapacity: true) }
    swap(&effects, &scratch)
    if villains != 0, !actsAsTwin, case .replica(let replica) = owner, misbehaves(replica) {
      sendOwnMessages(of: replica, &happenings)
    }
  }

  /// Carries out one of the effects.
  ///
  /// It is read where it lies: only what is acted on is copied.
  private mutating func carryOut(
    _ effects: [Effect], _ index: Int, of owner: Principal, _ happenings: inout [Happening]
  ) {
    switch effects[index] {
    case .judged: break
    case .broadcast(let message):
      judgeWord(message, of: owner, &happenings)
      let own = if case .replica(let replica) = owner { replica.index } else { -1 }
      for index in replicas.indices where index != own {
        send(message, from: owner, to: .replica(ReplicaID(index)), &happenings)
      }
      if case .checkpoint(let checkpoint) = message, observation.contains(.invariants) {
        tell(
          judge.took(checkpoint.sequence, checkpoint.digest, checkpoint.replica), &happenings)
      }
    case .send(let message, let to):
      judgeWord(message, of: owner, &happenings)
      send(message, from: owner, to: to, &happenings)
    case .write(let record):
      if case .replica(let replica) = owner { write(record, by: replica, &happenings) }
    case .setTimer(let name, let token, let duration):
      setAlarm(owner, name, token: token, after: duration, &happenings)
    case .stopTimer(let name):
      agenda.cancel(timer(owner, name))
      happened(.timerStopped(owner, name), &happenings)
    case .held(let finding):
      happened(.rule(owner, finding), &happenings)
    case .accepted(let timestamp, let result, let replicas):
      guard case .client(let client) = owner else { return }
      if observation.contains(.memory) { acceptedResults[client.index].append(result) }
      happened(.accept(client, timestamp, result: result, from: replicas), &happenings)
      if observation.contains(.invariants) {
        tell(judge.accepted(timestamp, result, client), &happenings)
      }
    case .requested(let request):
      if observation.contains(.memory) { requests[request.client.index].append(request) }
      if observation.contains(.invariants) { judge.requested(request) }
      happened(.request(request), &happenings)
    case .judgedLater, .phase, .executed, .executedBatch, .stable, .transferred, .enteredView,
      .changingView:
      // Nobody asks for these unless something is observed.
      guard !observation.isEmpty, case .replica(let replica) = owner else { return }
      note(effects, index, of: replica, &happenings)
    }
  }

  /// What a replica tells of itself: noted, and judged.
  private mutating func note(
    _ effects: [Effect], _ index: Int, of replica: ReplicaID, _ happenings: inout [Happening]
  ) {
    var violations: [Violation] = []
    // A second copy is no replica of its own, and the judge never hears it.
    let judges = observation.contains(.invariants) && !actsAsTwin
    switch effects[index] {
    case .judgedLater(let message, let finding):
      if finding.verdict == .refused, !actsAsTwin {
        refusedRules[replica.index].insert(finding.rule)
      }
      happened(.judgedLater(replica, message, finding), &happenings)
      // How far h was then is not known any more.
      if judges { judgeWindow(message, finding, above: .zero, replica, &happenings) }
    case .phase(let phase, let view, let n, let digest, let finding):
      happened(.phase(replica, phase, view, n, digest, finding), &happenings)
      if judges { violations = judge.reached(phase, view, n, digest, replica) }
    case .executed(let n, let index, let request, let result, let skipped):
      happened(
        .execute(replica, n, index: index, request, result: result, skipped: skipped),
        &happenings)
      if judges, !skipped { violations = judge.executed(n, index, request, result, replica) }
    case .executedBatch(let n, let digest):
      happened(.executedBatch(replica, n, digest), &happenings)
      if judges {
        violations = judge.executed(n, digest, replica)
        let (high, view) = (replicas[replica.index].high, replicas[replica.index].view)
        violations += judge.uses(n, .zero, high, view, replica)
      }
    case .stable(let n, let digest):
      let own = acting(replica)
      happened(.stable(replica, n, digest, low: own.low, high: own.high), &happenings)
      if judges { forget() }
    case .transferred(let n, let digest):
      happened(.transfer(replica, n, digest), &happenings)
    case .enteredView(let view, let selection):
      happened(.view(replica, view, active: true, selection), &happenings)
      if judges { violations = judge.entered(view, selection, replica) }
    case .changingView(let view):
      happened(.view(replica, view, active: false, nil), &happenings)
    default: break
    }
    tell(violations, &happenings)
  }

  /// Mutating, though it changes nothing: a world that is only read would be copied before the judge is asked.
  @inline(__always)
  private mutating func tell(_ violations: [Violation], _ happenings: inout [Happening]) {
    if violations.isEmpty { return }
    for violation in violations { happened(.violation(violation), &happenings) }
  }

  /// The judge may forget a number once every correct replica's h has passed it.
  private mutating func forget() {
    guard !observation.contains(.memory) else { return }
    var low = Int.max
    for replica in replicas where !isFaulty(replica.id) { low = min(low, replica.low.number) }
    if low < .max { judge.forget(upTo: low) }
  }

  // MARK: Timers

  /// The place of a principal's timer in the agenda.
  func timer(_ owner: Principal, _ name: TimerName) -> Int {
    if actsAsTwin, case .replica(let replica) = owner { return twinTimer(replica, name) }
    return links.index(of: owner) * TimerName.count + Int(name.rawValue)
  }

  /// The place of the timer of the load, after all others.
  var loadTimer: Int { (replicas.count + clients.count) * TimerName.count }

  private mutating func setAlarm(
    _ owner: Principal, _ name: TimerName, token: Int, after duration: Duration,
    _ happenings: inout [Happening]
  ) {
    var duration = duration
    if case .client(let client) = owner, let misconduct = misconducts[client.index] {
      duration = misconduct.patience(duration)
    }
    // The world adds the random part, 0 to 5 %, from a stream of its own.
    let extra = chance.timers.below(duration.microseconds / 20 + 1)
    let due = now + Duration(microseconds: duration.microseconds + extra)
    agenda.set(
      timer(owner, name),
      .alarm(Alarm(owner: owner, name: name, due: due, token: token, isTwin: actsAsTwin)), due: due)
    happened(.timerSet(owner, name, for: due), &happenings)
  }
}
