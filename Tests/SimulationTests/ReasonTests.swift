import PBFT
import Search
import SeedSupport
import Simulation
import Testing

/// Reasons in random worlds: there always is one, it ends in something that can be done, and doing it helps.
@Suite struct `Reasons in random runs` {
  static let parts = 4
  static let count = 96

  @Test(arguments: 0..<parts)
  func `whatever waits and whatever is empty has a reason`(part: Int) {
    var asked = 0
    for seed in Seeds.part(part, of: Self.parts, outOf: Self.count) {
      var storm = Walk(seed: seed)
      for _ in 0..<4 {
        storm.rage(rounds: 30)
        asked += examine(storm.world, seed)
      }
    }
    #expect(asked > 0 || Seeds.chosen != nil)
  }

  /// Asks for every request that waits and for every cell of the grid; returns how many reasons there were.
  private func examine(_ world: World, _ seed: UInt64) -> Int {
    var asked = 0
    let waiting = world.progress()
    let outstanding = world.clients.compactMap(\.outstanding)
    if waiting.map(\.request) != outstanding { fail("not every request has a reason", seed) }
    for one in waiting {
      asked += 1
      judge(one.reason, "\(one.request)", seed)
    }
    for replica in world.replicas {
      for n in replica.low.number...replica.high.number + 1 where n > 0 {
        for milestone in Milestone.allCases {
          let n = SequenceNumber(n)
          let reason = world.whyNot(milestone, n, at: replica.id)
          let isThere = hasReached(milestone, n, replica)
          if (reason == nil) != isThere {
            fail("\(replica.id) \(milestone) \(n): there \(isThere), \(reason as Any)", seed)
          }
          guard let reason else { continue }
          asked += 1
          judge(reason, "\(replica.id) \(milestone) \(n)", seed)
        }
      }
    }
    return asked
  }

  private func hasReached(
    _ milestone: Milestone, _ n: SequenceNumber, _ replica: Replica
  ) -> Bool {
    if n <= replica.lastExecuted || n <= replica.low { return true }
    let phase = replica.phase(of: n)
    return switch milestone {
    case .prePrepared: phase >= .prePrepared
    case .prepared: phase >= .prepared
    case .committed: phase >= .committed
    case .executed: false
    }
  }

  private func judge(_ reason: Reason, _ what: String, _ seed: UInt64) {
    if reason.remedies.isEmpty { fail("\(what): nothing can be done about \(reason)", seed) }
    let size = size(reason)
    if size > 300 { fail("\(what): a chain of \(size)", seed) }
  }

  private func size(_ reason: Reason) -> Int { 1 + reason.causes.map(size).reduce(0, +) }

  @Test(arguments: 0..<parts)
  func `doing what the chains say makes the waiting end`(part: Int) {
    var helped = 0
    for seed in Seeds.part(part, of: Self.parts, outOf: Self.count) {
      var storm = Walk(seed: seed)
      storm.rage(rounds: 120)
      var world = storm.world
      // What a faulty client asks for may never be answered.
      let wanted = world.clients.compactMap(\.outstanding).filter { !world.isFaulty($0.client) }
      guard !wanted.isEmpty else { continue }
      helped += 1
      let commands = follow(&world, until: wanted)
      if !isAnswered(wanted, world) {
        fail("\(wanted) after \(commands): \(world) \(world.progress())", seed)
      }
    }
    #expect(helped > 0 || Seeds.chosen != nil)
  }

  /// Does what would help, twelve times a replica at most, and lets time pass in between.
  private func follow(_ world: inout World, until wanted: [Request]) -> [Command] {
    var done: [Command] = []
    var rounds = 0
    let most = 12 * world.cluster.replicaCount
    while done.count < most, rounds < 60, !isAnswered(wanted, world) {
      rounds += 1
      let before = done.count
      let remedies = world.progress().flatMap(\.reason.remedies)
      for (index, remedy) in remedies.enumerated()
      where done.count < most && !remedies[..<index].contains(remedy) {
        switch remedy {
        // Liars go on lying: up to f of them the rest must do without.
        case .run, .honest, .fire: continue
        default: if (try? world.perform(remedy)) != nil { done.append(remedy) }
        }
      }
      if done.count == before, rounds % 8 == 0 {
        // Time alone has not helped: a timer by hand.
        for case .fire(let owner, let name) in world.progress().flatMap(\.reason.remedies)
        where done.count < most {
          if (try? world.perform(.fire(owner, name))) != nil {
            done.append(.fire(owner, name))
            break
          }
        }
      }
      _ = try? world.perform(.run(.seconds(5)))
    }
    // Clients that have asked often wait long before they ask again.
    for _ in 0..<10 where !isAnswered(wanted, world) {
      _ = try? world.perform(.run(.seconds(400)))
    }
    return done
  }

  private func isAnswered(_ wanted: [Request], _ world: World) -> Bool {
    wanted.allSatisfy { world.clients[$0.client.index].outstanding != $0 }
  }
}
