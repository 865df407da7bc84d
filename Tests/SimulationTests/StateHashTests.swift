import PBFT
import Search
import SeedSupport
import Simulation
import Testing

@Suite struct `Equal worlds, and their hashes` {
  /// What can be read of a world from outside and its hash covers.
  private struct Parts: Equatable {
    let replicas: [Replica]
    let clients: [Client]
    let disks: [StableStorage]
    let twins: [Replica?]
    let inFlight: [Envelope]
    let alarms: [Alarm]
    let now: Instant
    let flags: [Bool]
    let links: [LinkState]
    let orders: [[Misbehaviour.Order]]
    let violations: [Violation]

    init(_ world: World) {
      let ids = world.cluster.replicas
      replicas = world.replicas
      clients = world.clients
      disks = ids.map(world.disk)
      twins = ids.map(world.twin)
      inFlight = world.inFlight
      alarms = world.alarms
      now = world.now
      flags = ids.map(world.isCrashed) + ids.map(world.isFaulty)
      links = world.linkFaults.map(\.state)
      orders = ids.map { world.misbehaviours(of: $0).map(\.order) }
      violations = world.violations
    }
  }

  /// The history of a random walk, with twins and whatever else goes wrong, and every world that it went
  /// through.
  private func walked(_ seed: UInt64, rounds: Int) throws -> (history: History, worlds: [World]) {
    var walk = Walk(seed: seed)
    walk.rage(rounds: rounds)
    var dice = Dice(seed)
    var history = History(walk.world.configuration)
    var worlds = [history.world]
    func forth(_ commands: [Command]) {
      for command in commands {
        var command = command
        if case .run(let duration) = command {
          // Step by step, so that no moment is missed.
          let end = history.world.now + duration
          while let due = history.world.next?.due, due <= end {
            guard (try? history.perform(.step)) != nil else { break }
            worlds.append(history.world)
          }
          let left = end.microseconds - history.world.now.microseconds
          command = .run(Duration(microseconds: left))
        }
        let before = history.step
        _ = try? history.perform(command)
        if history.step > before { worlds.append(history.world) }
      }
    }
    forth(walk.trial.commands)
    forth([.twin(dice.one(of: history.world.cluster.replicas), []), .run(.milliseconds(500))])
    return (history, worlds)
  }

  @Test(arguments: 0..<4)
  func `any moment reached again is equal and has the same hash`(part: Int) throws {
    for seed in Seeds.part(part, of: 4, outOf: 12) {
      var (history, worlds) = try walked(seed, rounds: 40)
      guard worlds.count == history.end + 1 else {
        fail("\(worlds.count) worlds of \(history.end) steps", seed)
        continue
      }
      let hashes = worlds.map(\.stateHash)
      var dice = Dice(seed)
      for _ in 0..<25 {
        let target = dice.below(history.end + 1)
        history.seek(target)
        if history.world != worlds[target] { fail("step \(target) differs once sought", seed) }
        if history.world.stateHash != hashes[target] {
          fail("step \(target): \(history.world.stateHash), was \(hashes[target])", seed)
        }
        let other = dice.below(history.end + 1)
        let again = history.world(at: other)
        if again != worlds[other] || again.stateHash != hashes[other] {
          fail("step \(other) differs when only looked at", seed)
        }
      }
    }
  }

  @Test(arguments: 0..<4)
  func `two moments have the same hash only where nothing else is there`(part: Int) throws {
    var (moments, repetitions) = (0, 0)
    for seed in Seeds.part(part, of: 4, outOf: 24) {
      let worlds = try walked(seed, rounds: 90).worlds
      moments += worlds.count
      var seen: [StateHash: Int] = [:]
      for (step, world) in worlds.enumerated() {
        if let earlier = seen[world.stateHash] {
          repetitions += 1
          if Parts(world) != Parts(worlds[earlier]) {
            fail("steps \(earlier) and \(step) both have \(world.stateHash)", seed)
          }
          if world == worlds[earlier] { fail("steps \(earlier) and \(step) are equal", seed) }
        } else {
          seen[world.stateHash] = step
        }
        if step > 0, world == worlds[step - 1] { fail("step \(step) changed nothing", seed) }
      }
    }
    // Most steps change something: a hash that never moved would be found here.
    if Seeds.chosen == nil {
      #expect(moments > 1_000 && repetitions * 10 < moments, "\(repetitions) of \(moments)")
    }
  }

