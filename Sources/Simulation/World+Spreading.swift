public import PBFT

/// Timers that tie, and timers that run out one after another: two races that a paper never shows.
///
/// Nothing in §4.4 depends on when the timers of different replicas run out: a view change comes about when
/// 2f + 1 ask for it, at once or one after another, and f + 1 who ask make the others join (§4.5.2). No timer is
/// ever made to run out earlier than it would have: nobody's patience becomes less than the T that it has.
extension World {
  /// How far apart timers are spread where nobody says how far.
  public static let ordinarySpread = Duration.milliseconds(300)

  /// The replicas' view-change timers that are set, by the replica's number; the second of two copies after
  /// the first.
  var viewChangeAlarms: [Alarm] {
    func order(_ alarm: Alarm) -> (Int, Int) {
      guard case .replica(let replica) = alarm.owner else { return (.max, 0) }
      return (replica.index, alarm.isTwin ? 1 : 0)
    }
    return alarms.filter { $0.name == .viewChange }.sorted { order($0) < order($1) }
  }

  /// When each of the view-change timers that are set would run out, in the order of the replicas' numbers,
  /// if they were spread so far apart; 0 makes them tie.
  ///
  /// The whole row of instants begins as early as it can without any timer losing time. So what is spread
  /// already stays as it is, and timers that tie all run out when the last of them would have. The two copies
  /// of a replica have the same instant.
  func spread(_ alarms: [Alarm], by distance: Duration) -> [Instant] {
    var places: [Int] = []
    for (index, alarm) in alarms.enumerated() {
      let isSame = index > 0 && alarms[index - 1].owner == alarm.owner
      places.append(index == 0 ? 0 : places[index - 1] + (isSame ? 0 : 1))
    }
    let step = distance.microseconds
    let first = zip(alarms, places).map { $0.due.microseconds - $1 * step }.max() ?? 0
    return places.map { Instant(microseconds: first + $0 * step) }
  }

  /// Whether the view-change timers that are set run out so far apart already.
  public func areTimersSpread(by distance: Duration) -> Bool {
    let alarms = viewChangeAlarms
    return owners(of: alarms).count > 1 && alarms.map(\.due) == spread(alarms, by: distance)
  }

  private func owners(of alarms: [Alarm]) -> [Principal] {
    var owners: [Principal] = []
    for alarm in alarms where owners.last != alarm.owner { owners.append(alarm.owner) }
    return owners
  }

  func checkSpread(by distance: Duration) throws(Refusal) {
    guard distance <= .seconds(3_600) else {
      throw Refusal("more than an hour from timer to timer", help: "300ms tells them apart")
    }
    let owners = owners(of: viewChangeAlarms)
    guard owners.count > 1 else {
      throw Refusal(
        owners.first.map { "only \($0)'s view-change timer is set" }
          ?? "no view-change timer is set",
        help: "a backup sets its own when it waits for a request: `run` until more of them do")
    }
  }

  /// Sets the timers again: what is set first runs out first where two instants are equal.
  mutating func spreadTimers(by distance: Duration, _ happenings: inout [Happening]) {
    let alarms = viewChangeAlarms
    happened(.fault(.spreadTimers(by: distance)), &happenings)
    for (alarm, due) in zip(alarms, spread(alarms, by: distance)) {
      actsAsTwin = alarm.isTwin
      defer { actsAsTwin = false }
      let later = Alarm(
        owner: alarm.owner, name: alarm.name, due: due, token: alarm.token, isTwin: alarm.isTwin)
      agenda.set(timer(alarm.owner, alarm.name), .alarm(later), due: due)
      if due != alarm.due { happened(.timerSet(alarm.owner, alarm.name, for: due), &happenings) }
    }
  }
}
