extension Rule {
  /// The rest of the catalogue: checkpoints, catching up, timers, the view change.
  var laterEntry: Entry {
    let rule = Self.entry
    switch self {
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
    case .checkpointVouched:
      return rule(
        "Vouched for", "4.3",
        "A state is fetched only if f + 1 replicas vouch for its digest: one of them is correct.",
        .safety)
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
    case .joinWeak:
      return rule(
        "f + 1 to be joined", "4.5.2",
        "It takes VIEW-CHANGEs of f + 1 others to be joined: at least one of them is correct.",
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
    default: preconditionFailure("\(self) is told in the first half")
    }
  }
}
