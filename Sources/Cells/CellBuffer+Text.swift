extension CellBuffer {
  /// Writes text on one row, from `position` rightwards.
  ///
  /// A scalar that is not one column wide everywhere (a control character, a combining mark, an emoji,
  /// a Chinese character) becomes `?`, so that no text can garble the grid.
  ///
  /// - Parameters:
  ///   - text: One scalar a column; there are no line breaks.
  ///   - position: Where it begins; what falls outside the buffer is clipped.
  ///   - style: How it looks.
  ///   - maxWidth: The most columns it may take.
  ///   - ellipsis: Stands in the last column when the text does not fit; without one it is cut.
  /// - Returns: The columns used, so that the next text can begin after them.
  @discardableResult
  public mutating func put(
    _ text: String, at position: Position, style: Style = .plain, maxWidth: Int = .max,
    ellipsis: Unicode.Scalar? = nil
  ) -> Int {
    put([Span(text, style)], at: position, maxWidth: maxWidth, ellipsis: ellipsis)
  }

  /// Writes runs of styled text side by side on one row, from `position` rightwards.
  ///
  /// - Parameters:
  ///   - spans: The runs, left to right.
  ///   - position: Where they begin; what falls outside the buffer is clipped.
  ///   - maxWidth: The most columns they may take together.
  ///   - ellipsis: Stands in the last column when they do not fit; without one they are cut.
  /// - Returns: The columns used.
  @discardableResult
  public mutating func put(
    _ spans: [Span], at position: Position, maxWidth: Int = .max, ellipsis: Unicode.Scalar? = nil
  ) -> Int {
    let room = min(max(maxWidth, 0), max(size.columns - position.x, 0))
    var used = 0
    for span in spans {
      for scalar in span.text.unicodeScalars {
        guard used < room else {
          if let ellipsis, used > 0 {
            let last = position.x + used - 1
            self[last, position.y] = Cell(ellipsis, self[last, position.y].style)
          }
          return used
        }
        self[position.x + used, position.y] = Cell(scalar, span.style)
        used += 1
      }
    }
    return used
  }

  /// Writes runs of styled text on one row so that they end just before a column.
  ///
  /// - Parameters:
  ///   - spans: The runs, left to right.
  ///   - endX: The first column after them.
  ///   - y: The row.
  ///   - maxWidth: The most columns they may take.
  ///   - ellipsis: Stands in the last column when they do not fit.
  /// - Returns: The columns used.
  @discardableResult
  public mutating func put(
    _ spans: [Span], endingAt endX: Int, y: Int, maxWidth: Int = .max,
    ellipsis: Unicode.Scalar? = nil
  ) -> Int {
    let width = min(spans.columns, max(maxWidth, 0))
    return put(
      spans, at: Position(x: endX - width, y: y), maxWidth: width, ellipsis: ellipsis)
  }
}
