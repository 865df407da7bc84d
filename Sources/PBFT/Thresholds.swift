/// How many votes each step takes: the only place where this is computed.
///
/// It follows from the cluster and from the rules that are off, and is worked out once whenever these change.
public struct Thresholds: Hashable, Sendable {
  /// The PREPAREs that, with the PRE-PREPARE, make *prepared*: *2f* (§4.2).
  public var prepares: Int { Int(votes.prepares) }
  /// The votes of a certificate: *2f + 1* (§4).
  public var quorum: Int { Int(votes.quorum) }
  /// The votes of which at least one comes from a correct replica: *f + 1*.
  public var weak: Int { Int(votes.weak) }
  /// The CHECKPOINTs that make a checkpoint stable (§4.3).
  public var stable: Int { Int(votes.stable) }
  /// The CHECKPOINTs that vouch for a state to be fetched (§4.3).
  public var vouching: Int { Int(votes.vouching) }
  /// The VIEW-CHANGEs of others that a replica joins (§4.5.2).
  public var join: Int { Int(votes.join) }
  /// The VIEW-CHANGEs that a NEW-VIEW takes (§4.4).
  public var newView: Int { Int(votes.newView) }
  /// The equal replies that a client accepts (§4.1).
  public var replies: Int { Int(votes.replies) }

  /// A byte each, since every replica, slot and client is asked with them at every message.
  private let votes: Votes

  private struct Votes: Hashable, Sendable {
    let prepares, quorum, weak, stable, vouching, join, newView, replies: Int8
  }

  init(_ cluster: Cluster, without off: RuleSet) {
    let f = cluster.faultsTolerated
    // Any two quorums share a correct replica (§4): without the rule they may share a faulty one only.
    let quorum = off.contains(.quorum) ? 2 * f : cluster.quorum
    // 2f PREPAREs and the PRE-PREPARE are a quorum of 2f + 1 (§4.2).
    let least = off.contains(.prepared) || off.contains(.quorum) ? 2 * f - 1 : cluster.prepares
    // The PRE-PREPARE is the primary's vote (§4.2): without the rule one PREPARE more stands in for it.
    let prepares = least + (off.contains(.primaryVotes) ? 1 : 0)
    // 2f + 1 CHECKPOINTs: f + 1 correct replicas hold the state (§4.3).
    let stable = off.contains(.stableCheckpoint) ? f + 1 : quorum
    // f + 1: at least one of them is correct (§4.3, §4.5.2, §4.1).
    let vouching = off.contains(.checkpointVouched) ? 1 : f + 1
    let join = off.contains(.joinWeak) ? f : f + 1
    let newView = off.contains(.newViewQuorum) ? min(2 * f, quorum) : quorum
    let replies = off.contains(.replyQuorum) ? 1 : f + 1
    votes = Votes(
      prepares: Int8(prepares), quorum: Int8(quorum), weak: Int8(f + 1),
      stable: Int8(stable), vouching: Int8(vouching), join: Int8(join),
      newView: Int8(newView), replies: Int8(replies))
  }
}
