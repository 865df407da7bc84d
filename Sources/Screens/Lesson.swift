public import Simulation

/// A page of the language that is gone through stop by stop.
public struct Lesson: Hashable, Sendable {
  /// One line of it that does or says something.
  public enum Item: Hashable, Sendable {
    case command(Command)
    case expect(Condition, text: String)
    /// Says something and waits for the space bar.
    case say(String)
  }

  public let title: String
  public let items: [Item]
  /// The next item.
  public internal(set) var position = 0
  /// What the last stop said.
  public internal(set) var narration: String?

  public init(title: String, items: [Item]) {
    self.title = title
    self.items = items
  }

  /// How many stops there are, and how many have been reached.
  public var stops: (reached: Int, total: Int) {
    func count(_ items: ArraySlice<Item>) -> Int {
      items.count {
        if case .say = $0 { true } else { false }
      }
    }
    return (count(items.prefix(position)), count(items[...]))
  }

  public var isOver: Bool { position >= items.count }
}
