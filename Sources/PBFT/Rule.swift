/// Every condition of the protocol, by name.
///
/// The raw number is stable within one version of the program only; the name (`withinWatermarks`,
/// written `within-watermarks`) is what the language, the trace and the screen use.
public enum Rule: UInt8, Hashable, Sendable, CaseIterable {
  // Who may say something, and how many there are
  case authentic, knownSender, clusterSize, quorum
  // Requests (§4.1)
  case requestFresh, requestNewest, requestAtPrimary, relayRequest, requestDuringViewChange
  // The primary (§4.2)
  case flowControl, assignNumber, logSlack, idleNull
  // Every message of the three phases (§4.2)
  case active, sameView, higherViewKept, bufferBound, withinWatermarks, oneVote
  // PRE-PREPARE
  case fromPrimary, digestMatches, requestsAuthentic, onePrePrepare
  // PREPARE and COMMIT
  case notFromPrimary, prepareCounts, commitCounts, voteBeforeProposal, voteForOtherDigest
  // The predicates
  case prePrepared, prepared, primaryVotes, committed, executeInOrder, exactlyOnce
  // Clients (§4.1)
  case replyCurrent, oneReply, replyQuorum, rebroadcast
  // Checkpoints (§4.3)
  case checkpointInterval, checkpointNew, checkpointCounts, stableCheckpoint, ownCheckpoint
  case garbageCollection
  // Catching up
  case stateTransfer, checkpointVouched, dataWanted, dataDigest, dataHeld, statusHelps
  // Timers (§4.4, §4.5.2)
  case timerOnRequest, timerStops, timerCurrent, timeout, backOff, resend
  // View change (§4.4)
  case viewChangeCurrent, viewChangeOnce, stableProof, preparedProofs, viewChangeCounts, join
  case joinWeak
  case newViewTimer, newViewFromPrimary, newViewCurrent, newViewQuorum, newViewComputed
  case proofsInViewChange, highestView, nullRequest
  // Stable storage
  case durablePrePrepared, durablePrepared, durableView, durableNewView, durableCheckpoint
  case durableExecuted

  /// What a rule keeps from being lost.
  public enum Protects: String, Hashable, Sendable {
    /// Correct replicas never execute different requests at one number.
    case safety
    /// Every request is executed at last.
    case liveness
    /// Only bounded memory and work.
    case resources
  }

  /// The word that names the rule everywhere: `within-watermarks`.
  public var name: String {
    var word = ""
    for character in String(describing: self) {
      if character.isUppercase {
        word += "-" + character.lowercased()
      } else {
        word.append(character)
      }
    }
    return word
  }

  /// The rule with this word, or nil.
  public init?(name: String) {
    guard let rule = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = rule
  }
}

/// A set of rules.
public struct RuleSet: Hashable, Sendable, ExpressibleByArrayLiteral {
  private var bits: (low: UInt64, high: UInt64) = (0, 0)

  public init(arrayLiteral rules: Rule...) {
    for rule in rules { insert(rule) }
  }

  public var isEmpty: Bool { bits == (0, 0) }

  @inline(__always)
  public func contains(_ rule: Rule) -> Bool {
    rule.rawValue < 64
      ? bits.low & (1 << UInt64(rule.rawValue)) != 0
      : bits.high & (1 << UInt64(rule.rawValue - 64)) != 0
  }

  public mutating func remove(_ rule: Rule) {
    if rule.rawValue < 64 {
      bits.low &= ~(1 << UInt64(rule.rawValue))
    } else {
      bits.high &= ~(1 << UInt64(rule.rawValue - 64))
    }
  }

  public mutating func insert(_ rule: Rule) {
    if rule.rawValue < 64 {
      bits.low |= 1 << UInt64(rule.rawValue)
    } else {
      bits.high |= 1 << UInt64(rule.rawValue - 64)
    }
  }

  /// The rules in it, in the order of the catalogue.
  public var rules: [Rule] { Rule.allCases.filter(contains) }

  public static func == (one: Self, other: Self) -> Bool { one.bits == other.bits }
  public func hash(into hasher: inout Hasher) {
    hasher.combine(bits.low)
    hasher.combine(bits.high)
  }
}
