internal import Simulation

/// What the page Ladder looks at.
public struct LadderView: Hashable, Sendable {}

/// What the keys of the page Ladder do.
public enum LadderAction: Hashable, Sendable {
  /// So many lines down, or up.
  case move(Int)
}

extension Keys {
  static let ladder: [KeyEntry] = []
}

extension Model {
  mutating func performOnLadder(_ action: LadderAction) {}

  /// After every input: what the page is to show is known.
  mutating func settleLadder() {}
}
