internal import PBFT

/// Gives each request the timestamp before its own, which another request has had.
enum OldTimestamps {
  static func outgoing(
    _ request: Request, to replica: ReplicaID, from client: Client
  ) -> ClientMisconduct.Leaving {
    let old = Timestamp(request.timestamp.number - 1)
    return ClientMisconduct.Leaving(
      request: Request(
        request.operation, timestamp: old, client: client.id, by: client.signer), to: replica)
  }
}
