import PBFT
import Simulation
import Testing

/// Timers that tie, and timers that run out one after another.
@Suite struct TimerRaceTests {
  /// A primary that is down, a request that every backup has heard of, and so n - 1 timers that are set.
  private func waiting(_ cluster: Cluster = .four) throws -> Lab {
    var lab = Lab(cluster: cluster, latency: 10...90)
    try lab.perform(.crash(r0))
    try lab.request(alice, "a")
    // The client asks everybody after a second.
    try lab.run(1_200)
    #expect(lab.timers.count == cluster.replicaCount - 1)
    return lab
  }

  @Test(arguments: [4, 7])
  func `timers that tie run out at the instant of the last, in the order of the replicas`(
    replicas: Int
  ) throws {
    let cluster = try #require(Cluster(replicaCount: replicas))
    var lab = try waiting(cluster)
    let before = lab.timers
    #expect(Set(before.map(\.due)).count > 1)
    try lab.perform(.spreadTimers(by: .seconds(0)))
    let last = try #require(before.map(\.due).max())
    #expect(lab.timers.map(\.due) == before.map { _ in last })
    #expect(lab.world.areTimersSpread(by: .seconds(0)))

    try lab.run(until: .accepted(alice))
    try lab.run(1_000)
    let fired = lab.fired.prefix(cluster.replicaCount - 1)
    #expect(fired.map(\.time) == fired.map { _ in last })
    #expect(fired.map(\.replica) == cluster.replicas.dropFirst().map { $0 })
    try lab.expectViewOne(cluster)
  }

  @Test(arguments: [4, 7])
  func `timers that are spread run out so far apart, and f + 1 make the others join`(
    replicas: Int
  ) throws {
    let cluster = try #require(Cluster(replicaCount: replicas))
    var lab = try waiting(cluster)
    let before = lab.timers
    try lab.perform(.spreadTimers(by: .milliseconds(300)))
    let after = lab.timers
    for (earlier, later) in zip(after, after.dropFirst()) {
      #expect(later.due.microseconds - earlier.due.microseconds == 300_000)
    }
    // No timer loses time, and one of them keeps its instant.
    #expect(zip(before, after).allSatisfy { $0.due <= $1.due })
    #expect(zip(before, after).contains { $0.due == $1.due })

    try lab.run(until: .accepted(alice))
    try lab.run(1_000)
    // f + 1 time out by themselves; the VIEW-CHANGEs of those reach the others before their own time comes.
    let weak = cluster.faultsTolerated + 1
    #expect(lab.fired.prefix(weak).map(\.replica) == (1...weak).map { ReplicaID($0) })
    #expect(!lab.held(.join).isEmpty)
    #expect(lab.held(.join).allSatisfy { $0.index > weak })
    try lab.expectViewOne(cluster)
  }

  @Test func `what is spread already stays as it is, and is told only where something changes`()
    throws
  {
    var lab = try waiting()
    try lab.perform(.spreadTimers(by: .milliseconds(300)))
    let (timers, told) = (lab.timers, lab.happenings.count)
    try lab.perform(.spreadTimers(by: .milliseconds(300)))
    #expect(lab.timers == timers)
    #expect(
      lab.happenings.dropFirst(told).map(\.kind) == [
        .command(.spreadTimers(by: .milliseconds(300))),
        .fault(.spreadTimers(by: .milliseconds(300))),
      ])
    try lab.perform(.spreadTimers(by: .seconds(0)))
    #expect(Set(lab.timers.map(\.due)) == [timers[2].due])
    let set = lab.happenings.suffix(2).map(\.kind)
    #expect(set == [r1, r2].map { .timerSet(.replica($0), .viewChange, for: timers[2].due) })
  }

  @Test func `both copies of a replica are moved to the same instant`() throws {
    var lab = try waiting()
    try lab.perform(.twin(r3, []))
    try lab.perform(.spreadTimers(by: .milliseconds(300)))
    let timers = lab.timers
    #expect(timers.map(\.owner) == [r1, r2, r3, r3].map { .replica($0) })
    #expect(timers.map(\.isTwin) == [false, false, false, true])
    #expect(timers[2].due == timers[3].due)
    let last = lab.happenings.last?.kind
    if case .ofTwin(.timerSet(.replica(r3), .viewChange, _)) = last {
    } else {
      Issue.record("not told of the second copy: \(String(describing: last))")
    }
  }

  @Test func `one timer alone can neither tie nor be spread`() throws {
    var lab = Lab(latency: 10...90)
    #expect(lab.refusal(.spreadTimers(by: .seconds(0)))?.reason == "no view-change timer is set")
    try lab.perform(.misbehaveClient(alice, .onlyTo(r2)))
    try lab.request(alice, "a")
    try lab.run(30)
    while lab.timers.isEmpty { try lab.perform(.step) }
    #expect(
      lab.refusal(.spreadTimers(by: .seconds(1)))?.reason
        == "only \(lab.timers[0].owner)'s view-change timer is set")
    var waiting = try waiting()
    #expect(waiting.refusal(.spreadTimers(by: .seconds(3_601))) != nil)
    try waiting.perform(.crash(r1))
    try waiting.perform(.crash(r2))
    #expect(
      waiting.refusal(.spreadTimers(by: .seconds(0)))?.reason
        == "only R3's view-change timer is set")
  }

  @Test func `the same commands give the same world, and going back undoes it`() throws {
    var one = try waiting()
    let step = one.history.step
    let before = one.world
    try one.perform(.spreadTimers(by: .seconds(0)))
    try one.run(until: .accepted(alice))
    var other = try waiting()
    try other.perform(.spreadTimers(by: .seconds(0)))
    try other.run(until: .accepted(alice))
    #expect(one.world == other.world)
    var history = one.history
    history.seek(step)
    #expect(history.world == before)
    history.seek(one.history.step)
    #expect(history.world == one.world)
  }
}

extension Lab {
  /// The view-change timers that are set, by replica.
  fileprivate var timers: [Alarm] {
    world.alarms.filter { $0.name == .viewChange }.sorted {
      ("\($0.owner)", $0.isTwin ? 1 : 0) < ("\($1.owner)", $1.isTwin ? 1 : 0)
    }
  }

  /// The view-change timers that have run out, in order.
  fileprivate var fired: [(replica: ReplicaID, time: Instant)] {
    happenings.compactMap {
      if case .timerFired(.replica(let replica), .viewChange) = $0.kind {
        (replica, $0.time)
      } else {
        nil
      }
    }
  }

  fileprivate mutating func refusal(_ command: Command) -> Refusal? {
    do {
      try perform(command)
      return nil
    } catch {
      return error as? Refusal
    }
  }

  /// Every backup is in view 1 and has executed what was waited for.
  fileprivate func expectViewOne(_ cluster: Cluster) throws {
    #expect(entered(1).count == cluster.replicaCount - 1)
    for replica in cluster.replicas.dropFirst() { #expect(executed(by: replica) == ["1:alice/1"]) }
    #expect(world.violations.isEmpty)
  }
}
