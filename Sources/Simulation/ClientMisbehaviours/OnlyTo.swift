internal import PBFT

/// Sends its requests to one replica and to no other, even when nobody answers.
struct OnlyTo {
  let chosen: ReplicaID

  init(_ chosen: ReplicaID) { self.chosen = chosen }

  func outgoing(
    _ request: Request, to replica: ReplicaID, from client: Client
  ) -> [ClientMisconduct.Leaving] {
    // The first time the honest code asks the primary only; when it broadcasts, one copy is enough.
    guard client.retries == 0 || replica == chosen else { return [] }
    return [ClientMisconduct.Leaving(request: request, to: chosen)]
  }
}
