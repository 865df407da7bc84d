internal import Cells

/// Sorts the cells of a picture into what is drawn with the same ink.
struct Canvas {
  private let buffer: CellBuffer
  private let theme: Theme
  /// The colour of most of the picture.
  let paper: String
  /// Rectangles of other colours.
  private(set) var backgrounds: [String] = []
  /// What is drawn with each ink, in the order in which the inks first appear.
  private(set) var inks: [InkLayer] = []

  init(_ buffer: CellBuffer, _ theme: Theme) {
    self.buffer = buffer
    self.theme = theme
    paper = Self.colours(theme.ink(for: .plain, depth: .indexed256)).background
  }

  /// The two colours of an ink, the reversed ones if it is reversed.
  ///
  /// Where a theme leaves a colour to the terminal, a picture on paper is black on white.
  private static func colours(_ ink: Ink) -> (foreground: String, background: String) {
    func hexadecimal(_ colour: Colour, _ standard: RGB) -> String {
      switch colour {
      case .standard: standard.hexadecimal
      case .index(let index): RGB(paletteIndex: index).hexadecimal
      }
    }
    let foreground = hexadecimal(ink.foreground, RGB(0, 0, 0))
    let background = hexadecimal(ink.background, RGB(255, 255, 255))
    return ink.emphasis.contains(.reverse) ? (background, foreground) : (foreground, background)
  }

  mutating func paint() {
    var looks: [Style: (ink: Ink, foreground: String, background: String)] = [:]
    for cell in buffer.cells where looks[cell.style] == nil {
      let ink = theme.ink(for: cell.style, depth: .indexed256)
      let colours = Self.colours(ink)
      looks[cell.style] = (ink, colours.foreground, colours.background)
    }
    let paper = paper
    paintBackgrounds { looks[$0]?.background ?? paper }
    for y in 0..<buffer.size.rows {
      for x in 0..<buffer.size.columns {
        let cell = buffer[x, y]
        guard let look = looks[cell.style] else { continue }
        let isUnderlined = look.ink.emphasis.contains(.underline)
        guard cell.glyph != " " || isUnderlined else { continue }
        let layer = layer(look.foreground, isBold: look.ink.emphasis.contains(.bold))
        if isUnderlined { inks[layer].underline(x, y) }
        inks[layer].draw(cell.glyph, x, y)
      }
    }
  }

  private mutating func layer(_ colour: String, isBold: Bool) -> Int {
    if let known = inks.firstIndex(where: { $0.colour == colour && $0.isBold == isBold }) {
      return known
    }
    inks.append(InkLayer(colour: colour, isBold: isBold))
    return inks.count - 1
  }

  /// Runs of one colour; equal runs below each other are one rectangle, so that no seam shows between them.
  private mutating func paintBackgrounds(_ colour: (Style) -> String) {
    var open: [Run] = []
    var rectangles: [Run] = []
    for y in 0...buffer.size.rows {
      var runs: [Run] = []
      for (x, cell) in buffer.row(y).enumerated() {
        let colour = colour(cell.style)
        guard colour != paper else { continue }
        if let last = runs.last, last.colour == colour, last.end == x {
          runs[runs.count - 1].end += 1
        } else {
          runs.append(Run(colour: colour, first: x, end: x + 1, top: y, bottom: y + 1))
        }
      }
      for run in open {
        if let same = runs.firstIndex(where: { $0.isBelow(run) }) {
          runs[same].top = run.top
        } else {
          rectangles.append(run)
        }
      }
      open = runs
    }
    rectangles.sort { ($0.top, $0.first) < ($1.top, $1.first) }
    if rectangles.isEmpty { return }
    backgrounds =
      ["<g shape-rendering=\"crispEdges\">"] + rectangles.map(\.rectangle) + ["</g>"]
  }

  private struct Run {
    let colour: String
    let first: Int
    var end: Int
    var top: Int
    let bottom: Int

    func isBelow(_ other: Run) -> Bool {
      top == other.bottom && first == other.first && end == other.end && colour == other.colour
    }

    var rectangle: String {
      "<rect x=\"\(first * CellBox.width)\" y=\"\(top * CellBox.height)\" "
        + "width=\"\((end - first) * CellBox.width)\" "
        + "height=\"\((bottom - top) * CellBox.height)\" fill=\"\(colour)\"/>"
    }
  }
}
