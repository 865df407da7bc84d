internal import PBFT
internal import Simulation

/// The lines about the view-change timers of all replicas together: the races that are worth seeing.
extension FaultMenu {
  static let timers = [
    FaultKind(
      group: "The view-change timers that are set", word: "tie", title: "all run out at once",
      sentence:
        "Those that would run out earlier wait for the last: everybody asks for the next view at the same instant.",
      command: { _, _ in .spreadTimers(by: .seconds(0)) },
      isOn: { $1.areTimersSpread(by: .seconds(0)) }),
    FaultKind(
      group: "The view-change timers that are set", word: "spread",
      title: "one runs out after another",
      sentence:
        "R1's before R2's before R3's, 300 ms apart; none earlier than now. Once f + 1 have asked, the rest join them (4.5.2).",
      command: { _, _ in .spreadTimers(by: World.ordinarySpread) },
      isOn: { $1.areTimersSpread(by: World.ordinarySpread) }),
  ]
}
