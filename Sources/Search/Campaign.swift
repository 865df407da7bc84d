public import PBFT

/// Many random walks, one seed each, and what came of them.
public struct Campaign: Sendable {
  public let rulesOff: RuleSet
  public private(set) var tally = Tally()
  /// The walk with the lowest seed among those in which something went wrong.
  public private(set) var failure: Outcome?

  /// A campaign that has not begun, in clusters that do without some rules.
  public init(rulesOff: RuleSet = []) { self.rulesOff = rulesOff }

  /// Walks from each of these seeds in turn, until it is told to stop.
  ///
  /// It is asked before each walk, with what has come so far.
  public mutating func run(
    seeds: some Sequence<UInt64>, until isOver: (Campaign) -> Bool = { _ in false }
  ) {
    for seed in seeds {
      if isOver(self) { return }
      take(Walk.outcome(of: seed, rulesOff: rulesOff))
    }
  }

  private mutating func take(_ outcome: Outcome) {
    tally.add(outcome.tally)
    if !outcome.isFine, outcome.seed <= failure?.seed ?? .max { failure = outcome }
  }

  /// Adds what another campaign has found, as when both walked side by side.
  public mutating func add(_ other: Campaign) {
    tally.add(other.tally)
    if let outcome = other.failure, outcome.seed <= failure?.seed ?? .max { failure = outcome }
  }
}
