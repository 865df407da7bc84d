/// A page of the laboratory.
public enum Page: Hashable, Sendable, CaseIterable {
  /// Every replica with its phases and its log.
  case cluster
  /// Who sent what to whom, time downwards.
  case ladder

  /// The name in the page bar; its first letter is the key.
  var title: String {
    switch self {
    case .cluster: "Cluster"
    case .ladder: "Ladder"
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
  /// Everything about one message copy; scrolled down by so many rows.
  case inspector(message: Int, scroll: Int)
  /// The key-value state of the focused replica.
  case state(scroll: Int)
}
