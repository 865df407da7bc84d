internal import Cells
internal import PBFT
internal import Simulation

/// What a view change would be, where there has been none.
extension ViewChangeTelling {
  /// Step by step.
  var explanation: [String] {
    [
      "1. A backup's timer runs out. It stops accepting PRE-PREPAREs, PREPAREs and COMMITs, and asks for "
        + "\(name) with a VIEW-CHANGE: h, its last stable checkpoint; C, the proof of it; P, a proof of all "
        + "that prepared above it.",
      "2. Who holds f + 1 = \(needs.join) VIEW-CHANGEs of others joins them, even if its own timer still runs.",
      "3. \(primary), the new primary, collects 2f + 1 = \(needs.newView) of them: V. From V it computes O, what "
        + "\(name) takes over, and sends both as NEW-VIEW.",
      "4. Every backup computes O again from V. If it is the same, it enters \(name); if not, it waits for the "
        + "view after.",
    ]
  }

  func explanation(_ width: Int) -> ViewChangeSection {
    let focused = scene.model.replica
    let isDown = world.isCrashed(focused)
    let key =
      isDown
      ? "f lets a timer run out now, but \(focused), the focused replica, is crashed; a digit focuses another."
      : "f lets the timer of \(focused), the focused replica, run out now; a digit focuses another."
    let short = [
      "A timer that runs out makes a backup ask for \(name); who holds f + 1 = \(needs.join) VIEW-CHANGEs joins; "
        + "\(primary) collects \(needs.newView), computes O and sends NEW-VIEW; every backup checks O.",
      isDown
        ? key : "f lets the timer of \(focused) run out now; a digit focuses another replica.",
    ]
    func lines(_ texts: [String], gap: Bool) -> [ViewChangeLine] {
      texts.enumerated().flatMap { place, text in
        let isKey = place == texts.count - 1
        let spans: [Span] =
          isKey ? [Span("f", Style(.key)), Span(String(text.dropFirst()))] : [Span(text)]
        return (gap ? [.blank] : []) + spans.wrapped(width: width).map { ViewChangeLine($0) }
      } + [.blank]
    }
    let long = explanation + [key]
    return ViewChangeSection(
      [
        lines(long, gap: true), lines(long, gap: false), lines(short, gap: false),
      ], losses: [0, 1, 9])
  }
}
