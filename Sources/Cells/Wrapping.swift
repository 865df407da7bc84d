extension [Span] {
  /// The text broken into lines of at most so many columns, between words where that is possible.
  ///
  /// A word longer than a line is cut. The blank at a break is dropped; others are kept, so that what is
  /// indented stays so. Styles go with the text.
  ///
  /// - Parameter width: The columns of a line; nothing fits into fewer than one.
  /// - Returns: The lines, top to bottom; none for no text.
  public func wrapped(width: Int) -> [[Span]] {
    guard width > 0 else { return [] }
    var lines: [[Span]] = []
    var rest = flatMap { span in span.text.unicodeScalars.map { Cell($0, span.style) } }[...]
    while !rest.isEmpty {
      let cut = Self.cut(of: rest, width: width)
      lines.append(Self.spans(of: rest.prefix(cut.line)))
      rest = rest.dropFirst(cut.line + cut.blanks)
    }
    return lines
  }

  /// How many cells make the next line, and how many blanks after it are dropped.
  private static func cut(of cells: ArraySlice<Cell>, width: Int) -> (line: Int, blanks: Int) {
    guard cells.count > width else { return (cells.count, 0) }
    let window = cells.prefix(width + 1)
    guard let blank = window.lastIndex(where: { $0.glyph == " " }),
      window[..<blank].contains(where: { $0.glyph != " " })
    else { return (width, 0) }
    return (blank - cells.startIndex, 1)
  }

  private static func spans(of cells: ArraySlice<Cell>) -> [Span] {
    cells.reduce(into: []) { spans, cell in
      if spans.last?.style != cell.style { spans.append(Span("", cell.style)) }
      spans[spans.count - 1].text.unicodeScalars.append(cell.glyph)
    }
  }
}
