public import PBFT

extension Speaker {
  /// How a rule tells its verdicts; what is nil is told in general words.
  struct Forms {
    var accepted: String?
    var kept: String?
    var refused: String?
  }

  /// A finding as one sentence, with its values and, where it refuses, the section of the paper.
  public func sentence(_ finding: Finding) -> String {
    let facts = Facts(values: finding.values, speaker: self)
    let forms = forms(of: finding.rule, facts)
    let entry = finding.rule.entry
    let section = " (\(entry.section))"
    switch finding.verdict {
    case .accepted: return forms.accepted ?? general("holds", entry)
    case .kept: return (forms.kept ?? general("kept", entry)) + section
    case .refused: return (forms.refused ?? general("refused", entry)) + section
    }
  }

  /// A verdict in the words of the catalogue.
  private func general(_ verdict: String, _ entry: Rule.Entry) -> String {
    var sentence = entry.sentence
    if sentence.hasSuffix(".") { sentence.removeLast() }
    return "\(verdict): \(sentence)"
  }

  /// Every rule, in the order of the catalogue.
  private func forms(of rule: Rule, _ facts: Facts) -> Forms {
    switch rule {
    case .authentic, .knownSender, .clusterSize, .quorum: return identity(rule, facts)
    case .requestFresh, .requestNewest, .requestAtPrimary, .relayRequest,
      .requestDuringViewChange, .flowControl, .assignNumber, .logSlack, .idleNull:
      return request(rule, facts)
    case .active, .sameView, .higherViewKept, .bufferBound, .withinWatermarks, .oneVote:
      return admission(rule, facts)
    case .fromPrimary, .digestMatches, .requestsAuthentic, .onePrePrepare, .notFromPrimary,
      .prepareCounts, .commitCounts, .voteBeforeProposal, .voteForOtherDigest, .prePrepared,
      .prepared, .primaryVotes, .committed, .executeInOrder, .exactlyOnce:
      return phase(rule, facts)
    case .replyCurrent, .oneReply, .replyQuorum, .rebroadcast: return client(rule, facts)
    case .checkpointInterval, .checkpointNew, .checkpointCounts, .stableCheckpoint,
      .ownCheckpoint, .garbageCollection:
      return checkpoint(rule, facts)
    case .stateTransfer, .checkpointVouched, .dataWanted, .dataDigest, .dataHeld, .statusHelps:
      return catchingUp(rule, facts)
    case .timerOnRequest, .timerStops, .timerCurrent, .timeout, .backOff, .resend:
      return timer(rule, facts)
    case .viewChangeCurrent, .viewChangeOnce, .stableProof, .preparedProofs, .viewChangeCounts,
      .join, .joinWeak:
      return viewChange(rule, facts)
    case .newViewTimer, .newViewFromPrimary, .newViewCurrent, .newViewQuorum, .newViewComputed,
      .proofsInViewChange, .highestView, .nullRequest:
      return newView(rule, facts)
    case .durablePrePrepared, .durablePrepared, .durableView, .durableNewView, .durableCheckpoint,
      .durableExecuted:
      return storage(rule, facts)
    }
  }

  private func identity(_ rule: Rule, _ facts: Facts) -> Forms {
    switch rule {
    case .authentic:
      return Forms(
        accepted: "signed by the one it names",
        refused: "not signed by the one it names: only its own key can speak for it")
    case .knownSender:
      return Forms(
        accepted: "\(facts.replica) belongs to this cluster",
        refused: "\(facts.replica) is no replica or client of this cluster")
    case .clusterSize:
      return Forms(
        accepted: "n = 3f + 1 = \(3 * cluster.faultsTolerated + 1) replicas tolerate f = "
          + "\(cluster.faultsTolerated)",
        refused: "\(facts.named("n", .have)) replicas: it takes n = 3f + 1 = "
          + "\(3 * cluster.faultsTolerated + 1) for f = \(cluster.faultsTolerated)")
    default:
      let tally = facts.tally("2f + 1", cluster.quorum)
      return Forms(
        accepted: "\(tally): any two quorums share a correct replica",
        refused: "\(tally): no quorum yet")
    }
  }

