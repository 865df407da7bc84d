/// The farthest a coordinate or a side may be from zero.
///
/// Everything is clamped to it, so that sums and products of coordinates never overflow, whatever was asked for.
let reach = 1 << 20

func clamped(_ value: Int, from lowest: Int = -reach) -> Int { min(max(value, lowest), reach) }

/// Width and height in cells; neither is ever negative.
public struct Size: Hashable, Sendable {
  public let columns: Int
  public let rows: Int

  /// A size; negative sides become zero.
  public init(columns: Int, rows: Int) {
    self.columns = clamped(columns, from: 0)
    self.rows = clamped(rows, from: 0)
  }

  public static let zero = Size(columns: 0, rows: 0)

  public var isEmpty: Bool { columns == 0 || rows == 0 }
}

/// A cell's place: `x` columns from the left, `y` rows from the top, both counted from zero.
///
/// A position may lie outside a buffer, to its left or above it too; what is put there is clipped.
public struct Position: Hashable, Sendable {
  public let x: Int
  public let y: Int

  public init(x: Int, y: Int) {
    self.x = clamped(x)
    self.y = clamped(y)
  }

  public static let zero = Position(x: 0, y: 0)

  /// The position so many columns to the right and rows down; negative goes left and up.
  public func moved(right columns: Int = 0, down rows: Int = 0) -> Position {
    Position(x: x + clamped(columns), y: y + clamped(rows))
  }
}
