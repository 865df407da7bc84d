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
        accepted: "\(facts.tally("2f", cluster.prepares)) matching PREPAREs\(reached)",
        refused: "a PREPARE for \(otherDigest(facts)) does not count")
    case .commitCounts:
      return Forms(
        accepted: "\(facts.tally("2f + 1", cluster.quorum)) matching COMMITs",
        refused: "a COMMIT for \(otherDigest(facts)) does not count")
    case .voteBeforeProposal:
      return Forms(
        kept: "kept: the PRE-PREPARE for \(facts.n) is not here yet",
        refused: "dropped: the PRE-PREPARE for \(facts.n) is not here yet")
    case .voteForOtherDigest:
      return Forms(
        kept: "kept, and not counted: it votes for \(facts.digest(.offered)), "
          + "the accepted PRE-PREPARE has \(facts.digest(.held))")
    case .prePrepared:
      return Forms(
        accepted: "the PRE-PREPARE and its requests are in the log: pre-prepared",
        refused: "the requests of \(facts.n) are known by their digest only: not pre-prepared, "
          + "they are fetched")
    case .prepared:
      return Forms(
        accepted: "\(facts.tally("2f", cluster.prepares)) matching PREPAREs: prepared",
        refused: "\(facts.tally("2f", cluster.prepares)) matching PREPAREs: not prepared yet")
    case .primaryVotes:
      return Forms(
        accepted: "the PRE-PREPARE and \(facts.tally("2f", cluster.prepares)) PREPAREs are enough",
        refused: "the PRE-PREPARE and \(facts.tally("2f", cluster.prepares)) PREPAREs: not enough")
    case .committed:
      return Forms(
        accepted: "prepared, and \(facts.tally("2f + 1", cluster.quorum)) matching COMMITs: "
          + "committed",
        refused: "\(facts.tally("2f + 1", cluster.quorum)) matching COMMITs: not committed yet")
    case .executeInOrder:
      let executed = facts.named("last executed", .executed)
      let waits = "\(facts.n) waits: \(executed), and all lower numbers come first"
      return Forms(
        accepted: "\(facts.n) is committed and all lower numbers are executed", kept: waits,
        refused: waits)
    default:
      return Forms(
        accepted: "\(facts.request) is executed for the first time",
        refused: "\(facts.request) is not executed again: it was executed before")
    }
  }

  /// `b, where the accepted PRE-PREPARE has a,`: what a vote is for.
  private func otherDigest(_ facts: Facts) -> String {
    guard facts[.held] != nil else { return "another digest than that of the PRE-PREPARE" }
    return "\(facts.digest(.offered)), where the accepted PRE-PREPARE has \(facts.digest(.held)),"
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
        accepted: "\(facts.tally("2f + 1", cluster.quorum)) matching CHECKPOINTs for \(facts.n)",
        refused: "a second CHECKPOINT of \(facts.replica) for \(facts.n) does not count")
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
          + "the window moves up\(facts[.high] == nil ? "" : " to \(facts.high)")",
        refused: "\(facts.tally("2f + 1", cluster.quorum)) matching CHECKPOINTs: nothing is "
          + "discarded yet")
    }
  }

  /// The rules of fetching and of helping others.
  func catchingUp(_ rule: Rule, _ facts: Facts) -> Forms {
    switch rule {
    case .stateTransfer:
      let behind = facts[.executed].map { ", this one has executed \($0)" } ?? ""
      return Forms(
        accepted: "\(facts.tally("f + 1", cluster.weak)) replicas vouch for the checkpoint of "
          + "\(facts.n)\(behind): its state is fetched",
        refused: "\(facts.n) is not above \(facts.high): the own log can still be completed, "
          + "no state is fetched")
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
          : "\(facts.replica) lacks something: \(count) message\(count == 1 ? "" : "s") sent again",
        refused: "\(facts.replica) lacks nothing that it could send")
    }
  }
}