  private func request(_ rule: Rule, _ facts: Facts) -> Forms {
    let t = facts.timestamp
    let last = facts.named("last executed t", .lastTimestamp)
    switch rule {
    case .requestFresh:
      let stale = facts[.lastTimestamp] == nil ? "\(t) is not new" : "\(t) is not above \(last)"
      return Forms(
        accepted: "\(t) has been executed: the stored reply is sent again", refused: stale)
    case .requestNewest:
      let held = facts[.held].map { "a request with t = \($0)" } ?? "a request"
      return Forms(
        accepted: "\(t) is the newest of its client",
        refused: "\(held) of this client waits already: \(t) is not newer")
    case .requestAtPrimary:
      return Forms(
        accepted: "the primary proposes it at \(facts.n)",
        kept: "the primary proposes nothing: it waits",
        refused: Facts.replica(facts[.replica]).map { "only the primary \($0) gives it a number" }
          ?? "only the primary gives it a number")
    case .logSlack:
      return Forms(
        accepted: "\(facts.n) is above h + K, and not above \(facts.high): "
          + "no need to wait until a checkpoint is stable",
        refused: "\(facts.n) is above \(facts.high): it waits until a checkpoint is stable")
    case .idleNull:
      return Forms(
        accepted: "nothing to propose: the null request takes \(facts.n)",
        refused: "nothing to propose, and no number is free for the null request")
    case .relayRequest:
      let primary = Facts.replica(facts[.replica]).map { "the primary \($0)" } ?? "the primary"
      return Forms(
        accepted: "passed on to \(primary); the wait for it begins",
        kept: "not passed on to \(primary); the wait for it begins",
        refused: "the primary has it, and passes it on to nobody")
    case .requestDuringViewChange:
      return Forms(
        kept: "the view changes: the request waits for the new view",
        refused: "the view changes: the request is lost")
    case .flowControl:
      let window = facts.named("W", .window)
      let executed = facts.named("last executed", .executed)
      let kept = "no number is free: only up to \(facts.high) and \(executed) + \(window)"
      return Forms(
        accepted: "\(facts.n) is not above \(facts.high), nor too far above what is executed",
        kept: kept, refused: kept)
    default:
      return Forms(
        accepted: "the primary assigns \(facts.n) and multicasts a PRE-PREPARE",
        refused: "\(facts.n) cannot be assigned yet: the request waits")
    }
  }

  private func admission(_ rule: Rule, _ facts: Facts) -> Forms {
    switch rule {
    case .active:
      return Forms(
        refused: "its view changes: no PRE-PREPARE, PREPARE or COMMIT counts until the NEW-VIEW")
    case .sameView: return Forms(refused: facts.otherView)
    case .higherViewKept:
      return Forms(
        kept: "\(facts.otherView): judged on entering it", refused: "\(facts.otherView): dropped")
    case .bufferBound:
      let bound = facts[.need].map { "at most \($0)" } ?? "only so many"
      return Forms(
        accepted: "there is room for one more message of a higher view",
        refused: "\(facts.have) messages of \(facts.replica) for higher views are kept, \(bound)")
    case .withinWatermarks:
      return Forms(
        accepted: "\(facts.n) is within the watermarks",
        refused: "\(facts.outsideWatermarks): only h < n <= H counts")
    default:
      let place = facts[.n].map { " for n = \($0)" } ?? ""
      return Forms(
        refused: "\(facts.replica) has voted\(place) already: only the first vote counts")
    }
  }

  private func client(_ rule: Rule, _ facts: Facts) -> Forms {
    switch rule {
    case .replyCurrent:
      let what = facts[.timestamp].map { "t = \($0) is" } ?? "it is"
      // A client waits for no timestamp below 1: it has its answer, and the reply is merely late.
      return facts[.lastTimestamp] == 0
        ? Forms(refused: "not needed: the client has its answer and waits for nothing")
        : Forms(refused: "\(what) not the request that the client waits for")
    case .oneReply:
      return Forms(refused: "\(facts.replica) has replied already: only its first reply counts")
    case .replyQuorum:
      let enough = facts.isEnough ? ": one of them is correct, the result is accepted" : ""
      let tally = facts.tally("f + 1", cluster.weak)
      return Forms(
        accepted: "\(tally) matching replies\(enough)",
        refused: "\(tally) matching replies: all of them may be lies")
    default:
      return Forms(
        accepted: "no result in time: the request goes to all replicas",
        refused: "\(facts.request) is answered: it goes to nobody any more")
    }
  }
}
