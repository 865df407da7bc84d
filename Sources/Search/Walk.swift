public import PBFT
public import Simulation

/// A random walk: everything that may go wrong does, then nothing any more.
///
/// The seed draws the world, at most f adversaries, and all that happens; the same seed walks the same way in
/// every process.
public struct Walk: Sendable {
  public let seed: UInt64
  public private(set) var trial: Trial
  /// Its choices.
  public var dice: Dice
  /// The adversaries, faulty from the start.
  public let faulty: [ReplicaID]

  /// A walk that has not begun, in a cluster that does without some rules.
  public init(seed: UInt64, rulesOff: RuleSet = [], keepingHappenings keepsHappenings: Bool = false)
  {
    self.seed = seed
    var dice = Dice(seed)
    let cluster = dice.chance(12) ? Cluster(replicaCount: 7) ?? .four : .four
    let interval = dice.one(of: [2, 2, 3, 5])
    let logSize = interval * dice.one(of: [1, 2, 2, 2, 3])
    let settings = Settings(
      cluster: cluster, checkpointInterval: interval, logSize: logSize,
      window: min(logSize, dice.number(1...5)), batchSize: dice.one(of: [1, 1, 3]),
      rulesOff: rulesOff)
    trial = Trial(
      Configuration(
        settings: settings, seed: seed, clientCount: dice.number(1...3),
        leastLatency: .milliseconds(dice.one(of: [1, 20, 50])), mostLatency: .milliseconds(100),
        scheme: .ideal), keepingHappenings: keepsHappenings)
    let faultCount = dice.one(of: [0, 1, 1, 1]) * dice.number(1...cluster.faultsTolerated)
    var others = cluster.replicas
    var faulty: [ReplicaID] = []
    for _ in 0..<faultCount {
      // The first primary is the most interesting one.
      faulty.append(others.remove(at: dice.chance(40) ? 0 : dice.below(others.count)))
    }
    self.faulty = faulty
    self.dice = dice
    for replica in faulty { misbehave(replica) }
  }

  /// How many rounds a storm has unless it is told otherwise.
  public static let rounds = 150
  /// Within how much virtual time, in seconds, everything is done once the faults have stopped.
  ///
  /// The longest timeout of a correct replica is added to it, four times.
  public static let bound = 400

  /// Walks to the end and says how it went.
  public static func outcome(of seed: UInt64, rulesOff: RuleSet = []) -> Outcome {
    var walk = Walk(seed: seed, rulesOff: rulesOff)
    walk.finish()
    return walk.outcome
  }

  /// The storm, the calm after it, and all that still waits.
  ///
  /// A walk that violates an invariant ends there.
  public mutating func finish() {
    rage()
    guard world.violations.isEmpty else { return }
    trial.calm()
    trial.settle(within: Self.bound)
  }

  public var outcome: Outcome { Outcome(trial, seed: seed) }

  public var world: World { trial.world }
  var replicas: [ReplicaID] { world.cluster.replicas }
  var clients: [ClientID] { world.clients.map(\.id) }

  /// Carries out a command if it makes sense now.
  mutating func attempt(_ command: Command) { trial.attempt(command) }

  /// Some hundreds of deliveries with everything between them that a network and at most f liars can do.
  public mutating func rage(rounds: Int = Walk.rounds) {
    for _ in 0..<rounds {
      attempt(.run(.milliseconds(dice.number(0...40))))
      switch dice.below(100) {
      case 0..<22: request()
      case 22..<50: disturbMessage()
      case 50..<62: disturbLink()
      case 62..<68: attempt(.heal(nil))
      case 68..<74: crashOrRestart()
      case 74..<77: attempt(.fire(.replica(dice.one(of: replicas)), .viewChange))
      case 77..<79: attempt(.fire(.replica(dice.one(of: replicas)), .resend))
      case 79..<81: attempt(.fire(.client(dice.one(of: clients)), .retry))
      case 81..<84: attempt(.run(.milliseconds(dice.number(100...1_500))))
      default: if !faulty.isEmpty { lie(dice.one(of: faulty)) }
      }
      if !world.violations.isEmpty { return }
    }
  }
}
