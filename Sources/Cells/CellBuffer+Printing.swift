extension CellBuffer {
  /// The rows from top to bottom, without their trailing blanks.
  public var text: String {
    lines { row in row.map(\.glyph) }
  }

  /// How the picture looks, for a test to compare: a letter for each style, and below what each means.
  public var styleMap: String { styleMap { "role \($0.rawValue)" } }

  /// How the picture looks, with names for the roles.
  ///
  /// Letters are given in order of appearance; ordinary cells are blank.
  public func styleMap(naming name: (Role) -> String) -> String {
    let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".unicodeScalars)
    var letters: [Style: Unicode.Scalar] = [.plain: " "]
    var legend: [String] = []
    for cell in cells where letters[cell.style] == nil {
      let letter = legend.count < alphabet.count ? alphabet[legend.count] : "#"
      letters[cell.style] = letter
      legend.append(
        "\(letter) = \(([name(cell.style.role)] + cell.style.emphasis.names).joined(separator: " "))"
      )
    }
    let map = lines { row in row.map { letters[$0.style] ?? " " } }
    return ([map] + legend).joined(separator: "\n")
  }

  /// Whether every glyph is below 128, as it must be with ``Glyphs/ascii``.
  public var isASCII: Bool { cells.allSatisfy { $0.glyph.isASCII } }

  private func lines(_ glyphs: (ArraySlice<Cell>) -> [Unicode.Scalar]) -> String {
    (0..<size.rows).map { y in
      var line = glyphs(row(y))
      while line.last == " " { line.removeLast() }
      return String(String.UnicodeScalarView(line))
    }
    .joined(separator: "\n")
  }
}

extension Emphasis {
  fileprivate var names: [String] {
    [(Emphasis.bold, "bold"), (.reverse, "reverse"), (.underline, "underline")]
      .filter { contains($0.0) }.map(\.1)
  }
}
