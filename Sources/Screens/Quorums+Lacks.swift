internal import Cells
internal import PBFT
internal import Simulation

/// What the focused replica lacks of a number.
extension Scene {
  /// What the focused replica lacks for the number, and why each of it.
  func lacks(_ content: QuorumsContent) -> [Span] {
    let table = content.table
    let column = table.columns[model.replica.index]
    let own = world.replicas[column.replica.index]
    let n = model.shownNumber
    let isDown = world.isCrashed(column.replica)
    func said(_ text: String) -> [Span] {
      [Span("\(column.replica)\(isDown ? " (crashed)" : ""): \(text)")]
    }
    guard n > own.low else {
      let proof = own.stable.checkpoints.map(\.replica).sorted().map(\.description)
        .joined(separator: ", ")
      let stable = own.stable.sequence
      return said(
        "nothing: \(n) is at or below its stable checkpoint \(stable), so its messages were "
          + "discarded (4.3); CHECKPOINTs of \(proof) prove it")
    }
    if column.isExecuted {
      guard !column.isStable, column.checkpoints.have > 0 else {
        return said("nothing: it has executed \(n)")
      }
      let rest = reasons(table.checkpoints, column, table)
      return said(
        "nothing for \(n), which it has executed; the checkpoint of \(table.checkpoint) has "
          + "\(tally(column.checkpoints, "2f + 1", cluster.quorum)) CHECKPOINTs: \(rest)")
    }
    guard let accepted = column.accepted else {
      let rest = reasons(table.proposals, column, table)
      return said(
        "the PRE-PREPARE of \(column.view) \(n)\(rest.isEmpty ? "" : ": \(rest)")")
    }
    let name = letter(accepted)
    // While its view changes it accepts only CHECKPOINT, VIEW-CHANGE and NEW-VIEW (§4.4).
    let leaving = column.isActive ? "" : "; it changes to \(own.view) and takes no votes (4.4)"
    if !column.hasRequests {
      return said("the requests of \(name), which it knows by their digest only and fetches")
    }
    if !column.prepares.isReached {
      let count = column.prepares.need - column.prepares.have
      return said(
        "\(count) of \(need("2f", cluster.prepares, column.prepares.need)) PREPAREs for "
          + "\(name): \(reasons(table.prepares, column, table))\(leaving)")
    }
    if !column.commits.isReached {
      let count = column.commits.need - column.commits.have
      return said(
        "\(count) of \(need("2f + 1", cluster.quorum, column.commits.need)) COMMITs for "
          + "\(name): \(reasons(table.commits, column, table))\(leaving)")
    }
    if !column.isActive {
      return said("the new view: \(name) is committed here, and it changes to \(own.view)")
    }
    return said(
      "the execution of \(own.lastExecuted.next): \(n) is committed, and comes after it (4.2)")
  }

  /// `2f = 2`, or what a rule that is off has made of it.
  private func need(_ formula: String, _ size: Int, _ need: Int) -> String {
    need == size ? "\(formula) = \(size)" : "\(need) instead of \(formula) = \(size)"
  }

  private func tally(_ tally: QuorumTally, _ formula: String, _ size: Int) -> String {
    "\(tally.have) of \(need(formula, size, tally.need))"
  }

  /// Why each vote does not count that a replica has not counted: `R1, R2 said a; R0 crashed`.
  private func reasons(
    _ block: QuorumBlock, _ column: QuorumColumn, _ table: QuorumTable
  ) -> String {
    var groups: [(reason: String, names: [String])] = []
    // Those on their way are told together, with the one that arrives first.
    let travelling = block.rows.map { $0.lamps[column.replica.index] }
      .compactMap { lamp -> (sender: ReplicaID, id: Int, arrives: Instant)? in
        guard case .travelling(let id, let arrives?) = lamp.state else { return nil }
        return (lamp.sender, id, arrives)
      }
    if let first = travelling.min(by: { ($0.arrives, $0.id) < ($1.arrives, $1.id) }) {
      let next = travelling.count > 1 ? "\(first.sender)'s " : ""
      groups.append(
        (
          "on the way (\(next)#\(first.id) at \(time(first.arrives)) s)",
          travelling.map(\.sender.description)
        ))
    }
    for row in block.rows {
      guard let reason = reason(row.lamps[column.replica.index], column, table) else { continue }
      if let index = groups.firstIndex(where: { $0.reason == reason }) {
        groups[index].names.append("\(row.sender)")
      } else {
        groups.append((reason, ["\(row.sender)"]))
      }
    }
    return groups.map { "\($0.names.joined(separator: ", ")) \($0.reason)" }.joined(separator: "; ")
  }

  /// What is the matter with a vote, in a few words after its sender's name; nil where nothing is.
  private func reason(
    _ lamp: Lamp, _ column: QuorumColumn, _ table: QuorumTable
  ) -> String? {
    switch lamp.state {
    case .counts, .unexpected, .discarded, .travelling(_, _?): return nil
    case .otherDigest: return "said \(lamp.digest.map(letter) ?? "something else")"
    case .early: return "early"
    case .later: return "for \(lamp.view.map(\.description) ?? "a later view")"
    case .withoutRequests: return "sent no requests"
    case .travelling(let id, nil): return "held (#\(id))"
    case .refused(let finding, _): return "refused (\(finding.rule.name))"
    // It has not been lost on any way that it never went.
    case .lost(.withheld, _): return "withheld it"
    case .lost(let loss, _): return "sent it, lost (\(words(loss)))"
    case .absent(let isSent): return absence(lamp, isSent: isSent, column, table)
    }
  }

  func words(_ loss: Happening.Loss) -> String {
    switch loss {
    case .dropped: "dropped"
    case .cut: "link cut"
    case .lossy: "lossy link"
    case .crashed: "recipient down"
    case .withheld: "withheld"
    case .stopped: "copy stopped"
    }
  }

  /// Why a vote has not come, as far as its sender shows it.
  func absence(
    _ lamp: Lamp, isSent: Bool, _ column: QuorumColumn, _ table: QuorumTable
  ) -> String {
    let sender = world.replicas[lamp.sender.index]
    let there = table.columns[lamp.sender.index]
    if world.isCrashed(sender.id) { return "crashed" }
    if world.misbehaviour(of: sender.id) != nil { return "misbehaves" }
    if isSent { return "sent it, and it is not here any more" }
    if lamp.kind == .checkpoint { return "has not executed \(table.checkpoint)" }
    if !sender.isActive { return "is changing to \(sender.view)" }
    if sender.enteredView != column.view { return "is in \(sender.enteredView)" }
    if lamp.kind == .prePrepare { return "has proposed nothing" }
    guard let accepted = there.accepted else { return "has no PRE-PREPARE" }
    if accepted != column.accepted { return "accepted \(letter(accepted))" }
    if !there.hasRequests { return "has no requests" }
    return lamp.kind == .commit && !there.prepares.isReached ? "not prepared" : "has not sent it"
  }
}
