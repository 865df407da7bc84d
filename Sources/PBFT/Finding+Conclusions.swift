/// What a finding says about the rules that it rests on.
extension Finding {
  /// Tells everything that was decided with it, itself first, each with the same values.
  ///
  /// The second COMMIT of three counts: so the number is not committed-local yet, and there is no quorum. A
  /// vote, a reply or an answer that is not enough yet is told as what it keeps from happening.
  public func conclusions(of kind: Message.Kind? = nil, _ tell: (Finding) -> Void) {
    let holds = verdict == .accepted
    let have = values[.have] ?? 0
    let isEnough = have >= values[.need] ?? 0
    func follows(_ rule: Rule, _ holds: Bool) {
      tell(Finding(rule, holds ? .accepted : .refused, values))
    }
    switch rule {
    // One of f + 1 replies is no result yet; who lacks nothing is sent nothing.
    case .replyQuorum: follows(rule, holds && isEnough)
    case .statusHelps: follows(rule, holds && have > 0)
    default: tell(self)
    }
    switch rule {
    case .requestAtPrimary where holds: follows(.relayRequest, false)
    case .relayRequest: follows(.requestAtPrimary, false)
    case .assignNumber:
      follows(.flowControl, true)
      if let n = values[.n], let low = values[.low], let interval = values[.interval],
        n - interval > low
      {
        follows(.logSlack, true)
      }
    case .flowControl where !holds:
      follows(.assignNumber, false)
      // The end of the window holds it back, not W.
      if let n = values[.n], let high = values[.high], n > high { follows(.logSlack, false) }
    case .higherViewKept: follows(.bufferBound, true)
    case .prepareCounts where !isEnough:
      follows(.prepared, false)
      follows(.primaryVotes, false)
    case .prepared: follows(.primaryVotes, holds)
    case .commitCounts where !isEnough:
      follows(.committed, false)
      follows(.quorum, false)
    case .committed, .newViewQuorum: follows(.quorum, holds)
    case .voteForOtherDigest:
      if kind == .prepare { follows(.prepareCounts, false) }
      if kind == .commit { follows(.commitCounts, false) }
    case .oneVote where kind == .checkpoint: follows(.checkpointCounts, false)
    case .stableCheckpoint:
      follows(.quorum, holds)
      follows(.garbageCollection, holds)
      if holds { follows(.ownCheckpoint, true) }
    case .ownCheckpoint where !holds:
      // Within the window its own log can still be completed.
      if let n = values[.n], let high = values[.high], n <= high { follows(.stateTransfer, false) }
    case .stateTransfer: follows(.checkpointVouched, true)
    case .timerStops where holds: follows(.timeout, false)
    case .resend, .timeout, .rebroadcast, .idleNull:
      if holds { follows(.timerCurrent, true) }
    case .stableProof where kind == .viewChange, .preparedProofs where kind == .viewChange:
      follows(.viewChangeCounts, false)
    case .viewChangeCounts where !isEnough: follows(.newViewQuorum, false)
    case .join: follows(.joinWeak, holds)
    default: break
    }
  }
}
