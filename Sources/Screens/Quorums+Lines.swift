internal import Cells
internal import PBFT
internal import Simulation

/// A line of the page Quorums below its heading.
enum QuorumLine: Hashable {
  /// The name of a kind of votes, what it takes, and the tally of each replica.
  case head(Message.Kind)
  case lamps(LampRow)
}

/// A part of the page that can be shown with its lamps or without them.
struct QuorumPart {
  let kind: Message.Kind
  let rows: [LampRow]
  /// Something is missing at the focused replica, or anywhere.
  let isLackedHere: Bool
  let isLacked: Bool
}

/// What the page Quorums is made of.
struct QuorumsContent {
  let table: QuorumTable
  /// The same one step before; what differs is marked.
  let then: QuorumTable
  let proposals: [LampRow]
  let parts: [QuorumPart]
  let replies: [LampRow]

  /// Every row of lamps, from the top.
  var rows: [LampRow] { proposals + parts.flatMap(\.rows) + replies }

  /// As many lines as there are rows for: first what each replica has of everything, then the lamps of what is selected
  /// or missing, then the replies, then the other lamps.
  func lines(_ count: Int, selected: LampRow?) -> [QuorumLine] {
    var room = count - proposals.count - parts.count
    var replies = selected.map(replies.contains) == true ? replies : []
    replies = Array(replies.prefix(max(room, 0)))
    room -= replies.count
    var shown = parts.map { _ in [LampRow]() }
    let opened = opened(selected)
    if let opened {
      let rows = parts[opened].rows
      let place = selected.flatMap { rows.firstIndex(of: $0) } ?? 0
      let seen = max(min(room, rows.count), 0)
      let first = max(min(place - seen / 2, rows.count - seen), 0)
      shown[opened] = Array(rows.dropFirst(first).prefix(seen))
      room -= seen
    }
    if replies.isEmpty {
      replies = Array(self.replies.prefix(max(room, 0)))
      room -= replies.count
    }
    for index in parts.indices where index != opened && parts[index].rows.count <= room {
      shown[index] = parts[index].rows
      room -= parts[index].rows.count
    }
    let middle = parts.indices.flatMap { index in
      [QuorumLine.head(parts[index].kind)] + shown[index].map(QuorumLine.lamps)
    }
    let all = proposals.map(QuorumLine.lamps) + middle + replies.map(QuorumLine.lamps)
    return Array(all.prefix(max(count, 0)))
  }

  /// The part whose lamps come before those of the others.
  private func opened(_ selected: LampRow?) -> Int? {
    parts.firstIndex { part in selected.map(part.rows.contains) ?? false }
      ?? parts.firstIndex { $0.isLackedHere && !$0.rows.isEmpty }
      ?? parts.firstIndex { $0.isLacked && !$0.rows.isEmpty }
      ?? parts.lastIndex { $0.kind == .commit } ?? parts.indices.last
  }
}

extension Scene {
  /// What the page shows of the chosen number, now and one step before.
  var quorumsContent: QuorumsContent {
    let number = model.shownNumber
    let past = model.quorums.strays.past(of: model.history)
    // From the end: of a long history only the last step is gone through.
    let end = past.lastIndex { $0.step < world.step }.map { $0 + 1 } ?? past.startIndex
    let earlier = past[..<end]
    var (table, then) = (
      QuorumTable(number, in: world, strays: past),
      QuorumTable(number, in: before, strays: earlier)
    )
    if table.isDiscarded {
      // What proves the checkpoint is all that is left.
      let stable = world.replicas.map(\.low).min() ?? number
      let replies = table.replies
      table = QuorumTable(max(stable, SequenceNumber(1)), in: world, strays: past)
      then = QuorumTable(max(stable, SequenceNumber(1)), in: before, strays: earlier)
      return QuorumsContent(
        table: table, then: then, proposals: [], parts: [part(table.checkpoints, table)],
        replies: replies.map { .reply($0.request) })
    }
    let isTaken = table.checkpoints.rows.contains { row in
      row.lamps.contains {
        if case .absent = $0.state { false } else { $0.state != .discarded }
      }
    }
    return QuorumsContent(
      table: table, then: then,
      proposals: table.proposals.rows.map { .vote(.prePrepare, $0.sender) },
      parts: [part(table.prepares, table), part(table.commits, table)]
        + (isTaken ? [part(table.checkpoints, table)] : []),
      replies: table.replies.map { .reply($0.request) })
  }

  private func part(_ block: QuorumBlock, _ table: QuorumTable) -> QuorumPart {
    func isLacked(_ column: QuorumColumn) -> Bool {
      block.kind == .checkpoint
        ? !column.isStable : !column.isDiscarded && !tally(block.kind, column).isReached
    }
    return QuorumPart(
      kind: block.kind, rows: block.rows.map { .vote(block.kind, $0.sender) },
      isLackedHere: isLacked(table.columns[model.replica.index]),
      isLacked: table.columns.contains(where: isLacked))
  }

  func tally(_ kind: Message.Kind, _ column: QuorumColumn) -> QuorumTally {
    switch kind {
    case .prepare: column.prepares
    case .checkpoint: column.checkpoints
    default: column.commits
    }
  }

  /// Every lamp of the focused replica that can be selected, from the top.
  var lampRows: [LampRow] { quorumsContent.rows }
}

extension QuorumTable {
  /// The lamp of a row in a replica's column.
  func lamp(_ row: LampRow, at replica: ReplicaID) -> Lamp? {
    switch row {
    case .vote(let kind, let sender):
      block(kind).rows.first { $0.sender == sender }?.lamps[replica.index]
    case .reply(let request):
      replies.first { $0.request == request && !$0.lamps.isEmpty }?.lamps[replica.index]
    }
  }
}
