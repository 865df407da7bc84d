internal import Cells
internal import PBFT
internal import Simulation

/// How many messages a request has cost.
extension Scene {
  /// The messages of each request of the number, the longest text first.
  func spent(_ content: QuorumsContent) -> [String] {
    let table = content.table
    let requests = table.digests.flatMap { digest in
      table.batches.first { $0.digest == digest }?.requests ?? []
    }
    let names = requests.reduce(into: [RequestName]()) { names, request in
      let name = RequestName(request)
      if !names.contains(name) { names.append(name) }
    }
    let ideal = Cost(ofOneRequestIn: cluster)
    guard !names.isEmpty else {
      return [
        "a request costs \(ideal.total) messages without a fault: \(parts(ideal))",
        "a request costs \(ideal.total) messages without a fault",
      ]
    }
    let costs = names.map { ($0, model.quorums.spending.cost(of: $0, upTo: world.step)) }
    let whole = costs.map { "\($0.0) \(told($0.1))" }.joined(separator: "; ")
    let short = costs.map { "\($0.0) \($0.1.total)" }.joined(separator: "; ")
    return [
      "\(whole); without a fault \(told(ideal))", "\(whole); without a fault \(ideal.total)",
      "\(short) messages; without a fault \(told(ideal))",
      "\(short) messages; without a fault \(ideal.total)", "\(short) of \(ideal.total)",
    ]
  }

  /// `29: 1 RQ 3 PP 9 P 12 C 4 RE`.
  func told(_ cost: Cost) -> String {
    "\(cost.total): \(parts(cost))"
      + (cost.sharers > 1 ? " (votes shared by \(cost.sharers))" : "")
  }

  private func parts(_ cost: Cost) -> String {
    let parts: [(count: Int, kind: Message.Kind)] = [
      (cost.requests, .request), (cost.prePrepares, .prePrepare), (cost.prepares, .prepare),
      (cost.commits, .commit), (cost.replies, .reply),
    ]
    return parts.map { "\($0.count) \($0.kind.short)" }.joined(separator: " ")
  }
}
