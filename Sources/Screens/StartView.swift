internal import Simulation

/// What the page Start looks at.
public struct StartView: Hashable, Sendable {}

/// What the keys of the page Start do.
public enum StartAction: Hashable, Sendable {
  /// So many lines down, or up.
  case move(Int)
}

extension Keys {
  static let start: [KeyEntry] = []
}

extension Model {
  mutating func performOnStart(_ action: StartAction) -> Response { .none }

  /// After every input: what the page is to show is known.
  mutating func settleStart() {}
}
