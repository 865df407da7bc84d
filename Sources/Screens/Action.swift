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
  /// The last event and the phases of the focused replica, with their reasons.
  case why
  // The focused replica
  /// The menu of everything bad that can be done to it.
  case faults
  case crash, restart, equivocate, silence, delay, fire
  // Clients
  case request, load
  // The selected message
  case drop, deliver, hold
  // The page Rules
  /// So many rules further down, or up.
  case moveRule(Int)
  /// Switches the selected rule off or on.
  case switchRule
  // The program
  case theme, glyphs, palette, help, close, redraw, quit
}

/// What the loop has to do after an input, beyond drawing again.
public enum Response: Hashable, Sendable {
  case none
  /// Draw every cell again, whatever the terminal is thought to show.
  case redraw
  /// Save the session in this file.
  case save(String)
  /// Open the session in this file; of its lines only those before that one, if one is named.
  case load(String, toLine: Int?)
  case quit
}
