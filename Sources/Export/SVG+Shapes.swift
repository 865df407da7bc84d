/// A piece of a frame, a rule or a tree.
struct LinePiece {
  struct Arms: OptionSet {
    let rawValue: Int
    static let up = Arms(rawValue: 1)
    static let down = Arms(rawValue: 2)
    static let left = Arms(rawValue: 4)
    static let right = Arms(rawValue: 8)
  }

  let arms: Arms
  /// How thick it is, in units; even, so that its middle is on a whole number.
  let weight: Int
  var isDashed = false

  /// The pieces in the order of their arms below.
  private static let light = Array("─│┌┐└┘├┤┬┴┼╵╷╴╶".unicodeScalars)
  private static let heavy = Array("━┃┏┓┗┛┣┫┳┻╋╹╻╸╺".unicodeScalars)
  private static let arms: [Arms] = [
    [.left, .right], [.up, .down], [.right, .down], [.left, .down], [.right, .up], [.left, .up],
    [.up, .down, .right], [.up, .down, .left], [.left, .right, .down], [.left, .right, .up],
    [.up, .down, .left, .right], .up, .down, .left, .right,
  ]

  /// The piece that this glyph is; nil for what is none.
  init?(_ glyph: Unicode.Scalar) {
    if let index = Self.light.firstIndex(of: glyph) {
      (arms, weight) = (Self.arms[index], 2)
    } else if let index = Self.heavy.firstIndex(of: glyph) {
      (arms, weight) = (Self.arms[index], 4)
    } else if "╌┄┈".unicodeScalars.contains(glyph) {
      (arms, weight, isDashed) = ([.left, .right], 2, true)
    } else if "╎┆┊".unicodeScalars.contains(glyph) {
      (arms, weight, isDashed) = ([.up, .down], 2, true)
    } else {
      return nil
    }
  }
}

/// The glyphs that are drawn rather than written: some fonts lack them, and others have them in another width.
enum Shapes {
  /// The outline of a glyph in the cell whose corner this is; nil for what is written as text.
  static func path(of glyph: Unicode.Scalar, _ left: Int, _ top: Int) -> String? {
    let (width, height) = (CellBox.width, CellBox.height)
    let (x, y) = (left + width / 2, top + height / 2)
    return switch glyph {
    case "●": disc(x, y, 7)
    case "•": disc(x, y, 5)
    case "·": disc(x, y, 2)
    case "○": disc(x, y, 7) + hole(x, y, 5)
    case "◦": disc(x, y, 5) + hole(x, y, 3)
    case "⊘": disc(x, y, 8) + hole(x, y, 6) + "M\(x - 6) \(y + 4)l10 -10l2 2l-10 10z"
    case "■": rectangle(left + 2, y - 7, 14, 14)
    case "▪": rectangle(left + 5, y - 4, 8, 8)
    case "□": rectangle(left + 2, y - 7, 14, 14) + "M\(left + 4) \(y - 5)v10h10v-10z"
    case "◆": "M\(x) \(y - 9)l8 9l-8 9l-8 -9z"
    case "◇": "M\(x) \(y - 9)l8 9l-8 9l-8 -9zM\(x) \(y - 6)l-5 6l5 6l5 -6z"
    // The heads of arrows reach the edge of their cell, where their line ends.
    case "►", "▶", "▸": "M\(left) \(y - 7)l\(width) 7l-\(width) 7z"
    case "◄", "◀", "◂": "M\(left + width) \(y - 7)l-\(width) 7l\(width) 7z"
    case "▲": "M\(x) \(y - 8)l8 16h-16z"
    case "▼": "M\(x) \(y + 8)l8 -16h-16z"
    case "★": star(x, y)
    case "✓": "M\(left + 2) \(y + 1)l2 -2l4 4l7 -12l2 1l-8 16h-1z"
    case "✗": "M\(left + 2) \(y - 6)l2 -2l5 6l5 -6l2 2l-5 6l5 6l-2 2l-5 -6l-5 6l-2 -2l5 -6z"
    case "█": rectangle(left, top, width, height)
    case "▌": rectangle(left, top, width / 2, height)
    case "▐": rectangle(x, top, width / 2, height)
    case "▀": rectangle(left, top, width, height / 2)
    case "▄": rectangle(left, y, width, height / 2)
    case "░": dots(left, top, every: 6)
    case "▒": dots(left, top, every: 4)
    default: nil
    }
  }

  private static func disc(_ x: Int, _ y: Int, _ radius: Int) -> String {
    "M\(x - radius) \(y)a\(radius) \(radius) 0 1 1 \(2 * radius) 0"
      + "a\(radius) \(radius) 0 1 1 -\(2 * radius) 0z"
  }

  /// The other way round: what it encloses is left out.
  private static func hole(_ x: Int, _ y: Int, _ radius: Int) -> String {
    "M\(x - radius) \(y)a\(radius) \(radius) 0 1 0 \(2 * radius) 0"
      + "a\(radius) \(radius) 0 1 0 -\(2 * radius) 0z"
  }

  private static func rectangle(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> String {
    "M\(x) \(y)h\(width)v\(height)h-\(width)z"
  }

  /// Five points; the corners are those of a star of nine units, rounded.
  private static func star(_ x: Int, _ y: Int) -> String {
    "M\(x) \(y - 9)l2 6h7l-5 5l2 6l-6 -4l-6 4l2 -6l-5 -5h7z"
  }

  private static func dots(_ left: Int, _ top: Int, every distance: Int) -> String {
    var path = ""
    for y in stride(from: 0, to: CellBox.height, by: distance) {
      let shift = y / distance % 2 * distance / 2
      for x in stride(from: shift, to: CellBox.width, by: distance) {
        path += rectangle(left + x, top + y, 2, 2)
      }
    }
    return path
  }
}
