internal import Cells
internal import PBFT
internal import Simulation

/// Every replica with its phases and its log, and below them what is on its way and why.
extension Scene {
  func drawCluster(_ buffer: inout CellBuffer, _ region: Region) {
    let places = clusterPlaces(drawStrip(&buffer, region))
    for pane in places.panes { drawPane(&buffer, pane.region, world.replicas[pane.index]) }
    if let first = places.panes.first?.index, let last = places.panes.last?.index,
      places.panes.count < cluster.replicaCount
    {
      let told = " R\(first)-R\(last) of \(cluster.replicaCount), Tab "
      buffer.put([Span(told, .label)], endingAt: places.all.endX - 2, y: places.all.endY - 1)
    }
    drawLadder(&buffer, places.ladder)
  }

  /// Where the panes and the ladder are, above the strip.
  func clusterPlaces(
    _ rest: Region
  ) -> (all: Region, panes: [(index: Int, region: Region)], ladder: Region) {
    let isWide = rest.rows >= 22
    let perRow = panesPerRow(rest.columns)
    let paneRows = isWide && perRow < cluster.replicaCount && rest.rows >= 24 ? 2 : 1
    let ladderRows = isWide && paneRows == 1 ? max(7, rest.rows - max(15, rest.rows * 9 / 20)) : 0
    let (all, ladder) = rest.split(top: rest.rows - ladderRows)
    return (all, panePlaces(all, perRow: perRow, rows: paneRows), ladder)
  }

  /// Draws what stands between the panes and the footer on every page; returns what is left above.
  func drawStrip(_ buffer: inout CellBuffer, _ region: Region) -> Region {
    let strip = strip(region)
    drawStory(&buffer, strip)
    drawClients(&buffer, strip.clients)
    drawInFlight(&buffer, strip.inFlight)
    return strip.rest
  }

  /// The lower part of the strip, which no window covers: what happened, what will, and what is waited for.
  func drawStory(_ buffer: inout CellBuffer, _ strip: Strip) {
    drawLesson(&buffer, strip.lesson)
    drawNamed(&buffer, strip.next, "next", [Span(self.next)])
    drawNamed(&buffer, strip.why, "why", [Span(self.why)])
    drawWaits(&buffer, strip)
  }

  /// Where the rows below the page are.
  func strip(_ region: Region) -> Strip {
    Strip(
      region,
      lessonRows: lessonRows(
        region.columns, atMost: region.rows >= 25 ? 4 : region.rows >= 17 ? 3 : 2),
      isViolated: !world.violations.isEmpty, saidRows: noteRows(region.columns))
  }

  /// How many panes stand side by side.
  private func panesPerRow(_ columns: Int) -> Int {
    min(cluster.replicaCount, max(4, columns / 18))
  }

  /// Each pane with its replica's index.
  private func panePlaces(
    _ region: Region, perRow: Int, rows: Int
  ) -> [(index: Int, region: Region)] {
    let shown = min(cluster.replicaCount, perRow * rows)
    // The focused replica is always among those shown.
    let page = model.replica.index / shown
    let first = min(page * shown, cluster.replicaCount - shown)
    var places: [(index: Int, region: Region)] = []
    for line in region.rows(rows) {
      let next = first + places.count
      let count = rows == 1 ? shown : min((shown + 1) / rows, first + shown - next)
      for pane in line.columns(count) where first + places.count < world.replicas.count {
        places.append((first + places.count, pane))
      }
    }
    return places
  }
}
