import PBFT
import Search
import SeedSupport
import Simulation
import Testing

@Suite struct `Random worlds with twins, faulty clients and alterations by hand` {
  private static let parts = 4
  private static let runs = 80

  @Test(arguments: 0..<parts)
  func `correct replicas agree, and correct clients are served in the end`(part: Int) throws {
    for seed in Seeds.part(part, of: Self.parts, outOf: Self.runs) {
      var dice = Dice(seed)
      let settings = Settings(checkpointInterval: 2, logSize: dice.one(of: [4, 6]), window: 3)
      var world = World(
        Configuration(
          settings: settings, seed: seed, clientCount: 3, leastLatency: .milliseconds(10),
          scheme: .ideal))
      let faulty = dice.one(of: world.cluster.replicas)
      try disturb(&world, faulty, &dice)
      _ = try world.perform(.heal(nil))
      _ = try? world.perform(.load(every: .milliseconds(700)))
      for _ in 0..<800
      where [alice, bob].contains(where: { world.clients[$0.index].outstanding != nil }) {
        _ = try world.perform(.run(.milliseconds(500)))
      }
      _ = try world.perform(.load(every: nil))
      _ = try world.perform(.run(.seconds(60)))
      for client in [alice, bob] where world.clients[client.index].outstanding != nil {
        fail("\(client) waits in vain: \(world)", seed)
      }
      if let violation = world.violations.first { fail("\(violation)", seed) }
      #expect(world.faultCount == 1)
    }
  }

  private func disturb(_ world: inout World, _ faulty: ReplicaID, _ dice: inout Dice) throws {
    var groups: [[Principal]] = [[], []]
    for other in world.cluster.replicas where other != faulty {
      let place = dice.below(3)
      if place < 2 { groups[place].append(.replica(other)) }
    }
    for client in world.clients {
      let place = dice.below(3)
      if place < 2 { groups[place].append(.client(client.id)) }
    }
    // Groups without members are no groups.
    if groups.contains([]) { groups = [] }
    _ = try world.perform(.twin(faulty, groups))
    let misconduct = dice.one(of: [
      ClientMisconduct.onlyTo(dice.one(of: world.cluster.replicas)), .mute, .slow(.seconds(2)),
      .oldTimestamps, .twoOperations, .hugeTimestamp, .impatient, .unsigned,
    ])
    _ = try world.perform(.misbehaveClient(carol, misconduct))
    for _ in 0..<60 {
      let client = dice.one(of: world.clients)
      if client.queue.count < 2 {
        _ = try world.perform(.request(client.id, .append(key: "x", value: "\(client.id.index)")))
      }
      if let message = world.inFlight.isEmpty ? nil : dice.one(of: world.inFlight) {
        let change = dice.one(of: [
          Alteration.view(View(dice.below(4))), .sequence(SequenceNumber(dice.below(9))),
          .digest(.bogus), .digest(.letter(dice.below(4))), .sender(r1), .result("LIE"), .withheld,
          .repeated(after: .milliseconds(dice.below(900))), .stale, .corrupt,
        ])
        // Refused for what a correct sender has signed.
        _ = try? world.perform(.alter(.number(message.id), change))
        _ = try? world.perform(.duplicate(.number(max(1, message.id - dice.below(60)))))
      }
      if dice.chance(10) {
        _ = try world.perform(.lose(LinkPattern(from: nil, to: nil), percent: dice.below(30)))
      }
      if dice.chance(5) {
        _ = try? world.perform(.honest(faulty))
      } else if dice.chance(5) {
        _ = try? world.perform(.twin(faulty, groups))
      }
      _ = try world.perform(.run(.milliseconds(dice.below(250))))
    }
  }
}
