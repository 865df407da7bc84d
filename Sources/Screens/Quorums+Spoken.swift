internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// What the page Quorums shows, in lines that can be read aloud: one fact each.
extension Scene {
  /// The number, what its digests stand for, then what each replica has of it and lacks.
  var spokenQuorums: [String] {
    let content = quorumsContent
    let title = titleLines(content, width: .max, atMost: 1).flatMap { $0 }
      .map(\.text).joined().split(separator: "   ")
    return title.map { $0.split(separator: " ").joined(separator: " ") }
      + world.replicas.flatMap { spoken($0.id, content) }
      + ["messages spent: \(spent(content)[0])"]
  }

  private func spoken(_ id: ReplicaID, _ content: QuorumsContent) -> [String] {
    var model = model
    model.replica = id
    let lacks = "\(id) lacks" + Scene(model).lacks(content).text.dropFirst("\(id)".count)
    let table = content.table
    guard !table.isDiscarded, table.sequence == self.model.shownNumber else { return [lacks] }
    let column = table.columns[id.index]
    let phase = world.replicas[id.index].phase(of: table.sequence)
    let accepted = column.accepted.map { ", has accepted \(letter($0))" } ?? ""
    let lamps = [table.proposals, table.prepares, table.commits].flatMap { block in
      block.rows.map { $0.lamps[id.index] }
    }
    let reached = phase == .empty ? "not pre-prepared" : phase.word
    return ["\(id), in \(column.view): \(reached)\(accepted)"]
      + [(table.prepares, column.prepares), (table.commits, column.commits)].map { block, tally in
        let voters = block.rows.filter { $0.lamps[id.index].state.isCounted }.map {
          "\($0.sender)"
        }
        return "\(id): \(block.kind.rawValue)s \(tally.have) of \(tally.need)"
          + (voters.isEmpty ? "" : ", of \(voters.joined(separator: ", "))")
      }
      + lamps.filter(\.isRemarkable).map { sentence($0, column, table) } + [lacks]
  }
}

extension Lamp {
  /// It neither counts nor is merely awaited.
  fileprivate var isRemarkable: Bool {
    switch state {
    case .counts: second != nil
    case .otherDigest, .early, .later, .withoutRequests, .refused, .lost: true
    case .travelling(_, let arrives): arrives == nil
    case .absent, .discarded, .unexpected: false
    }
  }
}
