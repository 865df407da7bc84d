internal import PBFT
internal import Simulation

/// Single messages made up by an adversary.
extension Walk {
  mutating func forge(_ replica: ReplicaID) {
    if dice.chance(4) { return forgeReply(replica) }
    if let fetching = fetching(from: replica), dice.chance(40) {
      let sequence = fetching.wanted.sequence
      return attempt(
        .forge(
          Forgery(from: replica, to: .replica(fetching.id), content: .dataState(sequence))))
    }
    let forgery = Forgery(
      from: replica, to: .replica(dice.one(of: replicas)),
      claim: dice.chance(5) ? dice.one(of: replicas) : nil, content: content(of: replica))
    guard forgery.to != .replica(replica) else { return }
    attempt(.forge(forgery))
    // Often everybody is told the same.
    guard dice.chance(40) else { return }
    for other in replicas where other != replica {
      attempt(
        .forge(
          Forgery(
            from: replica, to: .replica(other), claim: forgery.claim, content: forgery.content)))
    }
  }

  /// The first other replica that fetches a state, and which.
  private func fetching(
    from replica: ReplicaID
  ) -> (id: ReplicaID, wanted: Replica.Transfer)? {
    for other in world.replicas where other.id != replica {
      if let wanted = other.transfer { return (other.id, wanted) }
    }
    return nil
  }

  /// A wrong answer for a client that waits.
  private mutating func forgeReply(_ replica: ReplicaID) {
    guard let request = world.clients[dice.below(clients.count)].outstanding else { return }
    let name = RequestName(request)
    attempt(
      .forge(
        Forgery(
          from: replica, to: .client(name.client),
          content: .reply(world.replicas[replica.index].view, name, result: "LIE"))))
  }

  private mutating func content(of replica: ReplicaID) -> Forgery.Content {
    let known = world.replicas[replica.index]
    let view = View(dice.chance(80) ? known.view.number : dice.number(0...known.view.number + 3))
    let n = SequenceNumber(
      dice.chance(85)
        ? known.lastExecuted.number + dice.number(0...2) : dice.number(-1...known.high.number + 9))
    switch dice.below(16) {
    case 0..<4: return .prePrepare(view, n, digest())
    case 4..<7: return .prepare(view, n, digest())
    case 7..<10: return .commit(view, n, digest())
    case 10:
      return .checkpoint(
        SequenceNumber(dice.number(0...8) * world.settings.checkpointInterval), digest())
    case 11:
      let client = dice.one(of: clients)
      return .request(RequestName(client, Timestamp(dice.number(1...4))))
    case 12: return .status(view)
    case 13:
      let claims =
        dice.chance(50) ? [] : [Forgery.ClaimedProof(n, View(dice.number(0...2)), digest())]
      return .viewChange(View(dice.number(0...known.view.number + 4)), prepared: claims)
    case 14:
      let members = replicas.filter { _ in dice.chance(70) }
      return .newView(view, from: members, emptyO: dice.chance(50))
    default: return dice.chance(50) ? .fetch(n, digest()) : .data(n, digest())
    }
  }

  mutating func digest() -> DigestName {
    switch dice.below(10) {
    case 0: return .null
    case 1: return .bogus
    case 2..<5: return .letter(dice.below(6))
    default:
      let client = world.clients[dice.below(clients.count)]
      return .requests([
        RequestName(client.id, Timestamp(max(1, client.lastTimestamp.number - dice.below(2))))
      ])
    }
  }
}
