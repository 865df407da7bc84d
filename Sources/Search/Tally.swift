public import PBFT
internal import Simulation

/// What happened in one world or in many, as numbers.
public struct Tally: Hashable, Sendable {
  public internal(set) var worlds = 0
  public internal(set) var steps = 0
  /// Messages that reached a replica or client and were judged by it.
  public private(set) var deliveries = 0
  /// Sequence numbers executed, each replica's counted by itself.
  public private(set) var executions = 0
  /// How often a replica entered a new view.
  public private(set) var viewsEntered = 0
  /// The highest view that any replica was active in.
  public private(set) var highestView = View(0)
  public internal(set) var violations = 0
  /// Worlds in which a request was still not done long after the faults had stopped.
  public internal(set) var unsettled = 0
  /// By the rule's place in the catalogue.
  private var refusedBy = Array(repeating: 0, count: Rule.allCases.count)

  public init() {}

  /// The rules that refused a message, with how many, in the order of the catalogue.
  public var refusals: [(rule: Rule, count: Int)] {
    zip(Rule.allCases, refusedBy).compactMap { $1 > 0 ? ($0, $1) : nil }
  }

  mutating func count(_ happening: Happening) {
    switch happening.kind {
    case .receive(_, _, _, _, let finding):
      deliveries += 1
      if finding.verdict == .refused { refusedBy[Int(finding.rule.rawValue)] += 1 }
    case .judgedLater(_, _, let finding):
      if finding.verdict == .refused { refusedBy[Int(finding.rule.rawValue)] += 1 }
    case .executedBatch: executions += 1
    case .view(_, let view, active: true, _):
      viewsEntered += 1
      highestView = max(highestView, view)
    default: break
    }
  }

  /// Adds what happened in other worlds.
  public mutating func add(_ other: Tally) {
    worlds += other.worlds
    steps += other.steps
    deliveries += other.deliveries
    executions += other.executions
    viewsEntered += other.viewsEntered
    highestView = max(highestView, other.highestView)
    violations += other.violations
    unsettled += other.unsettled
    for index in refusedBy.indices { refusedBy[index] += other.refusedBy[index] }
  }
}
