internal import Cells
internal import PBFT
internal import Simulation

/// Every replica with its phases and its log, and below them what is on its way and why.
extension Scene {
  func drawCluster(_ buffer: inout CellBuffer, _ region: Region) {
    let rest = drawStrip(&buffer, region)
    let isWide = rest.rows >= 22
    let perRow = panesPerRow(rest.columns)
    let paneRows = isWide && perRow < cluster.replicaCount && rest.rows >= 24 ? 2 : 1
    let ladderRows = isWide && paneRows == 1 ? max(7, rest.rows - max(15, rest.rows * 9 / 20)) : 0
    let (panes, below) = rest.split(top: rest.rows - ladderRows)
    drawPanes(&buffer, panes, perRow: perRow, rows: paneRows)
    if ladderRows > 0 { drawLadder(&buffer, below) }
  }

  /// Draws what stands between the panes and the footer on every page; returns what is left above.
  func drawStrip(_ buffer: inout CellBuffer, _ region: Region) -> Region {
    let isTall = region.rows >= 26
    let isShort = region.rows < 20
    var rest = region
    func take(_ rows: Int) -> Region {
      let (bottom, others) = rest.split(bottom: rows)
      rest = others
      return bottom
    }
    drawLesson(&buffer, take(lessonRows(region.columns, atMost: isTall ? 4 : 2)))
    let waits = take(isTall ? 2 : 1)
    let next = take(isShort ? 1 : 2)
    let why = take(isShort && model.lesson != nil ? 1 : 2)
    drawWaits(&buffer, waits)
    drawNamed(&buffer, next, "next", [Span(self.next)])
    drawNamed(&buffer, why, "why", [Span(self.why)])
    drawClients(&buffer, take(1))
    drawInFlight(&buffer, take(region.rows >= 40 ? 3 : isTall ? 2 : 1))
    return rest
  }

  /// How many panes stand side by side.
  private func panesPerRow(_ columns: Int) -> Int {
    min(cluster.replicaCount, max(4, columns / 18))
  }

  private func drawPanes(_ buffer: inout CellBuffer, _ region: Region, perRow: Int, rows: Int) {
    let shown = min(cluster.replicaCount, perRow * rows)
    // The focused replica is always among those shown.
    let page = model.replica.index / shown
    let first = min(page * shown, cluster.replicaCount - shown)
    var index = first
    for line in region.rows(rows) {
      let count = rows == 1 ? shown : min((shown + 1) / rows, first + shown - index)
      for pane in line.columns(count) {
        guard index < world.replicas.count else { return }
        drawPane(&buffer, pane, world.replicas[index])
        index += 1
      }
    }
    if shown < cluster.replicaCount {
      let told = " R\(first)-R\(first + shown - 1) of \(cluster.replicaCount), Tab "
      buffer.put([Span(told, .label)], endingAt: region.endX - 2, y: region.endY - 1)
    }
  }
}
