internal import Cells
internal import PBFT
internal import Simulation

/// Where the lanes of a ladder are, and what stands beside them.
struct LadderLanes {
  /// Whose lane it is; nil is the lane of all clients that have none of their own.
  let owners: [Principal?]
  let labels: Region
  /// Where the rows are, from the times to the labels.
  let region: Region
  /// The columns from one lane to the next.
  let width: Int
  /// The column of the first lane.
  private let first: Int

  /// The columns for the time of a rung, and the marks at its sides.
  static let timeWidth = 7

  init(_ region: Region, replicas: [ReplicaID], clients: [ClientID]) {
    self.region = region
    let room = region.columns - Self.timeWidth
    func width(_ lanes: Int, _ label: Int) -> Int { (room - label) / max(lanes, 1) }
    // Where there are many lanes, the words make room for them, and then the clients share one.
    let widest = min(max(region.columns / 4, 18), 44)
    var (own, label) = (clients.count, widest)
    while label > 9, width(replicas.count + own, label) < min(6, 2 + label / 4) { label -= 1 }
    while own > 1, width(replicas.count + own, label) < 3 { own -= 1 }
    let shared: [Principal?] = own < clients.count ? [nil] : []
    let ownClients = clients.prefix(own - shared.count).map { Principal?.some(.client($0)) }
    owners = ownClients + shared + replicas.map { .replica($0) }
    self.width = min(max(width(owners.count, label), 2), 30)
    first = region.x + Self.timeWidth + self.width / 2
    let end = min(region.x + Self.timeWidth + self.width * owners.count + 1, region.endX)
    labels = Region(x: end, y: region.y, columns: region.endX - end, rows: region.rows)
  }

  /// The column of a lane.
  func x(_ lane: Int) -> Int { first + width * lane }

  /// Which lane somebody has.
  func lane(of principal: Principal) -> Int? {
    if let own = owners.firstIndex(of: principal) { return own }
    if case .client = principal { return owners.firstIndex(of: nil) }
    return nil
  }
}

extension Scene {
  func ladderLanes(_ region: Region, _ rungs: [Rung]) -> LadderLanes {
    var clients = Set(world.clients.filter { $0.lastTimestamp.number > 0 }.map(\.id))
    for rung in rungs {
      for case .client(let client) in [rung.from].compactMap({ $0 }) + rung.copies.map(\.to) {
        clients.insert(client)
      }
    }
    if clients.isEmpty, let first = world.clients.first { clients = [first.id] }
    return LadderLanes(
      region, replicas: world.replicas.map(\.id), clients: clients.sorted())
  }

  func isDown(_ lane: Principal?) -> Bool {
    if case .replica(let replica) = lane { world.isCrashed(replica) } else { false }
  }

  func drawLaneHeads(_ buffer: inout CellBuffer, _ y: Int, _ lanes: LadderLanes) {
    for (index, lane) in lanes.owners.enumerated() {
      let room = max(lanes.width - 1, 1)
      let name = fitting(room, laneNames(lane, lanes))
      let isNew = lane.map { lane in hasChanged { laneMarks(lane, in: $0) } } ?? false
      let used = min(name.columns, room)
      let centre = min(used, max(lane?.description.columns ?? 2, 1)) / 2
      let start = max(lanes.x(index) - centre, lanes.x(index) - lanes.width / 2)
      buffer.put(
        name, at: Position(x: start, y: y), style: laneStyle(lane).changed(if: isNew),
        maxWidth: room)
      if isNew { mark(&buffer, start - 1, y) }
    }
  }

  /// A lane's name, the longest first.
  private func laneNames(_ lane: Principal?, _ lanes: LadderLanes) -> [String] {
    switch lane {
    case nil:
      let own = lanes.owners.count { if case .client = $0 { true } else { false } }
      let all = world.clients.count { $0.lastTimestamp.number > 0 }
      return ["others", "+\(max(all - own, 1))", "+"]
    case .client(let client): return [client.description, String(client.description.prefix(1))]
    case .replica(let id):
      var marks: [String] = []
      if world.isFaulty(id) { marks.append(text(glyphs.faulty)) }
      if world.isCrashed(id) {
        marks.append(text(glyphs.crashed))
      } else if world.leads(id) {
        marks.append(text(glyphs.primary))
      }
      let mark = marks.last ?? "R"
      return [
        ([id.description] + marks).joined(separator: " "), "\(mark)\(id.index)", "\(id.index)",
        "\(id.index % 10)",
      ]
    }
  }

  private func laneStyle(_ lane: Principal?) -> Style {
    guard case .replica(let id) = lane else { return Style(.plain, .bold) }
    if world.isFaulty(id) || world.isCrashed(id) { return .fault }
    return world.leads(id) ? Style(.leader) : Style(.plain, .bold)
  }

  /// What is told of a lane besides its name.
  private func laneMarks(_ lane: Principal, in world: World) -> [Bool] {
    guard case .replica(let id) = lane else { return [] }
    return [world.isFaulty(id), world.isCrashed(id), world.leads(id)]
  }
}
