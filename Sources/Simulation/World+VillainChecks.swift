internal import PBFT

/// What makes an order to misbehave impossible here.
extension World {
  func checkVillain(_ command: Command) throws(Refusal) {
    switch command {
    case .silence(let replica): try checkIsUp(replica)
    case .equivocate(let replica, let plan): try check(replica, plan)
    case .misbehave(let replica, let misconduct): try check(replica, misconduct)
    case .honest(let replica):
      try check(.replica(replica))
      guard misbehaves(replica) || twins[replica.index] != nil else {
        throw Refusal(
          "\(replica) does not misbehave", help: "`misbehave \(replica) …` makes it")
      }
    case .forge(let forgery):
      try checkIsUp(forgery.from)
      try check(forgery.to)
      // The name of a stranger can be used as well: nobody here will know it.
      if let claim = forgery.claim, claim.index >= Forgery.nameCount {
        try check(.replica(claim))
      }
      if case .failure(let refusal) = forged(forgery) { throw refusal }
    default: break
    }
  }

  func checkIsUp(_ replica: ReplicaID) throws(Refusal) {
    try check(.replica(replica))
    guard !isCrashed(replica) else {
      throw Refusal(
        "\(replica) is crashed and can do nothing", help: "`restart \(replica)` first")
    }
  }

  /// Shares are proposals: only a primary makes them, and nothing is proposed that has been executed.
  private func check(_ replica: ReplicaID, _ plan: Equivocation) throws(Refusal) {
    try checkIsUp(replica)
    let own = replicas[replica.index]
    for share in plan.shares {
      try check(.client(share.request.client))
      for other in share.replicas { try check(.replica(other)) }
      guard own.isPrimary else {
        throw Refusal(
          "\(replica) is a backup of view \(own.view.number) and does not propose "
            + "\(share.request)",
          help: "\(own.primary) leads view \(own.view.number); without shares \(replica) "
            + "equivocates in its votes")
      }
      if let last = own.state.replies[share.request.client],
        last.timestamp >= share.request.timestamp
      {
        throw Refusal(
          "\(share.request) has been executed and is proposed no more",
          help: "\(share.request.client)/\(last.timestamp.number + 1) would be its next request")
      }
    }
  }

  private func check(_ replica: ReplicaID, _ misconduct: Misconduct) throws(Refusal) {
    try check(.replica(replica))
    let kind = misconduct.kind
    switch (kind.form, misconduct.parameter) {
    case (.message, .message), (.time, .time), (.count, .count), (.view, .view), (.none, nil),
      (.words, nil):
      break
    case (.client, .client(let client)): try check(.client(client))
    case (.replica, .replica(let other)): try check(.replica(other))
    case (.words(let words), .word(let word)) where words.contains(word): break
    case (.none, _):
      throw Refusal(
        "\(kind.word) takes no parameter", help: "`misbehave \(replica) \(kind.word)` is enough")
    default: throw Refusal("\(kind.word) lacks its parameter", help: kind.parameterHelp)
    }
    for recipient in misconduct.target.recipients ?? [] {
      try check(recipient)
      guard recipient != .replica(replica) else {
        throw Refusal("\(replica) sends nothing to itself", help: "name other recipients")
      }
    }
    if misconduct.target.recipients?.isEmpty ?? false {
      throw Refusal("nobody is named after `to`", help: "without it, it is for all")
    }
    if let refusal = misconduct.obstacle(for: replica, in: self) { throw refusal }
  }
}
