internal import PBFT

/// What became of the replies to a request.
extension QuorumTableMaker {
  func replies(_ name: RequestName) -> ReplyRow {
    let need = world.settings.needs.replies
    guard name.client.index < world.clients.count else {
      return ReplyRow(
        request: name, lamps: [], results: [], tally: QuorumTally(have: 0, need: need),
        isAccepted: false)
    }
    let client = world.clients[name.client.index]
    func fits(_ message: Message, _ replica: ReplicaID) -> Bool {
      guard case .reply(let reply) = message else { return false }
      return reply.client == name.client && reply.timestamp == name.timestamp
        && reply.replica == replica
    }
    var results: [String?] = []
    var lamps: [Lamp] = []
    for replica in world.replicas {
      var lamp = Lamp(.reply, from: replica.id, isOwn: false, .absent(isSent: false))
      let known = replies.filter { $0.to == .client(client.id) && fits($0.message, replica.id) }
      let copy = inFlight.first { $0.to == .client(client.id) && fits($0.message, replica.id) }
      let best = known.last { $0.state.isCounted } ?? (copy == nil ? known.last : nil)
      if let best {
        lamp.state = best.state
        lamp.view = best.message.view
      } else if let copy {
        lamp.state = .travelling(id: copy.id, arrives: copy.due)
      } else if let entry = replica.state.replies[client.id], entry.timestamp >= name.timestamp {
        lamp.state = .absent(isSent: true)
      }
      if case .reply(let reply)? = best?.message ?? copy?.message {
        results.append(reply.result)
      } else {
        results.append(nil)
      }
      lamps.append(lamp)
    }
    // The result that most have given is the one that the others are measured by.
    let taken = lamps.indices.filter { lamps[$0].state.isCounted }
    func count(_ result: String?) -> Int { taken.count { results[$0] == result } }
    let best = taken.map { count(results[$0]) }.max() ?? 0
    let winner = taken.first { count(results[$0]) == best }.flatMap { results[$0] }
    for index in taken where results[index] != winner { lamps[index].state = .otherDigest }
    let isAccepted = client.accepted.map { $0.timestamp >= name.timestamp } ?? false
    return ReplyRow(
      request: name, lamps: lamps, results: results, tally: QuorumTally(have: best, need: need),
      isAccepted: isAccepted)
  }
}
