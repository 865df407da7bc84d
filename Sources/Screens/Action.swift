/// What a key can do.
public enum Action: Hashable, Sendable {
  // Time
  case forward, back, nextPhase, previousPhase, nextEvent, previousEvent, first, last
  /// Leads to the lesson's next stop; without a lesson runs or pauses.
  case advance
  /// Back to the lesson's stop before.
  case retreat
  case runOrPause, runFromStart, faster, slower, nextBranch
  // Where one looks
  case focus(Int)
  case nextPane, previousPane, up, down
  case page(Page)
  case inspect, state
  // The focused replica
  case crash, restart, equivocate, silence, delay, fire
  // Clients
  case request, load
  // The selected message
  case drop, deliver, hold
  // The program
  case theme, glyphs, palette, help, close, redraw, quit
}

/// What the loop has to do after an input, beyond drawing again.
public enum Response: Hashable, Sendable {
  case none
  /// Draw every cell again, whatever the terminal is thought to show.
  case redraw
  case quit
}
