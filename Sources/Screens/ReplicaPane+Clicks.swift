internal import Cells
internal import PBFT
internal import Simulation

/// What can be clicked inside the pane of a replica: a number, a cell of its grid, a line of its log.
extension Scene {
  func paneTarget(at position: Position, _ region: Region, _ replica: Replica) -> Target {
    let parts = paneParts(region.inset(by: 1), replica)
    let numbers = gridNumbers(replica, rows: parts.grid.rows - 1)
    let row = position.y - parts.grid.y - 1
    if parts.grid.contains(position), numbers.indices.contains(row) {
      let n = SequenceNumber(numbers[row])
      let columns = Columns(width: parts.grid.columns)
      guard let milestone = columns.milestone(at: position.x - parts.grid.x),
        world.askedNumbers(at: replica.id).contains(n.number)
      else { return .number(replica.id, n) }
      return .why(replica.id, WhyCell(n, milestone))
    }
    let line = position.y - parts.log.y
    let lines = seenOfLog(of: .replica(replica.id), parts.log).lines
    if parts.log.contains(position), lines.indices.contains(line), let id = lines[line].message {
      return .logLine(replica.id, message: id)
    }
    return .replica(replica.id)
  }
}

extension Scene.Columns {
  /// What the column at a place tells of; nil for the number and its digest.
  func milestone(at x: Int) -> Milestone? {
    let first = number + digest + requests + gap.columns
    if x < first { return nil }
    if x < first + proposal { return .prePrepared }
    if x < first + proposal + tally { return .prepared }
    return x < first + proposal + 2 * tally ? .committed : .executed
  }
}

extension Model {
  /// A number was clicked in the pane of a replica: Quorums shows it, and y asks about it.
  mutating func chooseNumber(_ n: SequenceNumber, at id: ReplicaID) {
    replica = id
    focus = .replicas
    quorums.sequence = n
    quorums.lamp = nil
    notice = Notice("\(n) is chosen: Q shows who has voted for it, y why it has come so far")
  }

  /// A cell was clicked: the window of reasons tells why it is so.
  mutating func ask(_ cell: WhyCell, at id: ReplicaID) {
    replica = id
    focus = .replicas
    quorums.sequence = cell.sequence
    overlay = .why(cell)
  }

  /// A line of a log was clicked: its replica gets the focus; a line of the one that has it opens its message.
  mutating func chooseLogLine(of id: ReplicaID, _ number: Int) {
    if replica == id, focus == .replicas {
      showMessage(number)
    } else {
      replica = id
      focus = .replicas
      notice = Notice("\(id) has the focus; click once more for message #\(number)")
    }
  }

  /// The cell that y asks about: of the number that was chosen, if the replica can be asked about it.
  var askedCell: WhyCell {
    let own = world.replicas[replica.index]
    if let n = quorums.sequence, world.askedNumbers(at: own.id).contains(n.number) {
      return WhyCell(n, at: own)
    }
    return WhyCell(for: replica, in: world)
  }
}
