public import Simulation

/// What a key can do.
public enum Action: Hashable, Sendable {
  // Time
  case forward, back, first, last
  /// To the lesson's next stop, or with -1 to the one before; without a lesson one event forward or back.
  case turn(Int)
  /// On to such a moment, or back to it.
  case next(Landmark), previous(Landmark)
  /// So many cells of the bar forward, or back.
  case scrub(Int)
  /// Leads to the lesson's next stop; without a lesson runs or pauses.
  case advance
  /// Back to the lesson's stop before.
  case retreat
  /// The window of two branches side by side.
  case compare
  /// The window of all kinds of moments.
  case places
  /// The palette, with the beginning of a note.
  case note
  case runOrPause, runBackOrPause, runFromStart, faster, slower, nextBranch
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
  // The page Timeline
  /// So many branches further down, or up.
  case moveBranch(Int)
  /// To the end of the chosen branch.
  case goToBranch
  // The other pages
  case onLadder(LadderAction)
  case onQuorums(QuorumsAction)
  case onViewChange(ViewChangeAction)
  case onMessage(MessageAction)
  case onStart(StartAction)
  // How it looks
  /// One pane instead of all, and back.
  case zoom
  /// Fewer things that are larger, or more that are smaller.
  case bigger, smaller
  case theme, glyphs
  // The program
  /// Saves what is on the screen as a picture.
  case picture
  /// Gives the mouse back to the terminal, or takes it.
  case mouse
  /// Begins the tour of the first steps, or leaves it.
  case tour
  /// The help, at every mark and letter.
  case legend
  case palette, help, close, redraw, quit
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
  /// Save what is on the screen, as a picture and as text.
  case picture
  /// Take the mouse, or give it back to the terminal.
  case mouse(Bool)
  /// Open this page of the language in the place of what is open.
  case open(String)
  /// Begin anew with a world made of this.
  case begin(Configuration)
  case quit
}
