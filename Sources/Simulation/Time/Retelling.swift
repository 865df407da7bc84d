/// A history gone through again from its start to the end of the line on which it is.
public struct Retelling: Sendable {
  private var history: History
  private var happenings: [Happening] = []
  private var position = 0

  public init(_ history: History) {
    self.history = history
    self.history.seek(0)
  }

  /// How many steps the line has.
  public var steps: Int { history.end }

  /// What happens next; nil at the end of the line.
  public mutating func next() -> Happening? {
    while position == happenings.count {
      guard history.step < history.end else { return nil }
      history.seek(history.step + 1)
      happenings = history.recent.last ?? []
      position = 0
    }
    position += 1
    return happenings[position - 1]
  }
}
