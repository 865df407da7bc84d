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
    let strip = strip(region)
    drawLesson(&buffer, strip.lesson)
    drawWaits(&buffer, strip.waits)
    drawNamed(&buffer, strip.next, "next", [Span(self.next)])
    drawNamed(&buffer, strip.why, "why", [Span(self.why)])
    drawClients(&buffer, strip.clients)
    drawInFlight(&buffer, strip.inFlight)
    return strip.rest
  }

  /// Where the rows below the page are.
  func strip(_ region: Region) -> Strip {
    Strip(region, lessonRows: lessonRows(region.columns, atMost: region.rows >= 26 ? 4 : 2))
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
