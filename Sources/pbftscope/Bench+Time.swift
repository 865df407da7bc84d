internal import PBFT
internal import Simulation

/// What it costs to look through the past.
extension Bench {
  /// Milliseconds for `back until` over the whole history, when nothing is found, and when it was a thousand
  /// steps ago; for going from landmark to landmark; for following one message; and for painting every step once.
  func measureLookingBack(_ name: String) throws {
    guard only.isEmpty || name.contains(only) else { return }
    var history = try Self.history(.ideal, steps).history
    func measure(_ what: String, _ work: () -> Void) {
      let start = ContinuousClock.now
      work()
      Self.print(
        "\(name)-\(what)", Self.seconds(since: start) * 1_000, "ms", more: "\"steps\":\(steps)")
    }
    let end = history.end
    measure("nothing") { _ = history.latestMoment(becoming: [.violated(nil)], before: end) }
    let near = Condition.time(history.world(at: max(0, end - 1_000)).now)
    measure("near") { precondition(history.latestMoment(becoming: [near], before: end) != nil) }
    measure("landmark") {
      let isFound = (try? history.perform(TimeCommand.previous(.violation))) != nil
      precondition(!isFound)
    }
    // The slowest of many messages, followed from the end.
    var slowest = 0.0
    let sent = history.world.copiesSent
    for id in stride(from: 1, through: sent, by: max(sent / 200, 1)) {
      let start = ContinuousClock.now
      precondition(history.sending(of: id) != nil)
      slowest = max(slowest, Self.seconds(since: start) * 1_000)
    }
    Self.print("\(name)-message", slowest, "ms", more: "\"steps\":\(steps)")
    measure("marks") {
      var marks: StepMarks = []
      for step in 1...end { marks.formUnion(history.marks(of: step)) }
      precondition(!marks.isEmpty)
    }
  }
}
