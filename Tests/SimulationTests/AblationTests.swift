import PBFT
import Simulation
import Testing

/// Rows of the table of ablations that need few messages; each with its control.
@Suite struct `An ablation and its control` {
  private func world(_ settings: Settings) -> World {
    World(Configuration(settings: settings, clientCount: 2, scheme: .ideal))
  }

  @Test(arguments: [true, false])
  func `A11: a client believes the first reply`(isOff: Bool) throws {
    var world = world(Settings(rulesOff: isOff ? [.replyQuorum] : []))
    _ = try world.perform(.request(ClientID(0), .append(key: "x", value: "a")))
    let name = RequestName(ClientID(0), Timestamp(1))
    _ = try world.perform(
      .forge(
        Forgery(
          from: ReplicaID(3), to: .client(ClientID(0)),
          content: .reply(View(0), name, result: "LIE"))))
    _ = try world.perform(.run(.seconds(5)))
    #expect(world.holds(.accepted(name, result: "LIE")) == isOff)
    #expect(world.holds(.accepted(name, result: "a")) == !isOff)
  }

  @Test(arguments: [true, false])
  func `A15: one faulty replica moves everybody`(isOff: Bool) throws {
    var world = world(Settings(rulesOff: isOff ? [.joinWeak] : []))
    for replica in 0..<3 {
      _ = try world.perform(
        .forge(
          Forgery(
            from: ReplicaID(3), to: .replica(ReplicaID(replica)),
            content: .viewChange(View(1), prepared: []))))
    }
    _ = try world.perform(.run(.seconds(1)))
    #expect(world.replicas[0].view.number == (isOff ? 1 : 0))
    #expect(world.coverage[.join] == (isOff ? (4, 0) : (0, 3)))
  }

  @Test(arguments: [true, false])
  func `A30: with 2f + 1 PREPAREs one silent backup stops everything`(isOff: Bool) throws {
    var world = world(Settings(rulesOff: isOff ? [.primaryVotes] : []))
    _ = try world.perform(.silence(ReplicaID(3)))
    _ = try world.perform(.request(ClientID(0), .append(key: "x", value: "a")))
    _ = try world.perform(.run(.seconds(30)))
    #expect(world.replicas[1].lastExecuted.number == (isOff ? 0 : 1))
  }

  @Test(arguments: [true, false])
  func `A26: a silent primary is never suspected`(isOff: Bool) throws {
    var world = world(Settings(rulesOff: isOff ? [.timerOnRequest] : []))
    _ = try world.perform(.silence(ReplicaID(0)))
    _ = try world.perform(.request(ClientID(0), .append(key: "x", value: "a")))
    _ = try world.perform(.run(.seconds(30)))
    #expect(world.replicas[1].view.number == (isOff ? 0 : 1))
    #expect(world.replicas[1].lastExecuted.number == (isOff ? 0 : 1))
  }

  @Test(arguments: [true, false])
  func `A3: of three replicas one silent stops everything`(isOff: Bool) throws {
    var world = world(
      Settings(cluster: isOff ? .three : .four, rulesOff: isOff ? [.clusterSize] : []))
    _ = try world.perform(.silence(ReplicaID(2)))
    _ = try world.perform(.request(ClientID(0), .append(key: "x", value: "a")))
    _ = try world.perform(.run(.seconds(30)))
    #expect(world.replicas[1].lastExecuted.number == (isOff ? 0 : 1))
  }
}
