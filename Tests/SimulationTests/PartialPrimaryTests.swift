import PBFT
import Simulation
import Testing

@Suite struct `A primary that serves some and not others (§4.2, §4.4)` {
  @Test func `E8: a backup in the dark catches up, and the others never stop`() throws {
    var lab = Lab(clientTimeout: .seconds(10))
    try lab.misbehave(r0, .withhold, .message(.prePrepare), to: [r3])
    try lab.request(alice, "a")
    try lab.run(600)
    // R0 votes: R0, R1 and R2 are 2f + 1.
    #expect(lab.executed(by: r1) == ["1:alice/1"])
    #expect(lab.executed(by: r2) == ["1:alice/1"])
    #expect(lab.answers(to: alice).count == 1)
    #expect(lab.executed(by: r3).isEmpty)
    #expect(lab.phase(r3) == "empty")
    #expect(lab.verdicts(r3, on: .commit, from: r1) == ["kept vote-before-proposal"])

    try lab.request(bob, "b")
    try lab.run(600)
    // n = 2 = K: the checkpoint is stable at the others, whose log it is gone from.
    #expect(lab.replica(r1).low == SequenceNumber(2))
    #expect(lab.executed(by: r3).isEmpty)
    try lab.run(until: .executed(2, by: r3))
    #expect(lab.replica(r3).state.store["x"] == "ab")
    #expect(lab.held(.stateTransfer).contains(r3))
    #expect(lab.executed(by: r3).isEmpty)
    #expect([r1, r2, r3].allSatisfy { lab.replica($0).view == v0 })
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E8: were R0 not to vote, two backups would prepare and not commit`() throws {
    var lab = Lab(clientTimeout: .seconds(10))
    try lab.misbehave(r0, .withhold, .message(.prePrepare), to: [r3])
    try lab.misbehave(r0, .withhold, .message(.commit))
    try lab.request(alice, "a")
    try lab.run(600)
    #expect(lab.phase(r1) == "prepared alice/1")
    #expect(lab.phase(r2) == "prepared alice/1")
    #expect(lab.executed(by: r1).isEmpty)
    #expect(lab.executed(by: r2).isEmpty)
    try lab.run(until: .executed(1))
    #expect(lab.selections(of: 1).first?.first?.hasPrefix("1:alice/1 v0") == true)
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E9: a number left out stops execution until a new view fills it`() throws {
    var lab = Lab()
    try lab.request(alice, "a")
    try lab.run(600)
    try lab.misbehave(r0, .skipNumber)
    try lab.request(carol, "d")
    try lab.run(600)
    for backup in [r1, r2, r3] {
      #expect(lab.phase(backup, 2) == "empty")
      #expect(lab.phase(backup, 3) == "committed carol/1")
      #expect(lab.executed(by: backup) == ["1:alice/1"])
    }
    try lab.run(until: .executed(3))
    let O = try #require(lab.selections(of: 1).first)
    #expect(O.count == 3 && O[0].hasPrefix("1:alice/1 v0") && O[1] == "2:null")
    #expect(O[2].hasPrefix("3:carol/1 v0"))
    for backup in [r1, r2, r3] {
      #expect(lab.executed(by: backup) == ["1:alice/1", "2:null", "3:carol/1"])
    }
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E10: a proposal at H + 1 leaves no trace`() throws {
    var lab = Lab()
    try lab.misbehave(r0, .beyondWindow)
    let before = lab.world.replicas
    try lab.request(alice, "a")
    try lab.run(500)
    for backup in [r1, r2, r3] {
      #expect(lab.verdicts(backup, on: .prePrepare, from: r0) == ["refused within-watermarks"])
      #expect(lab.replica(backup) == before[backup.index])
    }
    try lab.run(until: .accepted(alice))
    #expect(lab.selections(of: 1) == [[]])
  }

  @Test func `E11: who censors a client is replaced, and the client served`() throws {
    var lab = Lab()
    try lab.misbehave(r0, .censor, .client(alice))
    try lab.request(bob, "b")
    try lab.request(alice, "a")
    try lab.run(900)
    // The others are served as if nothing were.
    #expect(lab.allAnswers == ["bob/1 b"])
    // Once alice broadcasts, the timers of the backups run on her request.
    try lab.run(400)
    for backup in [r1, r2, r3] {
      #expect(lab.replica(backup).waiting.map(\.request.client) == [alice])
      #expect(lab.replica(backup).viewChangeTimer != nil)
      #expect(lab.replica(backup).view == v0)
    }
    try lab.run(until: .accepted(alice))
    #expect(Set(lab.held(.timeout)).isSubset(of: [r1, r2, r3]) && !lab.held(.timeout).isEmpty)
    #expect(lab.sent(.prePrepare, by: r1) >= 3)
    #expect(lab.world.correct.allSatisfy { lab.replica($0).view == View(1) })
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E13: ordering just below T is never punished, and throughput falls to 1 in T`() throws
  {
    var lab = Lab(checkpointInterval: 5, logSize: 10)
    try lab.misbehave(r0, .slow, .time(.milliseconds(1_800)))
    for round in 0..<8 { try lab.request(alice, "\(round)") }
    try lab.run(until: .accepted(alice, 8))
    // No view change, however long it goes on.
    #expect(lab.world.replicas.allSatisfy { $0.view == v0 && $0.isActive })
    #expect(lab.held(.timeout).isEmpty)
    // 1.8 s of pause, just below T = 2 s, and five times 60 ms of latency; honestly just those.
    let times = [0] + lab.acceptTimes
    #expect(zip(times, times.dropFirst()).map { $1 - $0 } == Array(repeating: 2_100, count: 8))
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E13: a timer runs on one request, so two waiting clients bound the pause`() throws {
    var lab = Lab(clientTimeout: .seconds(100))
    try lab.misbehave(r0, .slow, .time(.milliseconds(1_800)))
    try lab.request(alice, "a")
    try lab.request(bob, "b")
    // The backups know of bob only, whose request is ordered second.
    try lab.perform(.fire(.client(bob), .retry))
    try lab.run(until: .and(.accepted(alice), .accepted(bob)))
    // Alice's is executed in time; that restarts no timer, and bob's comes 3.6 s after it began.
    #expect(lab.phase(r1, 1, in: 0) == "committed alice/1")
    #expect(Set(lab.held(.timeout)).isSubset(of: [r1, r2, r3]) && !lab.held(.timeout).isEmpty)
    #expect(lab.world.correct.allSatisfy { lab.replica($0).view == View(1) })
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E13: ordering slower than T is punished`() throws {
    var lab = Lab()
    try lab.misbehave(r0, .slow, .time(.milliseconds(4_000)))
    try lab.request(alice, "a")
    try lab.run(until: .accepted(alice))
    #expect(lab.world.correct.allSatisfy { lab.replica($0).view == View(1) })
  }
}
