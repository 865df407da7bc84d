internal import PBFT

/// Uses up its timestamps: every request carries one far above all that it will ever reach.
enum HugeTimestamp {
  static let timestamp = Timestamp(1_000_000_000)

  static func outgoing(
    _ request: Request, to replica: ReplicaID, from client: Client
  ) -> ClientMisconduct.Leaving {
    ClientMisconduct.Leaving(
      request: Request(
        request.operation, timestamp: timestamp, client: client.id, by: client.signer),
      to: replica)
  }
}
