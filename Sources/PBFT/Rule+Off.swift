/// Taking rules away.
extension Rule {
  /// Why this rule cannot be switched off; nil when it can.
  public var cannotBeOff: String? {
    switch self {
    case .knownSender:
      "a vote is counted at the place of its sender, and a stranger has none"
    case .assignNumber:
      "a PRE-PREPARE without a number is none; with request-at-primary off nothing is proposed"
    case .prepareCounts, .commitCounts:
      "what a vote must agree in are rules of their own: same-view, within-watermarks, "
        + "vote-for-other-digest"
    case .prePrepared: "nobody can execute requests that he does not know"
    case .dataWanted: "an answer is put where the question left a place for it"
    case .dataHeld: "what a replica does not hold it cannot send"
    case .viewChangeCounts:
      "no view would ever change; new-view-quorum is how many VIEW-CHANGEs it takes"
    default: nil
    }
  }
}
