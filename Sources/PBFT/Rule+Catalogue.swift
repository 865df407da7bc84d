extension Rule {
  /// A page of the catalogue: what the rule is called, where it is written, what it says.
  public struct Entry: Hashable, Sendable {
    /// A few words.
    public let title: String
    /// The section of the OSDI '99 paper, or the name of what adds to it.
    public let section: String
    /// The rule in one plain sentence.
    public let sentence: String
    public let protects: Protects
  }

  static func entry(
    _ title: String, _ section: String, _ sentence: String, _ protects: Protects
  ) -> Entry {
    Entry(title: title, section: section, sentence: sentence, protects: protects)
  }

  /// Where the catalogue tells what this rule says.
  public var entry: Entry {
    let rule = Self.entry
    switch self {
    case .authentic:
      return rule(
        "Authentic", "4.1", "A message counts only if the one it names has signed it.", .safety)
    case .knownSender:
      return rule(
        "Known sender", "4.1",
        "A message counts only if it names a replica or client of this cluster.", .safety)
    case .clusterSize:
      return rule(
        "Cluster size", "3",
        "There are n = 3f + 1 replicas: f may be silent, f of the others may lie, and f + 1 correct ones are left.",
        .safety)
    case .quorum:
      return rule(
        "Quorum", "4",
        "A quorum is 2f + 1 replicas, so that any two quorums share a correct replica.", .safety)
    case .requestFresh:
      return rule(
        "Fresh request", "4.1",
        "A request is new only if its timestamp is above that of the client's last executed one; for an equal one the stored reply is sent again.",
        .safety)
    case .requestNewest:
      return rule(
        "Newest request", "4.1",
        "Of each client only the newest request waits; a client has one request outstanding.",
        .resources)
    case .requestAtPrimary:
      return rule(
        "Request at the primary", "4.2",
        "The primary takes a new request in and gives it a sequence number.", .liveness)
    case .relayRequest:
      return rule(
        "Relay", "4.1",
        "A backup passes a new request on to the primary and starts to wait for it.", .liveness)
    case .requestDuringViewChange:
      return rule(
        "Request during a view change", "4.4",
        "A request that arrives while the view changes waits for the new view.", .liveness)
    case .flowControl:
      return rule(
        "Flow control", "4.2",
        "The primary assigns numbers only up to the lesser of H and last executed + W.", .resources)
    case .assignNumber:
      return rule(
        "Assign a number", "4.2",
        "The primary gives the waiting requests the next sequence number and multicasts a PRE-PREPARE.",
        .liveness)
    case .logSlack:
      return rule(
        "Slack in the log", "4.3",
        "H is h + L with L larger than K, so that the primary need not wait until a checkpoint is stable.",
        .liveness)
    case .idleNull:
      return rule(
        "Null request when idle", "4.3",
        "A primary that has proposed nothing for a while proposes the null request, which brings the next checkpoint nearer.",
        .liveness)
    case .active:
      return rule(
        "Active in the view", "4.4",
        "While its view changes a replica takes only CHECKPOINT, VIEW-CHANGE and NEW-VIEW, and what helps it catch up.",
        .safety)
    case .sameView:
      return rule(
        "Same view", "4.2", "A message of the three phases counts only in the view it was sent in.",
        .safety)
    case .higherViewKept:
      return rule(
        "Higher view kept", "4.4",
        "A message of a view not yet entered is kept and judged on entering it.", .liveness)
    case .bufferBound:
      return rule(
        "Bounded buffer", "4.4", "Of each sender only so many messages of higher views are kept.",
        .resources)
    case .withinWatermarks:
      return rule(
        "Within the watermarks", "4.2", "A message for n counts only if h < n <= H.", .resources)
    case .oneVote:
      return rule(
        "One vote a sender", "4.2",
        "Of each sender only the first vote for a view and number counts.", .safety)
    case .fromPrimary:
      return rule(
        "From the primary", "4.2", "Only the primary of a view may send its PRE-PREPAREs.", .safety)
    case .digestMatches:
      return rule(
        "Digest matches", "4.2",
        "The digest in a PRE-PREPARE is the digest of its requests: d = D(m).", .safety)
    case .requestsAuthentic:
      return rule(
        "Requests authentic", "4.2",
        "A backup accepts only requests that their clients have signed.", .safety)
    case .onePrePrepare:
      return rule(
        "One PRE-PREPARE", "4.2",
        "A backup accepts no second PRE-PREPARE for a view and number with another digest.", .safety
      )
    case .notFromPrimary:
      return rule(
        "PREPARE of a backup", "4.2",
        "The primary sends no PREPARE; one in its name does not count.", .safety)
    case .prepareCounts:
      return rule(
        "PREPARE counts", "4.2",
        "A PREPARE counts that agrees with the accepted PRE-PREPARE in view, number and digest.",
        .safety)
    case .commitCounts:
      return rule(
        "COMMIT counts", "4.2",
        "A COMMIT counts that agrees with the accepted PRE-PREPARE in view, number and digest.",
        .safety)
    case .voteBeforeProposal:
      return rule(
        "Vote before the PRE-PREPARE", "4.2",
        "A vote may arrive before the PRE-PREPARE; it is kept.", .liveness)
    case .voteForOtherDigest:
      return rule(
        "Vote for another digest", "4.2",
        "A vote for another digest than the accepted one is kept, and does not count.", .safety)
    case .prePrepared:
      return rule(
        "Pre-prepared", "4.2",
        "A batch is pre-prepared where the PRE-PREPARE and its requests are in the log.", .safety)
    case .prepared:
      return rule(
        "Prepared", "4.2",
        "A batch is prepared where it is pre-prepared and 2f different backups sent matching PREPAREs.",
        .safety)
    case .primaryVotes:
      return rule(
        "PRE-PREPARE is a vote", "4.2",
        "The PRE-PREPARE is the primary's vote: with it 2f PREPAREs of backups suffice.", .liveness)
    case .committed:
      return rule(
        "Committed locally", "4.2",
        "A batch is committed-local where it is prepared and 2f + 1 replicas sent matching COMMITs.",
        .safety)
    case .executeInOrder:
      return rule(
        "In order", "4.2",
        "A batch is executed when it is committed-local and every lower number has been executed.",
        .safety)
    case .exactlyOnce:
      return rule(
        "Exactly once", "4.1",
        "A request at or below the client's last executed timestamp is not executed again.", .safety
      )
    case .replyCurrent:
      return rule(
        "Reply to the outstanding request", "4.1",
        "A client takes only replies to the request it waits for.", .safety)
    case .oneReply:
      return rule(
        "One reply a replica", "4.1", "Of each replica only the first reply to a request counts.",
        .safety)
    case .replyQuorum:
      return rule(
        "f + 1 replies", "4.1",
        "A client accepts a result that f + 1 replicas sent alike: one of them is correct.", .safety
      )
    case .rebroadcast:
      return rule(
        "Rebroadcast", "4.1", "A client that has waited in vain sends its request to all replicas.",
        .liveness)
    default: return laterEntry
    }
  }
}
