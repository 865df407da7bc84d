internal import PBFT
internal import Simulation

/// The calm after the storm.
extension Trial {
  /// What was not done in time, as what a person can ask for and as a sentence.
  struct Unsettled: Hashable, Sendable {
    let condition: Condition
    let sentence: String
  }

  /// All links are whole again, all replicas run, and the faulty ones are silent.
  public mutating func calm() {
    faultCommands = commands.count
    for replica in world.cluster.replicas where world.isCrashed(replica) {
      attempt(.restart(replica))
    }
    for replica in world.cluster.replicas where world.isFaulty(replica) {
      attempt(.silence(replica))
    }
    attempt(.heal(nil))
    for message in world.inFlight where message.isHeld { attempt(.release(.number(message.id))) }
  }

  /// Requests go on coming, until all that waited at the start is done everywhere and the rest is answered.
  public mutating func settle() {
    let wanted = clients.map { RequestName($0.id, $0.lastTimestamp) }.filter {
      $0.timestamp.number > 0
    }
    let begin = world.now
    let end = begin + bound
    attempt(.load(every: .milliseconds(900)))
    while world.now < end, world.violations.isEmpty, missing(wanted) != nil {
      attempt(.run(.milliseconds(500)))
    }
    // Where an invariant does not hold nothing else counts.
    guard world.violations.isEmpty else { return }
    unsettled = missing(wanted, since: begin)
    guard unsettled == nil else { return }
    attempt(.load(every: nil))
    while world.now < end, world.violations.isEmpty, waiting != nil {
      attempt(.run(.milliseconds(500)))
    }
    if world.violations.isEmpty, let waiting { unsettled = late(waiting, since: begin) }
  }

  /// How much virtual time everything may take now that the faults have stopped.
  ///
  /// Who has changed view often, or has asked often, waits long for the next time, and each view change in a
  /// row waits twice as long as the one before (§4.5.2). What waits now may have to run out first; then f
  /// silent primaries in a row and one view that no quorum enters are waited for, and a last time for the
  /// view that settles it: f + 3 doublings.
  private var bound: Duration {
    let cluster = world.cluster
    var longest = correct.map(\.timeout.microseconds).max() ?? 0
    for alarm in world.alarms where alarm.name != .idle {
      longest = max(longest, alarm.due.microseconds - world.now.microseconds)
    }
    return Duration(
      microseconds: Duration.seconds(400).microseconds + longest << (cluster.faultsTolerated + 3))
  }

  /// The replicas that have never misbehaved.
  private var correct: [Replica] { world.correct.map { world.replicas[$0.index] } }

  /// The clients whose requests must be answered: those that have never misbehaved.
  private var clients: [Client] { world.clients.filter { !world.isFaulty($0.id) } }

  /// A request that is not answered yet.
  private var waiting: RequestName? {
    for client in clients {
      if let request = client.outstanding { return RequestName(client.id, request.timestamp) }
    }
    return nil
  }

  /// The first of these requests that is not answered, or that a correct replica has not executed.
  private func missing(_ wanted: [RequestName], since begin: Instant = .start) -> Unsettled? {
    for name in wanted {
      let answer = world.clients[name.client.index].accepted
      guard let answer, answer.timestamp >= name.timestamp else { return late(name, since: begin) }
      for replica in correct {
        let reply = replica.state.replies[name.client]
        guard let reply, reply.timestamp >= name.timestamp else {
          let last = correct.map(\.lastExecuted).max() ?? .zero
          return Unsettled(
            condition: .executed(last, nil, .allCorrect),
            sentence: "\(replica.id) has not executed \(name) \(elapsed(since: begin))")
        }
      }
    }
    return nil
  }

  private func late(_ name: RequestName, since begin: Instant) -> Unsettled {
    Unsettled(
      condition: .accepted(name, result: nil),
      sentence: "\(name) is not answered \(elapsed(since: begin))")
  }

  private func elapsed(since begin: Instant) -> String {
    let seconds = (world.now.microseconds - begin.microseconds) / 1_000_000
    return "\(seconds) s after the faults stopped (\(world))"
  }
}
