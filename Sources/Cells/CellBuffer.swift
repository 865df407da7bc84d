/// A picture made of cells: what every page draws into, and what is shown, printed, compared and exported.
///
/// Everything clips and nothing traps, at any size, 0x0 included.
public struct CellBuffer: Hashable, Sendable {
  public let size: Size

  /// Row by row; always `size.columns * size.rows` cells.
  public private(set) var cells: [Cell]

  public init(size: Size, filledWith cell: Cell = .blank) {
    self.size = size
    cells = Array(repeating: cell, count: size.columns * size.rows)
  }

  /// All of it.
  public var region: Region { Region(size: size) }

  /// The cell at column `x` of row `y`; outside it reads as blank, and what is written is lost.
  public subscript(x: Int, y: Int) -> Cell {
    get { contains(x, y) ? cells[y * size.columns + x] : .blank }
    set { if contains(x, y) { cells[y * size.columns + x] = newValue } }
  }

  /// The cells of one row; none if there is no such row.
  public func row(_ y: Int) -> ArraySlice<Cell> {
    guard (0..<size.rows).contains(y) else { return [] }
    return cells[y * size.columns..<(y + 1) * size.columns]
  }

  private func contains(_ x: Int, _ y: Int) -> Bool {
    x >= 0 && y >= 0 && x < size.columns && y < size.rows
  }

  /// Changes every cell of a region in place, left to right and row by row.
  ///
  /// The closure is also given the cell's column and row in the buffer.
  mutating func update(_ region: Region, _ change: (inout Cell, Int, Int) -> Void) {
    let visible = region.intersection(self.region)
    guard !visible.isEmpty else { return }
    for y in visible.y..<visible.endY {
      for x in visible.x..<visible.endX { change(&cells[y * size.columns + x], x, y) }
    }
  }
}

// MARK: - Areas

extension CellBuffer {
  /// Makes every cell of a region the given one.
  public mutating func fill(_ region: Region, with cell: Cell = .blank) {
    update(region) { own, _, _ in own = cell }
  }

  /// Changes how a region looks, not what is written in it: a selected row, a pane in the background.
  public mutating func restyle(_ region: Region, _ change: (Style) -> Style) {
    update(region) { own, _, _ in own.style = change(own.style) }
  }

  /// Copies another buffer's cells to here, its top left corner at `position`.
  ///
  /// - Parameters:
  ///   - other: The picture to copy.
  ///   - part: The part of it that is wanted; without one, all of it. A list taller than its pane is
  ///     scrolled by moving this.
  ///   - position: Where the part's top left corner goes.
  public mutating func blit(_ other: CellBuffer, part: Region? = nil, at position: Position) {
    let source = part ?? other.region
    let target = Region(origin: position, size: source.size)
    let (right, down) = (source.x - position.x, source.y - position.y)
    update(target) { own, x, y in
      if other.contains(x + right, y + down) { own = other[x + right, y + down] }
    }
  }
}
