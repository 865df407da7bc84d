internal import Simulation

/// What the page View change looks at.
public struct ViewChangeView: Hashable, Sendable {}

/// What the keys of the page View change do.
public enum ViewChangeAction: Hashable, Sendable {
  /// So many lines down, or up.
  case move(Int)
}

extension Keys {
  static let viewChange: [KeyEntry] = []
}

extension Model {
  mutating func performOnViewChange(_ action: ViewChangeAction) {}

  /// After every input: what the page is to show is known.
  mutating func settleViewChange() {}
}
