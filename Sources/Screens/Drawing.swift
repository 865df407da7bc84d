public import Cells
internal import PBFT

/// The picture of a model at a size.
///
/// Right at every size; nothing traps.
public func draw(_ model: Model, _ size: Size) -> CellBuffer {
  var buffer = CellBuffer(size: size)
  guard !size.isEmpty else { return buffer }
  guard size.columns >= leastSize.columns, size.rows >= leastSize.rows else {
    drawTooSmall(&buffer)
    return buffer
  }
  let scene = Scene(model)
  let layout = Layout(size)
  scene.drawHeader(&buffer, layout.header)
  scene.drawPageBar(&buffer, layout.pages)
  scene.drawTimeline(&buffer, layout.timeline)
  scene.drawFooter(&buffer, layout.footer)
  switch model.page {
  case .cluster: scene.drawCluster(&buffer, layout.body)
  case .ladder: scene.drawLadderPage(&buffer, layout.body)
  case .quorums: scene.drawQuorumsPage(&buffer, layout.body)
  case .viewChange: scene.drawViewChangePage(&buffer, layout.body)
  case .message: scene.drawMessagePage(&buffer, layout.body)
  case .rules: scene.drawRulesPage(&buffer, layout.body)
  case .timeline: scene.drawTimelinePage(&buffer, layout.body)
  case .start: scene.drawStartPage(&buffer, layout.body)
  }
  scene.drawOverlay(&buffer, scene.strip(layout.body).above)
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

private func drawTooSmall(_ buffer: inout CellBuffer) {
  let lines = [
    "PBFTScope needs more room:", "\(leastSize.columns)x\(leastSize.rows) or more,",
    "here \(buffer.size.columns)x\(buffer.size.rows).", "Keys still work; q quits.",
  ]
  let region = buffer.region.centred(Size(columns: 26, rows: lines.count))
  for (row, line) in lines.enumerated() where row < region.rows {
    buffer.put(
      line, at: Position(x: region.x, y: region.y + row), style: row == 0 ? Style(.notice) : .plain)
  }
}