  @Test func `the way that has led there does not count`() throws {
    let start = try busy()
    let link = LinkPattern(from: .replica(r1), to: .replica(r2))
    var (one, other) = (start, start)
    for command: Command in [.crash(r3), .cut(link)] { _ = try one.perform(command) }
    for command: Command in [.cut(link), .crash(r3)] { _ = try other.perform(command) }
    #expect(one == other && one.stateHash == other.stateHash)

    // Two steps more, and everything as before.
    var back = start
    for command: Command in [.cut(link), .heal(link)] { _ = try back.perform(command) }
    #expect(back.stateHash == start.stateHash)
    #expect(back != start && back.step == start.step + 2)
  }

  @Test func `real signatures and ideal ones make equal worlds`() throws {
    var worlds = [Scheme.ed25519, .ideal].map { World(Configuration(seed: 7, scheme: $0)) }
    for command in script.prefix(9) {
      for index in worlds.indices { _ = try worlds[index].perform(command) }
      #expect(worlds[0] == worlds[1] && worlds[0].stateHash == worlds[1].stateHash)
    }
    // Whether a signature is authentic counts, however it was made.
    var corrupted = worlds
    let first = try #require(worlds[0].inFlight.first { $0.message.isAuthentic }?.id)
    for index in worlds.indices {
      _ = try corrupted[index].perform(.alter(.number(first), .corrupt))
      #expect(corrupted[index].stateHash != worlds[index].stateHash)
    }
    #expect(corrupted[0] == corrupted[1] && corrupted[0].stateHash == corrupted[1].stateHash)
  }

  // MARK: One story, in every process

  private let script: [Command] = [
    .request(alice, .append(key: "x", value: "a")), .run(.milliseconds(120)),
    .lose(LinkPattern(from: .replica(r0), to: nil), percent: 30),
    .request(bob, .append(key: "x", value: "b")), .run(.milliseconds(700)),
    .crash(r0), .run(.seconds(4)), .heal(nil), .restart(r0), .load(every: .milliseconds(300)),
    .equivocate(r2, Equivocation(votes: true)), .run(.seconds(6)), .honest(r2),
    .misbehave(r1, Misconduct(.slow, .time(.milliseconds(300)))),
    .misbehave(r1, Misconduct(.skipNumber)),
    .misbehave(r1, Misconduct(.askForView, .view(View(9)))),
    .misbehave(r2, Misconduct(.usurp)), .misbehaveClient(bob, .slow(.milliseconds(80))),
    .rule(.joinWeak, isOn: false), .run(.seconds(3)), .twin(r3, []), .run(.seconds(5)),
  ]

  /// Recorded; whoever changes the protocol or what a hash covers on purpose records it again.
  private let expected = "~ff430cd03f11e79d"

  @Test func `the same story has the same hash in every process`() throws {
    var world = World(Configuration(seed: 7, scheme: .ideal))
    var hashes = Fingerprint()
    for command in script {
      _ = try world.perform(command)
      hashes.combine(world.stateHash.bits)
    }
    #expect(StateHash(bits: hashes.bits).description == expected, "\(world)")
  }

  // MARK: What counts

  /// A world in the middle of agreement, with held messages and a crashed replica.
  private func busy() throws -> World {
    var world = World(Configuration(seed: 7, clientCount: 3, scheme: .ideal))
    _ = try world.perform(.load(every: .milliseconds(150)))
    _ = try world.perform(.run(.seconds(3)))
    return world
  }

