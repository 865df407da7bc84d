/// All that is drawn with one colour, bold or not.
struct InkLayer {
  let colour: String
  let isBold: Bool
  private var words: [Word] = []
  private var strokes: [Stroke] = []
  private var shapes = ""

  init(colour: String, isBold: Bool) {
    self.colour = colour
    self.isBold = isBold
  }

  /// Letters side by side, without a blank between them.
  private struct Word {
    var text: String
    let x: Int
    let y: Int
    var columns = 1
  }

  /// A straight line; what touches it in the same direction is made one with it.
  private struct Stroke {
    let isHorizontal: Bool
    let weight: Int
    /// The row or column, and how far it goes along it, in units.
    let line: Int
    var start: Int
    var end: Int

    /// What can only be joined to what has the same.
    var key: (Int, Int, Int) { (isHorizontal ? 0 : 1, weight, line) }

    var path: String {
      isHorizontal ? "M\(start) \(line)H\(end)" : "M\(line) \(start)V\(end)"
    }
  }

  mutating func draw(_ glyph: Unicode.Scalar, _ x: Int, _ y: Int) {
    let (left, top) = (x * CellBox.width, y * CellBox.height)
    if glyph == " " { return }
    if let piece = LinePiece(glyph) {
      draw(piece, left, top)
    } else if let shape = Shapes.path(of: glyph, left, top) {
      shapes += shape
    } else if let last = words.last, last.y == y, last.x + last.columns == x {
      words[words.count - 1].text.unicodeScalars.append(glyph)
      words[words.count - 1].columns += 1
    } else {
      words.append(Word(text: String(Character(glyph)), x: x, y: y))
    }
  }

  private mutating func draw(_ piece: LinePiece, _ left: Int, _ top: Int) {
    let (middle, centre) = (left + CellBox.width / 2, top + CellBox.height / 2)
    func add(_ isHorizontal: Bool, _ line: Int, _ start: Int, _ end: Int) {
      strokes.append(
        Stroke(
          isHorizontal: isHorizontal, weight: piece.weight, line: line, start: start, end: end))
    }
    let arms = piece.arms
    if piece.isDashed {
      let isHorizontal = arms.contains(.left)
      let (line, start) = isHorizontal ? (centre, left) : (middle, top)
      let length = isHorizontal ? CellBox.width : CellBox.height
      for dash in stride(from: start, to: start + length, by: 9) {
        add(isHorizontal, line, dash + 2, dash + 7)
      }
      return
    }
    if !arms.isDisjoint(with: [.left, .right]) {
      add(
        true, centre, arms.contains(.left) ? left : middle,
        arms.contains(.right) ? left + CellBox.width : middle)
    }
    if !arms.isDisjoint(with: [.up, .down]) {
      add(
        false, middle, arms.contains(.up) ? top : centre,
        arms.contains(.down) ? top + CellBox.height : centre)
    }
  }

  mutating func underline(_ x: Int, _ y: Int) {
    let left = x * CellBox.width
    strokes.append(
      Stroke(
        isHorizontal: true, weight: 2, line: y * CellBox.height + CellBox.baseline + 4,
        start: left, end: left + CellBox.width))
  }

  /// The elements of the document.
  var lines: [String] {
    guard !(words.isEmpty && strokes.isEmpty && shapes.isEmpty) else { return [] }
    var lines = ["<g fill=\"\(colour)\"" + (isBold ? " font-weight=\"bold\">" : ">")]
    let joined = joinedStrokes
    var weights: [Int] = []
    for stroke in joined where !weights.contains(stroke.weight) { weights.append(stroke.weight) }
    for weight in weights {
      let path = joined.filter { $0.weight == weight }.map(\.path).joined()
      lines.append(
        "<path d=\"\(path)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"\(weight)\"/>")
    }
    if !shapes.isEmpty { lines.append("<path d=\"\(shapes)\"/>") }
    lines += words.map { word in
      let width =
        word.columns > 1 ? " textLength=\"\(word.columns * CellBox.width)\"" : ""
      return "<text x=\"\(word.x * CellBox.width)\" "
        + "y=\"\(word.y * CellBox.height + CellBox.baseline)\"\(width)>"
        + SVG.escaped(word.text) + "</text>"
    }
    lines.append("</g>")
    return lines
  }

  /// Strokes as long as they can be: where two met there would be a seam when the picture is enlarged.
  private var joinedStrokes: [Stroke] {
    let sorted = strokes.sorted { one, other in
      one.key == other.key ? one.start < other.start : one.key < other.key
    }
    return sorted.reduce(into: []) { joined, stroke in
      if let last = joined.last, last.key == stroke.key, stroke.start <= last.end {
        joined[joined.count - 1].end = max(last.end, stroke.end)
      } else {
        joined.append(stroke)
      }
    }
  }
}
