internal import Cells
internal import PBFT
internal import Simulation

/// Every replica with its phases and its log, and below them what is on its way and why.
extension Scene {
  /// The pieces of the page: the panes, the ladder where there is room, and the rows below.
  func clusterParts(_ region: Region) -> [PicturePart] {
    let strip = strip(region)
    if model.isBig, !(model.isZoomed && model.focus == .messages) {
      return bigParts(strip.rest) + storyParts(strip)
    }
    if model.isZoomed { return zoomParts(strip.rest) + storyParts(strip) }
    let places = clusterPlaces(strip.rest)
    let panes = places.panes.map { pane in
      PicturePart("\(world.replicas[pane.index].id)", pane.region) {
        drawPane(&$0, pane.region, world.replicas[pane.index])
        if pane.index == places.panes.last?.index { drawShown(&$0, places.panes) }
      }
    }
    return panes + [
      PicturePart("ladder", places.ladder) { drawLadder(&$0, places.ladder) },
      PicturePart("clients", strip.clients) { drawClients(&$0, strip.clients) },
      PicturePart("in flight", strip.inFlight) { drawInFlight(&$0, strip.inFlight) },
    ] + storyParts(strip)
  }

  /// Which of the replicas are shown, in the lower edge of the last pane.
  func drawShown(_ buffer: inout CellBuffer, _ panes: [(index: Int, region: Region)]) {
    guard let first = panes.first, let last = panes.last, panes.count < cluster.replicaCount
    else { return }
    let range = "R\(first.index)-R\(last.index)"
    let told = fitting(
      last.region.columns - 4,
      [
        " \(range) of \(cluster.replicaCount), Tab ", " \(range) of \(cluster.replicaCount) ",
        range,
      ])
    buffer.put(
      [Span(told, .label)], endingAt: last.region.endX - 2, y: last.region.endY - 1,
      maxWidth: last.region.columns - 4)
  }

  /// The panes that can be clicked, with the indices of their replicas.
  func shownPanes(_ strip: Strip) -> [(index: Int, region: Region)] {
    if model.isBig { return bigPlaces(strip.rest).panes }
    return model.isZoomed ? [] : clusterPlaces(strip.rest).panes
  }

  /// Where the panes and the ladder are, above the strip.
  func clusterPlaces(
    _ rest: Region
  ) -> (panes: [(index: Int, region: Region)], ladder: Region) {
    let isWide = rest.rows >= 22
    let perRow = panesPerRow(rest.columns)
    let paneRows = isWide && perRow < cluster.replicaCount && rest.rows >= 24 ? 2 : 1
    let ladderRows = isWide && paneRows == 1 ? max(7, rest.rows - max(15, rest.rows * 9 / 20)) : 0
    let (all, ladder) = rest.split(top: rest.rows - ladderRows)
    return (panePlaces(all, perRow: perRow, rows: paneRows), ladder)
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
    for part in storyParts(strip) { part.draw(&buffer) }
  }

  /// The same piece by piece.
  func storyParts(_ strip: Strip, isOfPage: Bool = false) -> [PicturePart] {
    let answer = answerArea(strip)
    let next = strip.next.split(top: answer.y - strip.next.y).top
    return [
      PicturePart("lesson", strip.lesson, isOfPage: isOfPage) { drawLesson(&$0, strip.lesson) },
      PicturePart("next", next, isOfPage: isOfPage) {
        if next.rows > 0 { drawNamed(&$0, next, "next", [Span(self.next)]) }
      },
      PicturePart("why", strip.why, isOfPage: isOfPage) {
        drawNamed(&$0, strip.why, "why", [Span(why)])
      },
      PicturePart("waits", answer, isOfPage: isOfPage) { drawWaits(&$0, strip) },
    ]
  }

  /// Where the rows below the page are.
  func strip(_ region: Region) -> Strip {
    Strip(
      region,
      lessonRows: lessonRows(
        region.columns, atMost: region.rows >= 25 ? 4 : region.rows >= 17 ? 3 : 2),
      isViolated: !world.violations.isEmpty, saidRows: noteRows(region.columns),
      detail: model.isBig ? .large : model.isZoomed ? .least : .whole)
  }

  /// How many panes stand side by side.
  private func panesPerRow(_ columns: Int) -> Int {
    min(cluster.replicaCount, max(4, columns / 18))
  }

  /// Each pane with its replica's index.
  func panePlaces(
    _ region: Region, perRow: Int, rows: Int
  ) -> [(index: Int, region: Region)] {
    let shown = min(cluster.replicaCount, perRow * rows)
    // The focused replica is always among those shown.
    let page = model.replica.index / shown
    let first = min(page * shown, cluster.replicaCount - shown)
    var places: [(index: Int, region: Region)] = []
    for line in region.rows(rows) {
      let next = first + places.count
      let count = rows == 1 ? shown : min((shown + rows - 1) / rows, first + shown - next)
      for pane in line.columns(count) where first + places.count < world.replicas.count {
        places.append((first + places.count, pane))
      }
    }
    return places
  }
}