  @Test func `every command leads to a state of its own`() throws {
    var world = try busy()
    let copies = world.inFlight
    let held = try #require(copies.last?.id)
    let link = LinkPattern(from: .replica(r1), to: .replica(r2))
    for command: Command in [
      .hold(.number(held)), .cut(link), .misbehave(r0, Misconduct(.byHand)), .crash(r3),
      .misbehave(r0, Misconduct(.slow, .time(.milliseconds(40)))),
    ] { _ = try world.perform(command) }
    let own = try #require(
      copies.first { copy in
        copy.from == .replica(r0) && copy.id != held && copy.message.kind != .reply
      })
    let number = MessageReference.number(own.id)
    let group: [Principal] = [.replica(r0), .replica(r1)]
    let commands: [Command] = [
      .step, .run(.milliseconds(1)), .run(.milliseconds(2)), .deliver(number), .drop(number),
      .duplicate(number), .hold(number), .release(.number(held)), .alter(number, .corrupt),
      .alter(number, .sender(r1)), .alter(number, .repeated(after: .milliseconds(5))),
      .request(alice, .append(key: "x", value: "a")), .request(alice, .get(key: "x")),
      .request(bob, .get(key: "x")), .request(alice, .put(key: "x", value: "a")),
      .load(every: nil), .load(every: .milliseconds(10)), .crash(r1), .crash(r2), .restart(r3),
      .restartEmpty(r3), .corruptState(r1), .corruptState(r2),
      .fire(.replica(r1), .viewChange), .fire(.replica(r1), .resend),
      .fire(.client(alice), .retry), .delay(link, by: .milliseconds(5)),
      .delay(link, by: .milliseconds(6)), .holdLink(link), .lose(link, percent: 10),
      .lose(link, percent: 11), .heal(link), .partition([group, [.replica(r2)]]),
      .rule(.join, isOn: false), .rule(.joinWeak, isOn: false), .silence(r0), .silence(r1),
      .equivocate(r0, Equivocation()), .equivocate(r0, Equivocation(votes: true)),
      .misbehave(r0, Misconduct(.slow, .time(.milliseconds(41)))),
      .misbehave(r0, Misconduct(.withhold, .message(.commit))),
      .misbehave(r0, Misconduct(.withhold, .message(.prepare))),
      .misbehave(
        r0, Misconduct(.withhold, .message(.commit), target: Target(to: [.replica(r1)]))),
      .misbehave(r0, Misconduct(.repeatVotes, .count(3))), .misbehave(r0, Misconduct(.usurp)),
      .honest(r0), .twin(r1, []),
      .twin(r1, [group, [.replica(r2)]].map { $0.filter { $0 != .replica(r1) } }),
      .misbehaveClient(alice, .mute), .misbehaveClient(alice, .slow(.milliseconds(5))),
      .misbehaveClient(alice, .onlyTo(r1)), .misbehaveClient(bob, .mute),
      .forge(Forgery(from: r0, to: .replica(r1), content: .status(v0))),
      .forge(Forgery(from: r0, to: .replica(r2), content: .status(v0))),
      .forge(Forgery(from: r0, to: .replica(r1), claim: r2, content: .status(v0))),
    ]
    var seen = [world.stateHash: "nothing"]
    for command in commands {
      var other = world
      _ = try other.perform(command)
      let earlier = seen.updateValue("\(command)", forKey: other.stateHash)
      #expect(earlier == nil, "\(command)")
      #expect(other != world, "\(command)")
    }
    #expect(seen.count == commands.count + 1)
  }

  @Test func `another beginning is another state`() {
    var configurations = Array(repeating: Configuration(scheme: .ideal), count: 12)
    configurations[1].seed = 2
    configurations[2].clientCount = 3
    configurations[3].leastLatency = .milliseconds(49)
    configurations[4].mostLatency = .milliseconds(101)
    configurations[5].settings.checkpointInterval = 4
    configurations[6].settings.logSize = 11
    configurations[7].settings.window = 4
    configurations[8].settings.batchSize = 2
    configurations[9].settings.viewChangeTimeout = .seconds(3)
    configurations[10].settings.clientTimeout = .seconds(2)
    configurations[11].settings.primaries = .permuted(seed: 3)
    #expect(Set(configurations.map { World($0).stateHash }).count == configurations.count)
    #expect(World(configurations[0]) == World(configurations[0]))
    #expect(World(configurations[0]) != World(configurations[1]))
  }

  // MARK: As text

  @Test func `a hash is read as it is written, and nothing else is`() {
    for bits: UInt64 in [0, 1, 0xA41F_C09E_5B2D_7716, .max] {
      let hash = StateHash(bits: bits)
      #expect(StateHash(hash.description) == hash && hash.description.count == 17)
      #expect(hash.description.hasPrefix(hash.short) && hash.short.count == 5)
    }
    #expect(StateHash(bits: 0xA41F_C09E_5B2D_7716).description == "~a41fc09e5b2d7716")
    #expect(StateHash(bits: 0xA41F_C09E_5B2D_7716).short == "~a41f")
    #expect(StateHash(bits: 10).description == "~000000000000000a")
    for text in [
      "", "~", "a41fc09e5b2d7716", "~a41fc09e5b2d771", "~a41fc09e5b2d77160", "~A41FC09E5B2D7716",
      "~a41fc09e5b2d771g", "~+41fc09e5b2d7716", " ~a41fc09e5b2d7716", "~a41fc09e5b2d771é",
    ] { #expect(StateHash(text) == nil, "\(text)") }
  }
}
