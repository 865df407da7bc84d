/// How many votes each step takes: the only place where this is computed.
///
/// It follows from the cluster and from the rules that are off, and is worked out once whenever these change.
public struct Thresholds: Hashable, Sendable {
  /// The PREPAREs that, with the PRE-PREPARE, make *prepared*: *2f* (§4.2).
  public let prepares: Int
  /// The votes of a certificate: *2f + 1* (§4).
  public let quorum: Int
  /// The votes of which at least one comes from a correct replica: *f + 1*.
  public let weak: Int
  /// The CHECKPOINTs that make a checkpoint stable (§4.3).
  public let stable: Int
  /// The CHECKPOINTs that vouch for a state to be fetched (§4.3).
  public let vouching: Int
  /// The VIEW-CHANGEs of others that a replica joins (§4.5.2).
  public let join: Int
  /// The VIEW-CHANGEs that a NEW-VIEW takes (§4.4).
  public let newView: Int
  /// The equal replies that a client accepts (§4.1).
  public let replies: Int

  init(_ cluster: Cluster, without off: RuleSet) {
    let f = cluster.faultsTolerated
    // Any two quorums share a correct replica (§4): without the rule they may share a faulty one only.
    quorum = off.contains(.quorum) ? 2 * f : cluster.quorum
    // 2f PREPAREs and the PRE-PREPARE are a quorum of 2f + 1 (§4.2).
    let least = off.contains(.prepared) || off.contains(.quorum) ? 2 * f - 1 : cluster.prepares
    // The PRE-PREPARE is the primary's vote (§4.2): without the rule one PREPARE more stands in for it.
    prepares = least + (off.contains(.primaryVotes) ? 1 : 0)
    weak = f + 1
    // 2f + 1 CHECKPOINTs: f + 1 correct replicas hold the state (§4.3).
    stable = off.contains(.stableCheckpoint) ? f + 1 : quorum
    // f + 1: at least one of them is correct (§4.3, §4.5.2, §4.1).
    vouching = off.contains(.checkpointVouched) ? 1 : f + 1
    join = off.contains(.joinWeak) ? f : f + 1
    newView = off.contains(.newViewQuorum) ? min(2 * f, quorum) : quorum
    replies = off.contains(.replyQuorum) ? 1 : f + 1
  }
}
