public import Cells
internal import PBFT

/// The picture of a model at a size.
///
/// Right at every size; nothing traps.
public func draw(_ model: Model, _ size: Size) -> CellBuffer {
  var buffer = CellBuffer(size: size)
  guard !size.isEmpty else { return buffer }
  guard model.hasRoom(in: size) else {
    drawTooSmall(&buffer, model)
    return buffer
  }
  for part in parts(of: model, size) where !part.isOfPage { part.draw(&buffer) }
  if model.glyphs.isASCII { buffer.keepASCII() }
  return buffer
}

extension CellBuffer {
  /// Makes `?` of every other character: names and values may hold any.
  fileprivate mutating func keepASCII() {
    for y in 0..<size.rows {
      for x in 0..<size.columns where !self[x, y].glyph.isASCII {
        self[x, y] = Cell("?", self[x, y].style)
      }
    }
  }
}

/// The least room for which a page makes sense.
public let leastSize = Size(columns: 60, rows: 18)

/// The same where fewer things are shown, larger: a projector of 1024x768 at 28 points.
public let leastBigSize = Size(columns: 44, rows: 16)

extension Model {
  /// The least room that is needed now.
  var leastSize: Size { isBig ? leastBigSize : Screens.leastSize }

  /// Whether a page makes sense in so much room.
  func hasRoom(in size: Size) -> Bool {
    size.columns >= leastSize.columns && size.rows >= leastSize.rows
  }
}

private func drawTooSmall(_ buffer: inout CellBuffer, _ model: Model) {
  let (size, least) = (buffer.size, model.leastSize)
  var lines = [
    "PBFTScope needs more room:", "\(least.columns)x\(least.rows) or more,",
    "here \(size.columns)x\(size.rows).", "Keys still work; q quits.",
  ]
  let wouldFit = size.columns >= leastBigSize.columns && size.rows >= leastBigSize.rows
  if wouldFit { lines.insert("+ shows fewer things here.", at: 3) }
  let region = buffer.region.centred(Size(columns: 26, rows: lines.count))
  for (row, line) in lines.enumerated() where row < region.rows {
    buffer.put(
      line, at: Position(x: region.x, y: region.y + row), style: row == 0 ? Style(.notice) : .plain)
  }
}
