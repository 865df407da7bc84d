internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// The page Cluster for the back row: one number, and how far each replica has come with it.
extension Scene {
  func bigParts(_ rest: Region) -> [PicturePart] {
    let places = bigPlaces(rest)
    let n = bigNumber
    let panes = places.panes.map { pane in
      PicturePart("\(world.replicas[pane.index].id)", pane.region) {
        drawBigPane(&$0, pane.region, world.replicas[pane.index], n)
        if pane.index == places.panes.last?.index { drawShown(&$0, places.panes) }
      }
    }
    return [PicturePart("number", places.heading) { drawBigHeading(&$0, places.heading, n) }]
      + panes
  }

  /// Where the row that names the number and the panes are.
  func bigPlaces(_ rest: Region) -> (heading: Region, panes: [(index: Int, region: Region)]) {
    let (heading, all) = rest.split(top: rest.rows >= 9 ? 1 : 0)
    if model.isZoomed { return (heading, [(model.replica.index, all)]) }
    // As many rows of panes as make the letters largest.
    let count = cluster.replicaCount
    var best = (rows: 1, perRow: min(count, max(1, all.columns / Self.bigWidth)), area: 0)
    for rows in 1...max(1, all.rows / Self.bigHeight) where rows <= count {
      let perRow = (count + rows - 1) / rows
      let room = Size(columns: all.columns / perRow - 2, rows: all.rows / rows - 3)
      guard let scale = BlockLetters.scale(in: room) else { continue }
      if scale.columns * scale.rows > best.area {
        best = (rows, perRow, scale.columns * scale.rows)
      }
    }
    if best.area == 0 { best.rows = min(max(1, all.rows / Self.bigHeight), 2) }
    return (heading, panePlaces(all, perRow: best.perRow, rows: best.rows))
  }

  /// The least that a pane needs for two letters: nine columns and five rows, a line below, and the frame.
  private static let (bigWidth, bigHeight) = (11, 8)

  /// The lowest number that some correct replica at work has not executed yet, or else the newest in use.
  var bigNumber: SequenceNumber {
    let working = world.replicas.filter { !world.isCrashed($0.id) && !world.isFaulty($0.id) }
    let replicas = working.isEmpty ? world.replicas : working
    let used = replicas.flatMap { $0.log.used.filter(\.isInUse).map(\.sequence) }
    let executed = replicas.map(\.lastExecuted)
    let newest = max(used.max() ?? .zero, executed.max() ?? .zero)
    let first = (executed.min() ?? .zero).next
    return first <= newest ? first : max(newest, SequenceNumber.zero.next)
  }

  private func drawBigHeading(_ buffer: inout CellBuffer, _ region: Region, _ n: SequenceNumber) {
    guard region.rows > 0 else { return }
    let slots = world.replicas.compactMap { $0.log[n] }
    let digest = slots.compactMap { $0.prePrepare?.digest }.first
    let requests = slots.compactMap { $0.batch }.first?.requests ?? []
    let name = [Span("n \(n.number)", Style(.focus))]
    let shown = digest.map { [Span("  \(letter($0))", Style(.plain, .bold))] } ?? []
    let told = requests.map { "  \($0) \($0.operation.text)" }.joined(separator: ",")
    let replies = replies(to: requests)
    let spans = fitting(
      region.columns - 2,
      [
        name + shown + [Span(told, Style(.client))] + replies,
        name + shown + [Span(told, Style(.client))], name + shown + replies, name + shown,
      ])
    buffer.put(spans, at: region.origin.moved(right: 1), maxWidth: region.columns - 2)
  }

  /// What the clients of these requests have got.
  private func replies(to requests: [Request]) -> [Span] {
    requests.flatMap { request -> [Span] in
      guard let client = world.clients.first(where: { $0.id == request.client }) else { return [] }
      if let outstanding = client.outstanding, outstanding.timestamp == request.timestamp {
        return [Span("   \(client.bestTally) of \(settings.needs.replies) replies")]
      }
      guard client.accepted?.timestamp == request.timestamp else { return [] }
      return [Span("   accepted "), Span(text(glyphs.done), .done)]
    }
  }
}

extension Slot {
  /// Whether anything is known of its number.
  var isInUse: Bool {
    prePrepare != nil || !prepares.isEmpty || !commits.isEmpty || certificate != nil
  }
}
