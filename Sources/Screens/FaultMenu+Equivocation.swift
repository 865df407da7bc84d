internal import PBFT
internal import Simulation

/// Telling one backup this and another that.
extension FaultMenu {
  static let equivocating = [
    FaultKind(
      group: "What it sends", word: "equivocate", title: "it tells two stories",
      sentence:
        "As the primary it proposes one request to one half of the backups and another to the rest, under one number.",
      command: { replica, _ in .equivocate(replica, Equivocation()) },
      isOn: {
        misbehaves($0, $1) {
          if case .equivocation(let plan) = $0 { plan.shares.isEmpty } else { false }
        }
      }),
    FaultKind(
      group: "What it sends", word: "equivocate to one", title: "one backup is told another story",
      sentence:
        "It proposes the first request to all backups but the last, and the second to the last one only, under "
        + "one number. : changes who is told what.",
      command: { .equivocate($0, oneDeceived(by: $0, in: $1)) },
      isOn: {
        misbehaves($0, $1) {
          if case .equivocation(let plan) = $0 { !plan.shares.isEmpty } else { false }
        }
      },
      delay: { replica, world in
        // It proposes what clients have signed: it cannot invent a request.
        let asked = world.clients.compactMap { $0.outstanding.map { RequestName($0) } }
        let missing = oneDeceived(by: replica, in: world).shares.map(\.request)
          .filter { !asked.contains($0) }
        guard !missing.isEmpty else { return nil }
        let names = missing.map(\.description).joined(separator: " and ")
        return "it needs \(names) first; n sends what comes next"
      }),
  ]

  /// Two requests, of which the second goes to the last backup only: `alice/1>R1,R2 bob/1>R3`.
  ///
  /// They are what the first two clients wait for, or would ask for next; of one client, its next two.
  private static func oneDeceived(by primary: ReplicaID, in world: World) -> Equivocation {
    let backups = world.cluster.replicas.filter { $0 != primary }
    let clients = world.clients.prefix(2)
    var requests = clients.map { client in
      client.outstanding.map { RequestName($0) }
        ?? RequestName(client.id, client.lastTimestamp.next)
    }
    if requests.count == 1 {
      requests.append(RequestName(requests[0].client, requests[0].timestamp.next))
    }
    guard requests.count == 2, let last = backups.last else { return Equivocation() }
    return Equivocation(shares: [
      .init(requests[0], Array(backups.dropLast())), .init(requests[1], [last]),
    ])
  }
}
