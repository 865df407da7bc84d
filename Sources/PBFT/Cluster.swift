/// How many replicas there are and what follows from that: the only place where quorums are computed.
public struct Cluster: Hashable, Sendable {
  /// *n = |R|*, the number of replicas.
  public let replicaCount: Int

  /// *f*, the number of faulty replicas that do no harm: ⌊(n − 1) / 3⌋ (§3).
  public let faultsTolerated: Int

  /// The sizes this program runs: n = 3f + 1 with f from 1 to 4.
  public static let sizes = [4, 7, 10, 13]

  /// A cluster of n = 3f + 1 replicas, or nil for any other number.
  public init?(replicaCount: Int) {
    guard Self.sizes.contains(replicaCount) else { return nil }
    self.init(checked: replicaCount)
  }

  /// The smallest cluster that tolerates a fault: n = 4, f = 1.
  public static let four = Cluster(checked: 4)

  private init(checked: Int) {
    replicaCount = checked
    faultsTolerated = (checked - 1) / 3
  }

  /// The votes of a certificate: *2f + 1*.
  ///
  /// Any two quorums share at least one correct replica (§4).
  public var quorum: Int { 2 * faultsTolerated + 1 }

  /// The PREPAREs from different backups that, with the PRE-PREPARE, make *prepared*: *2f* (§4.2).
  public var prepares: Int { 2 * faultsTolerated }

  /// The votes of which at least one comes from a correct replica: *f + 1*.
  public var weak: Int { faultsTolerated + 1 }

  /// The replicas in order.
  public var replicas: [ReplicaID] { (0..<replicaCount).map { ReplicaID($0) } }

  /// The replica that leads this view: *p = v mod |R|* (§4).
  public func primary(of view: View) -> ReplicaID {
    ReplicaID(view.number % replicaCount)
  }
}
