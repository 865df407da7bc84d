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

  /// The client that is faulty from the start, if there is one; it does not count against f.
  public let faultyClient: ClientID?

  /// A walk that has not begun, in a cluster that does without some rules.
  public init(seed: UInt64, rulesOff: RuleSet = [], keepingHappenings keepsHappenings: Bool = false)
  {
    self.seed = seed
    var dice = Dice(seed)
    let configuration = Self.configuration(seed, rulesOff, &dice)
    trial = Trial(configuration, keepingHappenings: keepsHappenings)
    let cluster = configuration.settings.cluster
    let faultCount = dice.one(of: [0, 1, 1, 1]) * dice.number(1...cluster.faultsTolerated)
    var others = cluster.replicas
    var faulty: [ReplicaID] = []
    for _ in 0..<faultCount {
      // The first primary is the most interesting one.
      let first = configuration.settings.primary(of: View(0))
      let place = others.firstIndex(of: first).flatMap { dice.chance(40) ? $0 : nil }
      faulty.append(others.remove(at: place ?? dice.below(others.count)))
    }
    self.faulty = faulty
    let count = configuration.clientCount
    faultyClient = count > 1 && dice.chance(30) ? ClientID(dice.below(count)) : nil
    self.dice = dice
    for replica in faulty {
      // Guilty from the start: what it says before it first lies is no fact about correct replicas.
      attempt(.misbehave(replica, Misconduct(.byHand)))
      behave(replica)
    }
    if let faultyClient { attempt(.misbehaveClient(faultyClient, clientMisconduct())) }
  }

  private static func configuration(
    _ seed: UInt64, _ rulesOff: RuleSet, _ dice: inout Dice
  ) -> Configuration {
    let cluster = dice.chance(12) ? Cluster(replicaCount: 7) ?? .four : .four
    let interval = dice.one(of: [2, 2, 3, 5])
    let logSize = interval * dice.one(of: [1, 2, 2, 2, 3])
    let settings = Settings(
      cluster: cluster, checkpointInterval: interval, logSize: logSize,
      window: min(logSize, dice.number(1...5)), batchSize: dice.one(of: [1, 1, 3]),
      viewChangeTimeout: .milliseconds(dice.one(of: [500, 2_000, 2_000, 5_000])),
      clientTimeout: .milliseconds(dice.one(of: [300, 1_000, 1_000, 3_000])),
      rulesOff: rulesOff, primaries: dice.chance(20) ? .permuted(seed: seed) : .inTurn,
      idleInterval: dice.chance(12) ? .milliseconds(dice.number(300...3_000)) : nil)
    return Configuration(
      settings: settings, seed: seed, clientCount: dice.number(1...3),
      leastLatency: .milliseconds(dice.one(of: [1, 20, 50])),
      mostLatency: .milliseconds(dice.one(of: [60, 100, 100, 250])), scheme: .ideal)
  }

  /// How many rounds a storm has unless it is told otherwise.
  public static let roundCount = 150

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
    trial.settle()
  }

  public var outcome: Outcome { Outcome(trial, seed: seed) }

  public var world: World { trial.world }
  var replicas: [ReplicaID] { world.cluster.replicas }
  var clients: [ClientID] { world.clients.map(\.id) }
  var everybody: [Principal] {
    replicas.map { Principal.replica($0) } + clients.map { Principal.client($0) }
  }

  /// Carries out a command if it makes sense now.
  mutating func attempt(_ command: Command) { trial.attempt(command) }
}
