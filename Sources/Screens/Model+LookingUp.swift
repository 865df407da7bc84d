internal import Cells
internal import Simulation

/// What a page must know of the whole history is looked up little by little, so that no key has to wait for it.
extension Model {
  /// How many parts of the history each page goes through at one input: two take about as long as half a frame.
  static let partsAtOnce = 2

  /// The history has been gone through up to a step; unless that is the present one it goes on with the next tick.
  mutating func wait(for known: Int) {
    if known < history.step { lookedUp = min(lookedUp ?? known, known) }
  }

  /// Looks up all that the page is to show.
  public mutating func lookUpAll() {
    while isLookingUp, !isRunning { _ = update(.tick) }
  }
}
