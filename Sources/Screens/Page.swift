public import Language

/// A page of the laboratory.
public enum Page: Hashable, Sendable, CaseIterable {
  /// Every replica with its phases and its log.
  case cluster
  /// Who sent what to whom, time downwards.
  case ladder
  /// Who has voted for what at whom, of one sequence number.
  case quorums
  /// How one view comes about: who asks for it, and what it takes over.
  case viewChange
  /// One message: its fields, its journey, and what each recipient made of it.
  case message
  /// The catalogue of rules, and how often each has accepted and refused.
  case rules
  /// The tree of branches.
  case timeline
  /// The demos, and a world to begin anew with.
  case start

  /// The key that shows it.
  public var letter: Character { title.first ?? "?" }

  /// The name in the page bar; its first letter is the key.
  var title: String {
    switch self {
    case .cluster: "Cluster"
    case .ladder: "Ladder"
    case .quorums: "Quorums"
    case .viewChange: "View change"
    case .message: "Message"
    case .rules: "Rules"
    case .timeline: "Timeline"
    case .start: "Start"
    }
  }
}

extension Page {
  /// What is found there, in a few words.
  var purpose: String {
    switch self {
    case .cluster: "every replica with its numbers, its timer and its log"
    case .ladder: "who sent what to whom, time downwards"
    case .quorums: "who has voted for what at whom, what is lacking, what it has cost"
    case .viewChange: "which timers run, who asks for a view, what is proposed again and why"
    case .message: "all about one message, and altering it by hand"
    case .rules: "the rules of the protocol, each with its switch"
    case .timeline: "all branches: what you have tried"
    case .start: "the demos, and a world to begin anew with"
    }
  }
}

/// Where the keys of selection act.
public enum Focus: Hashable, Sendable {
  case replicas
  /// The messages on their way.
  case messages
}

/// What lies over the page.
public enum Overlay: Hashable, Sendable {
  /// The keys; scrolled down by so many rows.
  case help(scroll: Int)
  /// The line where commands are typed.
  case palette
  /// All that can be made of a message copy on its way; so many lines down.
  case alterations(message: Int, choice: Int)
  /// The key-value state of the focused replica.
  case state(scroll: Int)
  /// Everything bad that can be done to the focused replica; so many lines down.
  case faults(choice: Int)
  /// Two branches side by side.
  case compare(CompareView)
  /// The kinds of moments that can be gone to; so many lines down.
  case places(choice: Int)
  /// Why the last thing happened, and why a number has come as far as it has at the focused replica.
  case why(WhyCell)
  /// The values that a setting of the next world can have.
  case setting(SettingWindow)
  /// The answer to a question of the palette; scrolled down by so many rows.
  case question(Query, scroll: Int)
  /// What the page Ladder shows; so many lines down.
  case ladderFilter(choice: Int)
}
