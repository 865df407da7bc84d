/// How many replicas there are and what follows from that.
public struct Cluster: Hashable, Sendable {
  /// *n = |R|*, the number of replicas.
  public let replicaCount: Int

  /// *f*, the number of faulty replicas that do no harm: ⌊(n − 1) / 3⌋ (§3).
  ///
  /// In a cluster of the wrong size it is what somebody hoped for.
  public let faultsTolerated: Int

  /// The sizes this program runs: n = 3f + 1 with f from 1 to 4.
  public static let sizes = [4, 7, 10, 13]

  /// A cluster of n = 3f + 1 replicas, or nil for any other number.
  public init?(replicaCount: Int) {
    guard Self.sizes.contains(replicaCount) else { return nil }
    self.init(checked: replicaCount, faults: (replicaCount - 1) / 3)
  }

  /// The smallest cluster that tolerates a fault: n = 4, f = 1.
  public static let four = Cluster(checked: 4, faults: 1)

  /// n = 3 that is to tolerate f = 1: one too few, and only without the rule `cluster-size`.
  public static let three = Cluster(checked: 3, faults: 1)

  private init(checked: Int, faults: Int) {
    replicaCount = checked
    faultsTolerated = faults
  }

  /// Whether n = 3f + 1 (§3).
  public var hasRightSize: Bool { replicaCount == 3 * faultsTolerated + 1 }

  /// The votes of a certificate: *2f + 1*, the least number of which any two sets share f + 1 members.
  ///
  /// Any two quorums share at least one correct replica (§4).
  public var quorum: Int { (replicaCount + faultsTolerated + 2) / 2 }

  /// The PREPAREs from different backups that, with the PRE-PREPARE, make *prepared*: *2f* (§4.2).
  public var prepares: Int { quorum - 1 }

  /// The votes of which at least one comes from a correct replica: *f + 1*.
  public var weak: Int { faultsTolerated + 1 }

  /// The replicas in order.
  public var replicas: [ReplicaID] { (0..<replicaCount).map { ReplicaID($0) } }
}
