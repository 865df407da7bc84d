internal import PBFT

/// Asks all replicas at once, and again and again without waiting for an answer.
enum Impatient {
  /// How long it waits before it asks again.
  static let pause = Duration.milliseconds(100)

  static func outgoing(
    _ request: Request, to replica: ReplicaID, from client: Client
  ) -> [ClientMisconduct.Leaving] {
    request.toAll(replica, from: client) { _ in request }
  }
}
