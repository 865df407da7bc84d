/// How often each rule has let something count, and how often it has not.
public struct Coverage: Hashable, Sendable {
  /// Twice as many as there are rules: accepted and refused by raw number.
  private var counts = Array(repeating: 0, count: 2 * Rule.allCases.count)

  /// Nothing yet but what settings say of themselves, whether a world can be made of them or not.
  public init(of settings: Settings? = nil) {
    if let settings { count(settings.size, without: settings.rulesOff) }
  }

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
    // What is kept does not count yet: by this rule.
    finding.conclusions(of: kind) { add($0.rule, $0.verdict == .accepted, off) }
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
