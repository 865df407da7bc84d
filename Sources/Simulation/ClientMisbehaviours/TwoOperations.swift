internal import PBFT

/// Sends one operation to the even replicas and another, under the same timestamp, to the odd ones.
enum TwoOperations {
  static func outgoing(
    _ request: Request, to replica: ReplicaID, from client: Client
  ) -> [ClientMisconduct.Leaving] {
    let other = Request(
      .put(key: request.operation.key, value: "other"), timestamp: request.timestamp,
      client: client.id, by: client.signer)
    return request.toAll(replica, from: client) { $0.index % 2 == 0 ? request : other }
  }
}
