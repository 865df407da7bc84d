internal import Cells
internal import PBFT
internal import Simulation

/// A word of the linear mode for what keys do on the screen; all else that is typed is a line of the language.
enum LinearWord: String, CaseIterable {
  case next
  case previous
  case phase
  case event
  case start
  case end
  case whereAmI = "where"
  case replicas
  case state
  case log
  case quorums
  case viewChange = "view-change"
  case messages
  case message
  case faults
  case rules
  case rule
  case branches
  case notes
  case page
  case picture
  case open
  case brief
  case full
  case help
  case quit

  /// How it is typed.
  var pattern: String {
    switch self {
    case .state: "state R1"
    case .log: "log R1 [40]"
    case .quorums: "quorums 2"
    case .viewChange: "view-change [1]"
    case .message: "message #31"
    case .rule: "rule join"
    case .page: "page ladder [100x28]"
    case .open: "open FILE"
    case .help: "help [crash]"
    default: rawValue
    }
  }

  /// What it does.
  var explanation: String {
    switch self {
    case .next:
      "to the lesson's next stop; without a lesson one event on; an empty line does the same"
    case .previous: "back to the lesson's stop before"
    case .phase: "on to where a number reaches its next phase; next phase does the same"
    case .event: "on to the next view change, crash, timeout, refusal or violation"
    case .start: "to step 0"
    case .end: "to the end of what is known"
    case .whereAmI: "step, branch, view, leader, faults, safety, and what happens next"
    case .replicas: "each replica in a line: view, watermarks, what it has executed, its timer"
    case .state: "the key-value state of a replica, its disk, its last replies"
    case .log: "the last happenings at a replica or client, 20 unless a number says how many"
    case .quorums: "who has voted for what at whom, of one sequence number"
    case .viewChange: "who asks for a view, who waits for whom, and what the NEW-VIEW takes over"
    case .messages: "the messages on their way"
    case .message: "every field of a message, and its journey"
    case .faults: "what counts against f, and the links that are not as they should be"
    case .rules: "the rules of the protocol, and how often each has accepted and refused"
    case .rule: "all about one rule; rule join off takes it away"
    case .branches: "the branches, and how each ends"
    case .notes: "the notes on the present line"
    case .page: "a page of the screen as text"
    case .picture: "saves what the screen would show, as SVG and as text"
    case .open: "another page of the language, or a session"
    case .brief: "from now on each step is told in one sentence; so it begins"
    case .full: "from now on everything that happens at a step is told, a line each"
    case .help: "these words; with a word, what may follow it"
    case .quit: "ends the program; so does the end of the input"
    }
  }

  /// The word that a line begins with; nil where the line is one of the language.
  init?(_ words: [String]) {
    guard let first = words.first else {
      self = .next
      return
    }
    guard let word = Self.named[first] ?? Self(rawValue: first) else { return nil }
    switch word {
    // `next view` and `rule join off` are of the language.
    case .next, .phase, .event, .start, .end: guard words.count == 1 else { return nil }
    case .rule: guard words.count == 2 else { return nil }
    default: break
    }
    self = word
  }

  private static let named: [String: LinearWord] = [
    "?": .help, "exit": .quit, "q": .quit,
  ]
  /// What the screen says of keys, said with words.
  static func inWords(_ text: String) -> String {
    var text = text
    for (keys, words) in phrases where text.contains(keys) {
      text = text.replacing(keys, with: words)
    }
    return text
  }

  private static let phrases = [
    ("n sends a new request, : takes any command", "request alice append x b makes a request"),
    ("n sends a new request", "request alice append x b makes one"),
    ("→ goes on", "step goes on"), ("→ steps", "an empty line goes on"),
    ("Right steps", "an empty line goes on"),
    ("the old future is kept: o)", "the old future is kept: branches)"),
    (". runs on, Backspace goes back, q quits", "run 1s runs on, previous goes back, quit ends"),
    ("pbftscope demos/FILE opens one", "open demos/FILE opens one"),
    ("it is so: ", "yes: "), ("it is not so: ", "no: "), ("Home begins anew", "start begins anew"),
  ]
}
