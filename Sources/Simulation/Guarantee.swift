public import PBFT

/// How many faults there are, and whether what PBFT promises still holds: it does up to f of them (§3).
public struct Guarantee: Hashable, Sendable {
  /// *f*.
  public let tolerated: Int
  /// Whose faults, in order.
  public let faults: [Fault]

  /// One faulty replica.
  public struct Fault: Hashable, Sendable {
    public let replica: ReplicaID
    public let isCrashed: Bool
    /// How it misbehaves now, in the order in which it was ordered.
    public let misbehaviours: [Misbehaviour.Order]
    /// It runs as two copies.
    public let hasTwin: Bool
    /// It has misbehaved, and counts as faulty for good, whatever it does now.
    public let isForGood: Bool
  }

  public var count: Int { faults.count }
  /// Nothing is promised any more: neither safety nor liveness.
  public var isVoid: Bool { count > tolerated }
}

extension World {
  /// The faults against f at this moment.
  public var guarantee: Guarantee {
    Guarantee(
      tolerated: cluster.faultsTolerated,
      faults: cluster.replicas.filter { isCrashed($0) || isFaulty($0) }.map {
        Guarantee.Fault(
          replica: $0, isCrashed: isCrashed($0), misbehaviours: misbehaviours(of: $0).map(\.order),
          hasTwin: twin(of: $0) != nil, isForGood: isFaulty($0))
      })
  }
}
