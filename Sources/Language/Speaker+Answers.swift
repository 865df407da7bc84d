internal import PBFT
public import Simulation

/// Answers to questions about a world.
extension Speaker {
  /// The answer, line by line; a cause stands further in than what it causes.
  public func answer(_ query: Query, in world: World) -> [String] {
    switch query {
    case .progress:
      let lines = world.progress().flatMap(lines)
      return lines.isEmpty ? ["nobody waits for anything"] : lines
    case .client(let client):
      let lines = world.progress().filter { $0.request.client == client }.flatMap(lines)
      return lines.isEmpty ? ["\(client) waits for nothing"] : lines
    case .cell(let replica, let milestone, let n):
      guard replica.index < world.replicas.count else { return ["there is no replica \(replica)"] }
      guard let reason = world.whyNot(milestone, n, at: replica) else {
        return [reached(milestone, n, world.replicas[replica.index])]
      }
      return ["\(replica) has not \(milestone.word) \(n):"] + lines(reason).map { "  " + $0 }
    }
  }

  private func lines(_ waiting: Waiting) -> [String] {
    ["\(waiting.request) waits:"] + lines(waiting.reason).map { "  " + $0 }
  }

  /// Why a cell is not empty: what it rests on, as far as that is still held.
  private func reached(
    _ milestone: Milestone, _ n: SequenceNumber, _ replica: Replica
  ) -> String {
    let done = "\(replica.id) has \(milestone.word) \(n)"
    guard n > replica.low else {
      return "\(n) is below the stable checkpoint h = \(replica.low.number) of \(replica.id)"
    }
    guard let slot = replica.log[n], let accepted = slot.prePrepare else {
      return "\(done): last executed is \(replica.lastExecuted.number)"
    }
    let proposal = "\(name(of: accepted.digest)) in \(accepted.view)"
    switch milestone {
    case .prePrepared: return "\(done): \(accepted.replica) proposed \(proposal)"
    case .prepared:
      let voters = slot.prepares.filter { $0.digest == accepted.digest }.map(\.replica).sorted()
      return "\(done), \(proposal): PREPAREs of \(Self.list(voters)), "
        + Facts.need("2f", cluster.prepares, replica.settings.needs.prepares)
    case .committed, .executed:
      let voters = slot.commits.filter { $0.digest == accepted.digest }.map(\.replica).sorted()
      return "\(done), \(proposal): COMMITs of \(Self.list(voters)), "
        + Facts.need("2f + 1", cluster.quorum, replica.settings.needs.quorum)
    }
  }
}
