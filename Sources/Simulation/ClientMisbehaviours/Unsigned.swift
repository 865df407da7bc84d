internal import PBFT

/// Sends its requests with a signature that nobody's key verifies.
enum Unsigned {
  static func outgoing(_ request: Request, to replica: ReplicaID) -> ClientMisconduct.Leaving {
    ClientMisconduct.Leaving(
      request: Request(
        request.operation, timestamp: request.timestamp, client: request.client, by: .broken),
      to: replica)
  }
}
