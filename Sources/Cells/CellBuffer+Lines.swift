extension CellBuffer {
  /// Draws `length` cells to the right of `position`.
  public mutating func horizontalLine(
    at position: Position, length: Int, glyph: Unicode.Scalar, style: Style = .plain
  ) {
    let cell = Cell(glyph, style)
    fill(Region(x: position.x, y: position.y, columns: length, rows: 1), with: cell)
  }

  /// Draws `length` cells downwards from `position`.
  public mutating func verticalLine(
    at position: Position, length: Int, glyph: Unicode.Scalar, style: Style = .plain
  ) {
    let cell = Cell(glyph, style)
    fill(Region(x: position.x, y: position.y, columns: 1, rows: length), with: cell)
  }

  /// Draws a frame along the inside of a region, with a title in its top edge.
  ///
  /// The inside is left as it was. A region one row high is a line, one column wide a post.
  ///
  /// - Parameters:
  ///   - region: The frame's outside.
  ///   - title: Begins one column after the corner and is cut before the other one.
  ///   - lines: Which pieces: ``Glyphs/light``, or ``Glyphs/heavy`` for what has the focus.
  ///   - style: How the frame looks; the title brings its own.
  ///   - ellipsis: Ends a title that does not fit.
  /// - Returns: The inside.
  @discardableResult
  public mutating func box(
    _ region: Region, title: [Span] = [], lines: LineGlyphs, style: Style = .plain,
    ellipsis: Unicode.Scalar? = nil
  ) -> Region {
    guard !region.isEmpty else { return region }
    let (left, top) = (region.x, region.y)
    let (right, bottom) = (region.endX - 1, region.endY - 1)
    for y in [top, bottom] {
      horizontalLine(
        at: Position(x: left, y: y), length: region.columns, glyph: lines.horizontal, style: style)
    }
    for x in [left, right] where region.rows > 1 {
      verticalLine(
        at: Position(x: x, y: top), length: region.rows, glyph: lines.vertical, style: style)
    }
    if region.rows > 1, region.columns > 1 {
      self[left, top] = Cell(lines.topLeft, style)
      self[right, top] = Cell(lines.topRight, style)
      self[left, bottom] = Cell(lines.bottomLeft, style)
      self[right, bottom] = Cell(lines.bottomRight, style)
    }
    put(
      title, at: Position(x: left + 2, y: top), maxWidth: region.columns - 4, ellipsis: ellipsis)
    return region.inset(by: 1)
  }
}
