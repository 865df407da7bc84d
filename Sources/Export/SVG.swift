public import Cells

/// A picture of cells as an SVG document, for a handout, a README or a slide.
///
/// The same cells and the same theme give the same bytes. Whatever must meet its neighbour without a gap is a
/// shape (lines, blocks, arrow heads, dots); words are text, each with its own place and width, so that they
/// stand in their columns whatever font there is, and can be found, copied and read aloud.
public enum SVG {
  /// The document.
  ///
  /// - Parameters:
  ///   - buffer: The picture.
  ///   - theme: How it looks; with its 256 colours. A theme without colour gives black on white.
  ///   - title: What it is called, for whoever cannot see it.
  ///   - description: What there is to see.
  /// - Returns: The text of the file.
  public static func picture(
    _ buffer: CellBuffer, theme: Theme, title: String, description: String
  ) -> String {
    var canvas = Canvas(buffer, theme)
    canvas.paint()
    let (columns, rows) = (buffer.size.columns, buffer.size.rows)
    let margin = CellBox.margin
    let width = columns * CellBox.width + 2 * margin
    let height = rows * CellBox.height + 2 * margin
    let origin = "-\(margin) -\(margin)"
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width / 2)\" height=\"\(height / 2)\" "
        + "viewBox=\"\(origin) \(width) \(height)\" role=\"img\" aria-labelledby=\"title desc\">",
      "<title id=\"title\">\(escaped(title))</title>",
      "<desc id=\"desc\">\(escaped(description))</desc>",
      "<rect x=\"-\(margin)\" y=\"-\(margin)\" width=\"\(width)\" height=\"\(height)\" fill=\"\(canvas.paper)\"/>",
    ]
    lines += canvas.backgrounds
    lines.append(
      "<g font-family=\"\(fonts)\" font-size=\"\(CellBox.fontSize)\">")
    lines += canvas.inks.flatMap(\.lines)
    lines += ["</g>", "</svg>"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// Fonts whose letters are six tenths as wide as they are high; any other is spread to the same width.
  private static let fonts =
    "'DejaVu Sans Mono',Menlo,'SF Mono','Cascadia Mono',Consolas,'Liberation Mono',monospace"

  /// Text that no reader of XML takes for anything else.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      // What XML 1.0 has no way to write.
      case "\u{0}"..<"\u{20}", "\u{7f}"..<"\u{a0}", "\u{fffe}"..."\u{ffff}": escaped += "?"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

/// The sides of a cell in the units of the drawing, two of which are a pixel.
///
/// All are whole numbers, the middle too, so that nothing is ever rounded.
enum CellBox {
  static let width = 18
  static let height = 36
  static let fontSize = 30
  /// Paper around the picture.
  static let margin = 12
  /// From the top of a cell to the line that its letters stand on.
  static let baseline = 27
}

extension RGB {
  /// `#1c1c1c`.
  var hexadecimal: String {
    let digits = String(packed, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}
