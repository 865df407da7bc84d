internal import Simulation

/// What the page Quorums looks at.
public struct QuorumsView: Hashable, Sendable {}

/// What the keys of the page Quorums do.
public enum QuorumsAction: Hashable, Sendable {
  /// So many lines down, or up.
  case move(Int)
}

extension Keys {
  static let quorums: [KeyEntry] = []
}

extension Model {
  mutating func performOnQuorums(_ action: QuorumsAction) {}

  /// After every input: what the page is to show is known.
  mutating func settleQuorums() {}
}
