internal import Simulation

/// What the page Message looks at.
public struct MessageView: Hashable, Sendable {
  /// The number of the copy; nil is the one that is selected among those on their way.
  public internal(set) var id: Int?
}

/// What the keys of the page Message do.
public enum MessageAction: Hashable, Sendable {
  /// So many lines down, or up.
  case move(Int)
}

extension Keys {
  static let messagePage: [KeyEntry] = []
}

extension Model {
  /// To the page, with this copy, or with the one that is selected.
  mutating func showMessage(_ id: Int?) {
    if page != .message { pageBefore = page }
    page = .message
    overlay = nil
    inspected = MessageView(id: id ?? selected?.id)
  }

  mutating func performOnMessage(_ action: MessageAction) {}

  /// After every input: what the page is to show is known.
  mutating func settleMessage() {}
}
