internal import Cells
internal import PBFT
internal import Simulation

/// What can be clicked on the page Quorums.
extension Scene {
  func quorumsTarget(at position: Position, _ region: Region) -> Target? {
    let content = quorumsContent
    let places = quorumsPlaces(strip(region).above, content)
    guard
      let index = places.shown.first(where: {
        (places.x($0)..<places.x($0) + places.cell).contains(position.x)
      })
    else { return nil }
    let id = ReplicaID(index)
    if places.heading.contains(position) { return .replica(id) }
    let row = position.y - places.list.y
    guard places.list.contains(position), places.lines.indices.contains(row) else { return nil }
    switch places.lines[row] {
    case .lamps(let row): return .lamp(id, row)
    case .head(let kind):
      let n = content.table.sequence
      let own = world.replicas[index]
      guard kind != .checkpoint, world.askedNumbers(at: own.id).contains(n.number) else {
        return .replica(id)
      }
      return .why(id, WhyCell(n, kind == .prepare ? .prepared : .committed))
    }
  }
}
