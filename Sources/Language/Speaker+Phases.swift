internal import PBFT

extension Speaker {
  /// The rules of the three phases.
  func phase(_ rule: Rule, _ facts: Facts) -> Forms {
    switch rule {
    case .fromPrimary:
      let primary = Facts.replica(facts[.need]).map { "\($0) is" } ?? "another replica is"
      return Forms(refused: "\(primary) the primary of \(facts.view), not \(facts.replica)")
    case .digestMatches:
      return Forms(
        refused:
          "d = \(facts.digest(.offered)) is not D(m) = \(facts.digest(.held)) of its requests")
    case .requestsAuthentic:
      return Forms(refused: "a request in it is not signed by \(facts.client)")
    case .onePrePrepare:
      let clash =
        facts[.held] == nil
        ? "another PRE-PREPARE" : "the PRE-PREPARE with \(facts.digest(.held))"
      return Forms(
        accepted: "the first PRE-PREPARE for \(facts.n)\(window(facts)): accepted",
        refused: "\(clash) is accepted for \(facts.n): no second one with another digest")
    case .notFromPrimary:
      return Forms(refused: "\(facts.replica) is the primary of \(facts.view): it sends no PREPARE")
    case .prepareCounts:
      let reached = facts.isEnough ? ": prepared" : ""
      return Forms(
        accepted: "\(facts.tally("2f", cluster.prepares)) matching PREPAREs\(reached)")
    case .commitCounts:
      return Forms(accepted: "\(facts.tally("2f + 1", cluster.quorum)) matching COMMITs")
    case .voteBeforeProposal:
      return Forms(
        kept: "kept: the PRE-PREPARE for \(facts.n) is not here yet",
        refused: "dropped: the PRE-PREPARE for \(facts.n) is not here yet")
    case .voteForOtherDigest:
      return Forms(
        kept: "kept, and not counted: it votes for \(facts.digest(.offered)), "
          + "the accepted PRE-PREPARE has \(facts.digest(.held))")
    case .prePrepared:
      return Forms(accepted: "the PRE-PREPARE and its requests are in the log: pre-prepared")
    case .prepared:
      return Forms(
        accepted: "\(facts.tally("2f", cluster.prepares)) matching PREPAREs: prepared")
    case .primaryVotes:
      return Forms(
        accepted: "the PRE-PREPARE and \(facts.tally("2f", cluster.prepares)) PREPAREs are enough",
        refused: "the PRE-PREPARE and \(facts.tally("2f", cluster.prepares)) PREPAREs: not enough")
    case .committed:
      return Forms(
        accepted: "prepared, and \(facts.tally("2f + 1", cluster.quorum)) matching COMMITs: "
          + "committed")
    case .executeInOrder:
      let executed = facts.named("last executed", .executed)
      let waits = "\(facts.n) waits: \(executed), and all lower numbers come first"
      return Forms(
        accepted: "\(facts.n) is committed and all lower numbers are executed", kept: waits,
        refused: waits)
    default:
      let last = facts.named("last executed t", .lastTimestamp)
      return Forms(
        accepted: "\(facts.timestamp) is not executed again: \(last)",
        refused: "\(facts.timestamp) is not executed again: \(last)")
    }
  }

  /// The watermarks that n lies between, where they are known.
  private func window(_ facts: Facts) -> String {
    guard let low = facts[.low], let high = facts[.high], let n = facts[.n] else { return "" }
    return ", h = \(low) < \(n) <= H = \(high)"
  }

  /// The rules of checkpoints.
  func checkpoint(_ rule: Rule, _ facts: Facts) -> Forms {
    switch rule {
    case .checkpointInterval:
      return Forms(
        accepted: "\(facts.n) is divisible by \(facts.named("K", .interval)): a checkpoint",
        refused: "\(facts.n) is not divisible by \(facts.named("K", .interval))")
    case .checkpointNew:
      return Forms(refused: "\(facts.n) is not above \(facts.low), which is stable: no news")
    case .checkpointCounts:
      return Forms(
        accepted: "\(facts.tally("2f + 1", cluster.quorum)) matching CHECKPOINTs for \(facts.n)")
    case .stableCheckpoint:
      return Forms(
        accepted: "\(facts.tally("2f + 1", cluster.quorum)) matching CHECKPOINTs for \(facts.n): "
          + "stable",
        refused: "\(facts.tally("2f + 1", cluster.quorum)) matching CHECKPOINTs for \(facts.n): "
          + "not stable yet")
    case .ownCheckpoint:
      let waits = "\(facts.n) is proved, but this replica has not reached it itself"
      return Forms(
        accepted: "this replica has reached \(facts.n) itself", kept: waits, refused: waits)
    default:
      return Forms(
        accepted: "the log up to \(facts[.low] == nil ? facts.n : facts.low) is discarded, "
          + "the window moves up to \(facts.high)")
    }
  }

  /// The rules of fetching and of helping others.
  func catchingUp(_ rule: Rule, _ facts: Facts) -> Forms {
    switch rule {
    case .stateTransfer:
      let behind = facts[.executed].map { ", this one has executed \($0)" } ?? ""
      return Forms(
        accepted: "\(facts.tally("f + 1", cluster.weak)) replicas vouch for the checkpoint of "
          + "\(facts.n)\(behind): its state is fetched")
    case .checkpointVouched:
      let tally = facts.tally("f + 1", cluster.weak)
      return Forms(
        accepted: "\(tally) replicas vouch for \(facts.n): one of them is correct",
        refused: "\(tally) replicas vouch for \(facts.n): none may be correct")
    case .dataWanted: return Forms(refused: "nobody here asked for it")
    case .dataDigest:
      return Forms(
        accepted: "its digest \(facts.digest(.held)) is the one asked for",
        refused: "its digest is \(facts.digest(.offered)), asked for was \(facts.digest(.held))")
    case .dataHeld:
      return Forms(
        accepted: "it holds what is asked for at \(facts.n), and sends it",
        refused: "it does not hold what is asked for at \(facts.n)")
    default:
      guard let count = facts[.have] else {
        return Forms(accepted: "what \(facts.replica) lacks is sent again")
      }
      return Forms(
        accepted: count == 0
          ? "\(facts.replica) lacks nothing that it could send"
          : "\(facts.replica) lacks something: \(count) message\(count == 1 ? "" : "s") sent again")
    }
  }
}
