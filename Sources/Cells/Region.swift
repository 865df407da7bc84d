/// A rectangle of cells; it may be empty, and may lie partly or wholly outside a buffer.
///
/// Whatever is cut off a region is at most what it has, so a layout written for a large screen
/// degrades to empty regions on a small one instead of going wrong.
public struct Region: Hashable, Sendable {
  public let x: Int
  public let y: Int
  public let columns: Int
  public let rows: Int

  /// A region; negative sides become zero.
  public init(x: Int, y: Int, columns: Int, rows: Int) {
    self.x = clamped(x)
    self.y = clamped(y)
    self.columns = clamped(columns, from: 0)
    self.rows = clamped(rows, from: 0)
  }

  public init(origin: Position = .zero, size: Size) {
    self.init(x: origin.x, y: origin.y, columns: size.columns, rows: size.rows)
  }

  public var origin: Position { Position(x: x, y: y) }
  public var size: Size { Size(columns: columns, rows: rows) }
  public var isEmpty: Bool { columns == 0 || rows == 0 }

  /// The first column to the right of the region.
  public var endX: Int { x + columns }

  /// The first row below the region.
  public var endY: Int { y + rows }

  public func contains(_ position: Position) -> Bool {
    (x..<endX).contains(position.x) && (y..<endY).contains(position.y)
  }

  /// What two regions share; empty if that is nothing.
  public func intersection(_ other: Region) -> Region {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Region(
      x: left, y: top, columns: min(endX, other.endX) - left, rows: min(endY, other.endY) - top)
  }

  /// What is left when so many cells are taken from every side.
  public func inset(by margin: Int) -> Region { inset(horizontally: margin, vertically: margin) }

  /// What is left when so many cells are taken from both sides, and from top and bottom.
  public func inset(horizontally: Int = 0, vertically: Int = 0) -> Region {
    inset(left: horizontally, top: vertically, right: horizontally, bottom: vertically)
  }

  /// What is left when so many cells are taken from each side.
  public func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Region {
    split(left: left).rest.split(right: right).rest.split(top: top).rest.split(bottom: bottom).rest
  }

  /// One row of the region, counted from its top; empty if it has no such row.
  public func row(_ index: Int) -> Region {
    guard (0..<rows).contains(index) else { return Region(x: x, y: y, columns: 0, rows: 0) }
    return Region(x: x, y: y + index, columns: columns, rows: 1)
  }

  /// A region of the given size in the middle of this one, made smaller where it does not fit.
  public func centred(_ size: Size) -> Region {
    let width = min(size.columns, columns)
    let height = min(size.rows, rows)
    return Region(
      x: x + (columns - width) / 2, y: y + (rows - height) / 2, columns: width, rows: height)
  }
}

extension Region {
  /// The leftmost columns, and the rest.
  public func split(left count: Int) -> (left: Region, rest: Region) {
    let cut = min(max(count, 0), columns)
    return (
      Region(x: x, y: y, columns: cut, rows: rows),
      Region(x: x + cut, y: y, columns: columns - cut, rows: rows)
    )
  }

  /// The rightmost columns, and the rest.
  public func split(right count: Int) -> (right: Region, rest: Region) {
    let halves = split(left: columns - min(max(count, 0), columns))
    return (halves.rest, halves.left)
  }

  /// The topmost rows, and the rest.
  public func split(top count: Int) -> (top: Region, rest: Region) {
    let cut = min(max(count, 0), rows)
    return (
      Region(x: x, y: y, columns: columns, rows: cut),
      Region(x: x, y: y + cut, columns: columns, rows: rows - cut)
    )
  }

  /// The bottom rows, and the rest.
  public func split(bottom count: Int) -> (bottom: Region, rest: Region) {
    let halves = split(top: rows - min(max(count, 0), rows))
    return (halves.rest, halves.top)
  }

  /// Regions side by side, of equal width but for the remainder, which the leftmost share.
  ///
  /// - Parameters:
  ///   - count: How many; nothing comes of fewer than one.
  ///   - gap: The columns left empty between two neighbours.
  /// - Returns: As many regions as asked for, left to right; some are empty where there is no room.
  public func columns(_ count: Int, gap: Int = 0) -> [Region] {
    shares(of: columns, among: count, gap: gap).map {
      Region(x: x + $0.start, y: y, columns: $0.length, rows: rows)
    }
  }

  /// Regions one below the other, of equal height but for the remainder, which the topmost share.
  ///
  /// - Parameters:
  ///   - count: How many; nothing comes of fewer than one.
  ///   - gap: The rows left empty between two neighbours.
  /// - Returns: As many regions as asked for, top to bottom; some are empty where there is no room.
  public func rows(_ count: Int, gap: Int = 0) -> [Region] {
    shares(of: rows, among: count, gap: gap).map {
      Region(x: x, y: y + $0.start, columns: columns, rows: $0.length)
    }
  }

  private func shares(of total: Int, among count: Int, gap: Int) -> [(start: Int, length: Int)] {
    guard count > 0 else { return [] }
    let gap = max(gap, 0)
    let available = max(total - clamped(gap) * (clamped(count) - 1), 0)
    let (length, remainder) = available.quotientAndRemainder(dividingBy: count)
    var start = 0
    return (0..<count).map { index in
      let own = length + (index < remainder ? 1 : 0)
      defer { start += own + gap }
      return (min(start, total), own)
    }
  }
}
