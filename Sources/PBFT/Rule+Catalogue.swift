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

  /// Where the catalogue tells what this rule says.
  public var entry: Entry {
    func rule(
      _ title: String, _ section: String, _ sentence: String, _ protects: Protects
    ) -> Entry {
      Entry(title: title, section: section, sentence: sentence, protects: protects)
    }
    switch self {
    case .authentic:
      return rule(
        "Authentic", "4.1", "A message counts only if the one it names has signed it.", .safety)
    case .knownSender:
      return rule(
        "Known sender", "4.1",
        "A message counts only if it names a replica or client of this cluster.", .safety)
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
    case .checkpointInterval:
      return rule(
        "Checkpoint interval", "4.3", "Checkpoints are taken when n is divisible by K.", .resources)
    case .checkpointNew:
      return rule(
        "Checkpoint above h", "4.3", "Only a CHECKPOINT above the last stable one is news.",
        .resources)
    case .checkpointCounts:
      return rule(
        "CHECKPOINT counts", "4.3", "Of each sender one CHECKPOINT for a number counts.", .safety)
    case .stableCheckpoint:
      return rule(
        "Stable checkpoint", "4.3",
        "A checkpoint is stable with 2f + 1 matching CHECKPOINTs of different replicas, the own one among them.",
        .safety)
    case .ownCheckpoint:
      return rule(
        "Own checkpoint first", "4.3",
        "h does not move to a checkpoint that this replica has not reached itself.", .safety)
    case .garbageCollection:
      return rule(
        "Garbage collection", "4.3",
        "Below a stable checkpoint the log is discarded, and the watermarks move up.", .resources)
    case .stateTransfer:
      return rule(
        "State transfer", "4.3",
        "A replica that others have left behind fetches the state of a checkpoint that f + 1 of them vouch for.",
        .liveness)
    case .dataWanted:
      return rule("Asked for", "4.3", "Only an answer to what was asked for is taken.", .resources)
    case .dataDigest:
      return rule(
        "Data checked by digest", "4.3",
        "What was fetched is taken only if its digest is the one asked for.", .safety)
    case .dataHeld:
      return rule(
        "Data held", "4.3", "A replica answers a FETCH with what it still holds.", .liveness)
    case .statusHelps:
      return rule(
        "Help the one behind", "4.4",
        "A replica that learns that another lacks something sends it again.", .liveness)
    case .timerOnRequest:
      return rule(
        "Timer on a request", "4.4",
        "A backup's timer runs while a request that it has received waits for execution; a primary's only once f others have asked for a higher view.",
        .liveness
      )
    case .timerStops:
      return rule(
        "Timer stops", "4.4",
        "The timer stops when the request that it runs for executes, and starts again if others wait.",
        .liveness)
    case .timerCurrent:
      return rule(
        "Current timer", "4.4",
        "A timer that was stopped or started anew does nothing when it fires.", .liveness)
    case .timeout:
      return rule(
        "Timeout", "4.4",
        "A backup whose timer expires stops working in its view and asks for the next.", .liveness)
    case .backOff:
      return rule(
        "Back-off", "4.5.2",
        "Each view change in a row waits twice as long, so that the wait outgrows any delay at last.",
        .liveness)
    case .resend:
      return rule(
        "Resend", "4.4",
        "While it waits in vain a replica sends its VIEW-CHANGE and its STATUS again.", .liveness)
    case .viewChangeCurrent:
      return rule(
        "VIEW-CHANGE to come", "4.4",
        "A VIEW-CHANGE for a view below one's own, or one already entered, is ignored.", .safety)
    case .viewChangeOnce:
      return rule(
        "One VIEW-CHANGE a sender", "4.4",
        "Of each sender the first VIEW-CHANGE for a view counts, and a later one only for a higher view.",
        .safety)
    case .stableProof:
      return rule(
        "Stable checkpoint proved", "4.4",
        "C holds 2f + 1 signed CHECKPOINTs of different replicas for the same n and digest.",
        .safety)
    case .preparedProofs:
      return rule(
        "Prepared certificates valid", "4.4",
        "Each P holds a signed PRE-PREPARE of that view's primary and 2f signed, matching PREPAREs of different backups, from an earlier view and within the window.",
        .safety)
    case .viewChangeCounts:
      return rule(
        "VIEW-CHANGE counts", "4.4",
        "A valid VIEW-CHANGE counts towards the 2f + 1 that the new primary needs.", .liveness)
    case .join:
      return rule(
        "Join", "4.5.2",
        "f + 1 VIEW-CHANGEs of others for higher views move a replica to the smallest of these views.",
        .liveness)
    case .newViewTimer:
      return rule(
        "New-view timer", "4.5.2",
        "The wait for the NEW-VIEW starts when 2f + 1 VIEW-CHANGEs are held, not earlier.",
        .liveness)
    case .newViewFromPrimary:
      return rule(
        "From the new primary", "4.4", "Only the primary of the new view may send its NEW-VIEW.",
        .safety)
    case .newViewCurrent:
      return rule(
        "NEW-VIEW to come", "4.4",
        "A NEW-VIEW is taken only for a view above one's own, or for the one being changed to.",
        .safety)
    case .newViewQuorum:
      return rule(
        "2f + 1 in V", "4.4",
        "V holds valid VIEW-CHANGEs for this view from 2f + 1 different replicas.", .safety)
    case .newViewComputed:
      return rule(
        "O follows from V", "4.4",
        "A backup computes O from V itself and takes the NEW-VIEW only if it is the same.", .safety)
    case .proofsInViewChange:
      return rule(
        "P in the VIEW-CHANGE", "4.4",
        "A VIEW-CHANGE holds a proof for everything that prepared at its sender above its stable checkpoint.",
        .safety)
    case .highestView:
      return rule(
        "Highest view wins", "4.4",
        "Of several proofs for one n the one of the highest view is taken over.", .safety)
    case .nullRequest:
      return rule(
        "Null request", "4.4",
        "A number between min-s and max-s without a proof is filled with the null request.",
        .liveness)
    case .durablePrePrepared, .durablePrepared, .durableView, .durableNewView, .durableCheckpoint,
      .durableExecuted:
      return stableStorageEntry
    }
  }
}
