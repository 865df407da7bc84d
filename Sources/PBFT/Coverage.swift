/// How often each rule has let something count, and how often it has not.
public struct Coverage: Hashable, Sendable {
  /// Twice as many as there are rules: accepted and refused by raw number.
  private var counts = Array(repeating: 0, count: 2 * Rule.allCases.count)

  public init() {}

  /// How often this rule has accepted something, and how often it has refused.
  public subscript(rule: Rule) -> (accepted: Int, refused: Int) {
    (counts[2 * Int(rule.rawValue)], counts[2 * Int(rule.rawValue) + 1])
  }

  /// Counts what was made of a message of this kind, or a rule that came to hold by itself (nil).
  ///
  /// The rules that a message has passed before the one that decided have accepted it. A rule that is off
  /// lets everything pass and counts as neither.
  public mutating func count(
    _ finding: Finding, of kind: Message.Kind? = nil, without off: RuleSet = []
  ) {
    if let kind {
      // A full buffer refuses what would have been kept.
      let decider = finding.rule == .bufferBound ? .higherViewKept : finding.rule
      let path = Rule.path(for: kind)
      // What decided outside the path did so early, except for a request: there it is the last step.
      let end = path.firstIndex(of: decider) ?? (kind == .request ? path.count : 2)
      for rule in path[..<end] { add(rule, true, off) }
    }
    let rule = finding.rule
    switch finding.verdict {
    case .refused: add(rule, false, off)
    // What is kept does not count yet: by this rule.
    case .kept: add(rule, false, off)
    case .accepted:
      let isEnough = (finding.values[.have] ?? 0) >= (finding.values[.need] ?? 0)
      // One vote of several is no result yet.
      if rule == .replyQuorum { add(rule, isEnough, off) } else { add(rule, true, off) }
    }
    consequences(of: finding, off)
  }

  /// Counts something that happened by this rule alone.
  public mutating func count(_ rule: Rule, isAccepted: Bool, without off: RuleSet = []) {
    add(rule, isAccepted, off)
  }

  /// What a finding says about the rules that it rests on.
  private mutating func consequences(of finding: Finding, _ off: RuleSet) {
    let holds = finding.verdict == .accepted
    let isEnough = (finding.values[.have] ?? 0) >= (finding.values[.need] ?? 0)
    switch finding.rule {
    case .prepareCounts where !isEnough:
      add(.prepared, false, off)
      add(.primaryVotes, false, off)
    case .prepared: add(.primaryVotes, holds, off)
    case .commitCounts where !isEnough:
      add(.committed, false, off)
      add(.quorum, false, off)
    case .committed, .newViewQuorum: add(.quorum, holds, off)
    case .stableCheckpoint:
      add(.quorum, holds, off)
      add(.garbageCollection, holds, off)
      if holds { add(.ownCheckpoint, true, off) }
    case .join: add(.joinWeak, holds, off)
    case .checkpointCounts: add(.checkpointVouched, isEnough, off)
    case .assignNumber: add(.flowControl, true, off)
    case .flowControl:
      add(.assignNumber, holds, off)
      // What the window's end holds back would have had to wait longer still without slack.
      if !holds { add(.logSlack, false, off) }
    case .viewChangeCounts where !isEnough: add(.newViewQuorum, false, off)
    case .higherViewKept: add(.bufferBound, true, off)
    case .resend, .timeout, .rebroadcast, .idleNull: add(.timerCurrent, true, off)
    default: break
    }
  }

  private mutating func add(_ rule: Rule, _ isAccepted: Bool, _ off: RuleSet) {
    guard !off.contains(rule) else { return }
    counts[2 * Int(rule.rawValue) + (isAccepted ? 0 : 1)] += 1
  }

  /// Both counts of all rules together.
  public static func merge(_ one: Coverage, _ other: Coverage) -> Coverage {
    var sum = one
    for index in sum.counts.indices { sum.counts[index] += other.counts[index] }
    return sum
  }
}

extension Rule {
  /// The rules that every message of this kind passes, in the order in which they are applied.
  ///
  /// A message that one of them refuses was accepted by those before it.
  public static func path(for kind: Message.Kind) -> [Rule] {
    switch kind {
    case .request: Paths.request
    case .prePrepare: Paths.prePrepare
    case .prepare: Paths.prepare
    case .commit: Paths.commit
    case .reply: Paths.reply
    case .checkpoint: Paths.checkpoint
    case .viewChange: Paths.viewChange
    case .newView: Paths.newView
    case .status: Paths.status
    case .fetch: Paths.fetch
    case .data: Paths.data
    }
  }

  private enum Paths {
    static let start: [Rule] = [.knownSender, .authentic]
    static let phases = start + [.higherViewKept, .active, .sameView, .withinWatermarks]
    static let request: [Rule] = [
      .authentic, .requestFresh, .requestNewest, .requestDuringViewChange,
    ]
    static let prePrepare =
      phases + [.fromPrimary, .digestMatches, .requestsAuthentic, .onePrePrepare]
    static let prepare =
      phases + [
        .notFromPrimary, .oneVote, .voteBeforeProposal, .voteForOtherDigest, .prepareCounts,
      ]
    static let commit =
      phases + [.oneVote, .voteBeforeProposal, .voteForOtherDigest, .commitCounts]
    static let reply = start + [.replyCurrent, .oneReply, .replyQuorum]
    static let checkpoint =
      start + [.checkpointInterval, .checkpointNew, .oneVote, .checkpointCounts]
    static let viewChange =
      start + [
        .viewChangeCurrent, .viewChangeOnce, .stableProof, .preparedProofs, .viewChangeCounts,
      ]
    static let newView =
      start + [.newViewFromPrimary, .newViewCurrent, .newViewQuorum, .newViewComputed]
    static let status = start + [.statusHelps]
    static let fetch = start + [.dataHeld]
    static let data = start + [.dataWanted, .dataDigest, .requestsAuthentic]
  }
}
