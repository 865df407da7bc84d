import PBFT
import Simulation
import Testing

@Suite struct `Without a rule` {
  private func world(_ settings: Settings, seed: UInt64 = 1) -> World {
    World(Configuration(settings: settings, seed: seed, clientCount: 3, scheme: .ideal))
  }

  @Test(arguments: Rule.allCases.filter { $0.cannotBeOff == nil })
  func `a world goes on without trapping, and the rule can come back`(rule: Rule) throws {
    for seed in UInt64(1)...3 {
      var world = world(
        Settings(checkpointInterval: 2, logSize: 4, window: 4, batchSize: 2), seed: seed)
      _ = try world.perform(.load(every: .milliseconds(100)))
      _ = try world.perform(.rule(rule, isOn: false))
      #expect(world.rulesOff == [rule])
      _ = try world.perform(.lose(LinkPattern(from: nil, to: nil), percent: 5))
      _ = try world.perform(.run(.seconds(3)))
      _ = try world.perform(.crash(ReplicaID(0)))
      _ = try world.perform(.run(.seconds(6)))
      _ = try world.perform(.restart(ReplicaID(0)))
      _ = try world.perform(.silence(ReplicaID(1)))
      _ = try world.perform(.run(.seconds(4)))
      _ = try world.perform(.heal(nil))
      _ = try world.perform(.rule(rule, isOn: true))
      #expect(world.rulesOff.isEmpty)
      let before = world.coverage[.authentic].accepted
      _ = try world.perform(.run(.seconds(4)))
      #expect(world.coverage[.authentic].accepted > before, "seed \(seed)")
    }
  }

  @Test func `a rule that cannot be off, or is off already, is refused`() throws {
    var world = world(Settings())
    #expect(throws: Refusal.self) { try world.perform(.rule(.knownSender, isOn: false)) }
    #expect(throws: Refusal.self) { try world.perform(.rule(.join, isOn: true)) }
    _ = try world.perform(.rule(.join, isOn: false))
    #expect(throws: Refusal.self) { try world.perform(.rule(.join, isOn: false)) }
  }

  @Test func `A16: nothing is discarded, and the log grows until the rule is back`() throws {
    var world = world(
      Settings(checkpointInterval: 2, logSize: 4, window: 4, rulesOff: [.garbageCollection]))
    _ = try world.perform(.load(every: .milliseconds(300)))
    _ = try world.perform(.run(.seconds(30)))
    for replica in world.replicas {
      #expect(replica.low == .zero)
      #expect(replica.lastExecuted.number > 50)
      #expect(replica.log.used.count >= replica.lastExecuted.number)
    }
    _ = try world.perform(.rule(.garbageCollection, isOn: true))
    _ = try world.perform(.run(.seconds(10)))
    for replica in world.replicas {
      #expect(replica.low.number > 60)
      #expect(replica.log.used.count <= 8)
    }
  }

  @Test(arguments: UInt64(1)...4)
  func `the ring and the overflow give the same happenings`(seed: UInt64) throws {
    func run(_ logSize: Int) throws -> [Happening] {
      var world = world(
        Settings(
          checkpointInterval: 2, logSize: logSize, window: 2, rulesOff: [.garbageCollection]),
        seed: seed)
      var happenings = try world.perform(.load(every: .milliseconds(200)))
      happenings += try world.perform(.run(.seconds(8)))
      happenings += try world.perform(.crash(ReplicaID(0)))
      happenings += try world.perform(.run(.seconds(8)))
      return happenings
    }
    /// Without the findings, which tell H.
    func actions(_ happenings: [Happening]) -> [String] {
      happenings.compactMap { happening in
        switch happening.kind {
        case .send(_, let message, let from, let to, let arrives):
          "\(happening.step) \(message.kind) \(from) \(to) \(arrives?.microseconds ?? 0)"
        case .execute(let replica, let n, _, let request, let result, _):
          "\(happening.step) \(replica) \(n) \(request) \(result)"
        case .view(let replica, let view, let active, _):
          "\(happening.step) \(replica) \(view) \(active)"
        default: nil
        }
      }
    }
    let ring = try actions(run(4_000))
    #expect(ring.count > 1_000)
    #expect(try actions(run(2)) == ring, "seed \(seed)")
  }

  @Test func `A18: n = 1,000,000 makes a large O, of which only so much is made`() throws {
    var world = world(Settings(rulesOff: [.withinWatermarks]))
    _ = try world.perform(
      .request(ClientID(0), .append(key: "x", value: "a")))
    _ = try world.perform(.run(.milliseconds(20)))
    let request = DigestName.requests([RequestName(ClientID(0), Timestamp(1))])
    for backup in 1...3 {
      _ = try world.perform(
        .forge(
          Forgery(
            from: ReplicaID(0), to: .replica(ReplicaID(backup)),
            content: .prePrepare(View(0), SequenceNumber(1_000_000), request))))
    }
    _ = try world.perform(.silence(ReplicaID(0)))
    let happenings = try world.perform(.run(.milliseconds(2_500)))
    let selections = happenings.compactMap { happening -> Selection? in
      if case .view(_, _, true, let selection) = happening.kind { selection } else { nil }
    }
    let selection = try #require(selections.first)
    #expect(selection.maxS.number == 1_000_000)
    #expect(selection.rows.count == Selection.mostRows)
    #expect(selection.omitted == 1_000_000 - Selection.mostRows)
  }

  @Test func `an idle primary brings checkpoints forward`() throws {
    var world = world(
      Settings(checkpointInterval: 2, logSize: 4, window: 4, idleInterval: .seconds(1)))
    _ = try world.perform(.request(ClientID(0), .append(key: "x", value: "a")))
    _ = try world.perform(.run(.seconds(10)))
    for replica in world.replicas {
      #expect(replica.low.number >= 6)
      #expect(replica.state.store["x"] == "a")
    }
    #expect(world.coverage[.idleNull].accepted > 0)
  }

  @Test(arguments: [Primaries.inTurn, .permuted(seed: 3)])
  func `a primary that has never heard anything is idle too`(primaries: Primaries) throws {
    var world = world(
      Settings(
        checkpointInterval: 2, logSize: 4, window: 4, primaries: primaries,
        idleInterval: .seconds(1)))
    _ = try world.perform(.run(.seconds(10)))
    for replica in world.replicas { #expect(replica.low.number >= 4) }
    #expect(world.violations.isEmpty)
  }
}
