import PBFT
import Search
import SeedSupport
import Simulation
import Testing

/// Worlds with at most f replicas that misbehave in every way of the catalogue, in random combinations.
@Suite struct `Random villains (§3, §4.5)` {
  static let parts = 8
  static let count = 640

  @Test(arguments: 0..<parts)
  func `do no harm, and what was asked for is done once they are silent`(part: Int) {
    var executions = 0
    var kinds: Set<MisconductKind> = []
    for seed in Seeds.part(part, of: Self.parts, outOf: Self.count) {
      var villains = Villains(seed: seed)
      villains.rage(rounds: 60)
      villains.calm()
      let complaint = villains.settle(within: 2_000)
      let violations = villains.world.violations
      if !violations.isEmpty { fail("violated \(violations)", seed) }
      if let complaint { fail(complaint, seed) }
      executions += villains.world.replicas.reduce(0) { $0 + $1.lastExecuted.number }
      kinds.formUnion(villains.kinds)
    }
    guard Seeds.chosen == nil else { return }
    #expect(executions > 0)
    #expect(kinds.count == MisconductKind.allCases.count)
  }
}

/// One such world.
private struct Villains {
  private(set) var world: World
  private(set) var kinds: Set<MisconductKind> = []
  private var dice: Dice
  private let faulty: [ReplicaID]

  init(seed: UInt64) {
    var dice = Dice(seed ^ 0x5EED)
    let cluster = dice.chance(20) ? Cluster(replicaCount: 7) ?? .four : .four
    let interval = dice.one(of: [2, 3, 5])
    let logSize = interval * dice.one(of: [1, 2, 2])
    let settings = Settings(
      cluster: cluster, checkpointInterval: interval, logSize: logSize,
      window: min(logSize, dice.number(1...5)), batchSize: dice.one(of: [1, 1, 3]))
    world = World(
      Configuration(
        settings: settings, seed: seed, clientCount: dice.number(1...3),
        leastLatency: .milliseconds(dice.one(of: [1, 20, 50])), mostLatency: .milliseconds(100),
        scheme: .ideal))
    var others = cluster.replicas
    var faulty: [ReplicaID] = []
    for _ in 0..<dice.number(1...cluster.faultsTolerated) {
      // The first primaries are the most interesting ones.
      faulty.append(others.remove(at: dice.chance(50) ? 0 : dice.below(others.count)))
    }
    self.faulty = faulty
    self.dice = dice
    // Guilty from the start: what they did before is no fact about correct replicas.
    for replica in faulty { attempt(.misbehave(replica, Misconduct(.byHand))) }
  }

  private mutating func attempt(_ command: Command) {
    guard (try? world.perform(command)) != nil else { return }
    if case .misbehave(_, let misconduct) = command { kinds.insert(misconduct.kind) }
  }

  mutating func rage(rounds: Int) {
    for _ in 0..<rounds {
      attempt(.run(.milliseconds(dice.number(0...120))))
      switch dice.below(100) {
      case 0..<25:
        let client = dice.one(of: world.clients)
        guard client.queue.count < 2 else { continue }
        attempt(.request(client.id, .append(key: "x", value: "\(client.id.index)")))
      case 25..<55: attempt(.misbehave(dice.one(of: faulty), dice.misconduct(in: world)))
      case 55..<60: attempt(.honest(dice.one(of: faulty)))
      case 60..<64: attempt(.equivocate(dice.one(of: faulty), Equivocation(votes: dice.chance(60))))
      case 64..<66: attempt(.silence(dice.one(of: faulty)))
      case 66..<76: delay()
      case 76..<82: attempt(.heal(nil))
      case 82..<88:
        attempt(.fire(.replica(dice.one(of: world.cluster.replicas)), .viewChange))
      case 88..<91: attempt(.fire(.client(dice.one(of: world.clients).id), .retry))
      default: attempt(.run(.milliseconds(dice.number(100...3_000))))
      }
      if !world.violations.isEmpty { return }
    }
  }

  private mutating func delay() {
    let from = Principal.replica(dice.one(of: world.cluster.replicas))
    attempt(
      .delay(LinkPattern(from: from, to: nil), by: .milliseconds(dice.number(50...3_000))))
  }

  /// The links are whole again, and the villains silent.
  mutating func calm() {
    for replica in faulty { attempt(.silence(replica)) }
    attempt(.heal(nil))
  }

  /// Says what has not been done within so many seconds, or nil.
  mutating func settle(within seconds: Int) -> String? {
    let wanted = world.clients.map(\.lastTimestamp)
    let patience = world.correct.map { world.replicas[$0.index].timeout.microseconds }.max() ?? 0
    let end = world.now + .seconds(seconds) + Duration(microseconds: 4 * patience)
    attempt(.load(every: .milliseconds(900)))
    while world.now < end, !isDone(wanted) { attempt(.run(.milliseconds(500))) }
    return isDone(wanted) ? nil : "not done by \(world.now.microseconds / 1_000_000) s: \(world)"
  }

  private func isDone(_ wanted: [Timestamp]) -> Bool {
    zip(world.clients, wanted).allSatisfy { client, timestamp in
      timestamp.number == 0
        || (client.accepted?.timestamp ?? Timestamp(0)) >= timestamp
          && world.correct.allSatisfy {
            (world.replicas[$0.index].state.replies[client.id]?.timestamp ?? Timestamp(0))
              >= timestamp
          }
    }
  }
}
