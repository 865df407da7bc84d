internal import Cells

/// Letters five rows high, made of full blocks: what can be read from the back row.
///
/// A terminal has one size of letters; these are drawn. Where there is room each dot is several cells wide and
/// high, about as wide as it is high.
struct BlockLetters {
  /// The rows of the text from top to bottom; a dot that is set is `true`.
  let rows: [[Bool]]

  /// A text in block letters; a character that the font lacks leaves a gap.
  init(_ text: String) {
    let glyphs = text.map { Self.font[$0] ?? ["    ", "    ", "    ", "    ", "    "] }
    rows = (0..<Self.height).map { row in
      Array(glyphs.map { Array($0[row]).map { $0 == "#" } }.joined(separator: [false]))
    }
  }

  /// The rows of every letter.
  static let height = 5

  /// How many dots it is wide.
  var width: Int { rows.first?.count ?? 0 }

  /// How many cells a dot takes where two letters fit; nil where they do not fit at all.
  ///
  /// The same for one letter: what stands in panes side by side is compared.
  static func scale(in size: Size) -> (columns: Int, rows: Int)? { scale(in: size, width: 9) }

  private static func scale(in size: Size, width: Int) -> (columns: Int, rows: Int)? {
    scales.last { width * $0.columns <= size.columns && height * $0.rows <= size.rows }
  }

  /// The same where this text has to fit, which may be wider.
  func scale(in size: Size) -> (columns: Int, rows: Int)? {
    Self.scale(in: size, width: max(width, 9))
  }

  /// A cell is about twice as high as it is wide; more than eight columns a dot tell nothing more.
  private static let scales: [(columns: Int, rows: Int)] = [
    (1, 1), (2, 1), (3, 2), (4, 2), (6, 3), (8, 4),
  ]

  private static let font: [Character: [String]] = [
    "0": ["####", "#  #", "#  #", "#  #", "####"], "1": [" # ", "## ", " # ", " # ", "###"],
    "2": ["####", "   #", "####", "#   ", "####"], "3": ["####", "   #", " ###", "   #", "####"],
    "4": ["#  #", "#  #", "####", "   #", "   #"], "5": ["####", "#   ", "####", "   #", "####"],
    "6": ["####", "#   ", "####", "#  #", "####"], "7": ["####", "   #", "  # ", " #  ", " #  "],
    "8": ["####", "#  #", "####", "#  #", "####"], "9": ["####", "#  #", "####", "   #", "####"],
    "C": [" ###", "#   ", "#   ", "#   ", " ###"], "P": ["### ", "#  #", "### ", "#   ", "#   "],
    "V": ["#  #", "#  #", "#  #", " ## ", " ## "], "R": ["### ", "#  #", "### ", "# # ", "#  #"],
    "/": ["  #", "  #", " # ", "#  ", "#  "], "-": ["    ", "    ", "####", "    ", "    "],
    "✗": ["#   #", " # # ", "  #  ", " # # ", "#   #"],
    "✓": ["      #", "     # ", "#   #  ", " # #   ", "  #    "],
  ]
}

extension CellBuffer {
  /// Draws block letters in the middle of a region, as large as there is room for; whether there was any.
  @discardableResult
  mutating func put(
    _ letters: BlockLetters, in region: Region, dot: Unicode.Scalar, style: Style
  ) -> Bool {
    guard let scale = letters.scale(in: region.size) else { return false }
    let size = Size(
      columns: letters.width * scale.columns, rows: BlockLetters.height * scale.rows)
    let area = region.centred(size)
    for (y, row) in letters.rows.enumerated() {
      for (x, isSet) in row.enumerated() where isSet {
        let cell = Region(
          x: area.x + x * scale.columns, y: area.y + y * scale.rows, columns: scale.columns,
          rows: scale.rows)
        fill(cell, with: Cell(dot, style))
      }
    }
    return true
  }
}
