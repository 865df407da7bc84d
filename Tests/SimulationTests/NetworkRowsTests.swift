import PBFT
import Simulation
import Testing

/// The rows of the fault table about networks and crashes that no other suite has.
@Suite struct `Whatever the network does to messages (§3, §4)` {
  private func links(_ from: Principal?, _ to: Principal?, bothWays: Bool = false) -> LinkPattern {
    LinkPattern(from: from, to: to, bothWays: bothWays)
  }

  @Test(arguments: [5, 20, 40])
  func `N1: lost messages are sent again until everything is done`(percent: Int) throws {
    var lab = Lab()
    try lab.perform(.lose(links(nil, nil), percent: percent))
    for text in ["a", "b", "c"] { try lab.request(alice, text) }
    try lab.run(until: .accepted(alice, 3), within: 600)
    // The network never heals: each round of asking loses its share too. Who lost so much that it left its
    // view alone (N10) gets the state with the next checkpoint.
    try lab.perform(.load(every: .seconds(1)))
    try lab.run(until: .executed(3), within: 600)
    #expect(lab.replica(r3).state.store["x"] == "abc")
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `N2: every message delivered twice does what it does once`() throws {
    var once = Lab()
    var twice = Lab()
    try once.request(alice, "a")
    try twice.request(alice, "a")
    var doubled: Set<Int> = []
    while !twice.world.holds(.executed(1)) {
      for message in twice.world.inFlight where !doubled.contains(message.id) {
        try twice.perform(.duplicate(.number(message.id)))
        // The copy is not copied again.
        doubled.formUnion([message.id, twice.world.inFlight.map(\.id).max() ?? 0])
      }
      try twice.perform(.step)
    }
    try once.run(until: .executed(1))
    try once.run(300)
    try twice.run(300)
    #expect(doubled.count > 50)
    for replica in [r0, r1, r2, r3] {
      #expect(twice.replica(replica).state == once.replica(replica).state)
      #expect(twice.executed(by: replica) == ["1:alice/1"])
      #expect(twice.refusals(.oneVote, by: replica) > 0)
    }
  }

  @Test(arguments: [true, false])
  func `N1: without asking, lost COMMITs are repaired by the next checkpoint only`(isAsking: Bool)
    throws
  {
    var lab = Lab(rulesOff: isAsking ? [] : [.resend])
    try lab.request(alice, "a")
    try lab.run(until: .phase(.prepared, n1, nil, .allCorrect))
    for message in lab.world.inFlight
    where message.message.kind == .commit && message.to == .replica(r3) {
      try lab.perform(.drop(.number(message.id)))
    }
    try lab.run(10_000)
    #expect(lab.executed(by: r3) == (isAsking ? ["1:alice/1"] : []))
    guard !isAsking else { return }
    #expect(lab.phase(r3) == "prepared alice/1")
    // n = 2 = K: with the checkpoint its number 1 comes too, as a state.
    try lab.request(bob, "b")
    try lab.request(bob, "c")
    try lab.request(bob, "d")
    try lab.request(bob, "e")
    try lab.request(bob, "f")
    try lab.run(10_000)
    #expect(lab.held(.stateTransfer).contains(r3))
    #expect(lab.replica(r3).lastExecuted >= SequenceNumber(2))
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `N2: what is repeated from an old view is refused`() throws {
    var lab = Lab()
    try lab.request(alice, "a")
    try lab.run(until: .executed(1))
    try lab.run(300)
    for replica in [r1, r2, r3] { try lab.fire(replica) }
    try lab.run(until: .view(View(1), .allCorrect))
    try lab.run(1_000)
    let before = lab.world.replicas
    let old = lab.happenings.compactMap { happening -> Int? in
      guard case .receive(let id, let message, _, .replica(r3), _) = happening.kind,
        message.view == v0
      else { return nil }
      return [.prePrepare, .prepare, .commit].contains(message.kind) ? id : nil
    }
    // A PRE-PREPARE, two PREPAREs but its own, three COMMITs but its own.
    #expect(old.count == 5 || old.count == 6)
    let refused = lab.refusals(.sameView, by: r3)
    for id in old { try lab.perform(.duplicate(.number(id))) }
    try lab.run(100)
    #expect(lab.refusals(.sameView, by: r3) == refused + old.count)
    #expect(lab.replica(r3).log == before[3].log)
    #expect(lab.executed(by: r3).first == "1:alice/1")
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `N4: destroyed bytes are a loss, and are sent again`() throws {
    var lab = Lab()
    try lab.request(alice, "a")
    try lab.run(until: .phase(.prepared, n1, nil, .allCorrect))
    for message in lab.world.inFlight where message.message.kind == .commit {
      try lab.perform(.alter(.number(message.id), .corrupt))
    }
    try lab.run(400)
    #expect([r0, r1, r2, r3].allSatisfy { lab.refusals(.authentic, by: $0) == 3 })
    #expect(lab.world.replicas.allSatisfy { $0.lastExecuted == .zero })
    #expect(lab.world.faultCount == 0)
    try lab.run(until: .executed(1))
    #expect(lab.world.replicas.allSatisfy { $0.view == v0 })
    #expect(lab.world.violations.isEmpty)
  }

  @Test
  func
    `N8: a primary that sends and hears nothing goes on proposing, and its COMMIT is not missed`()
    throws
  {
    var lab = Lab()
    for backup in [r1, r2, r3] { try lab.cut(backup, r0) }
    try lab.request(alice, "a")
    try lab.run(until: .accepted(alice))
    #expect(lab.sent(.commit, by: r0) == 0)
    #expect(lab.held(.timeout).isEmpty)
    #expect([r1, r2, r3].allSatisfy { lab.executed(by: $0) == ["1:alice/1"] })
    #expect(lab.replica(r0).lastExecuted == .zero)
    try lab.heal()
    try lab.run(until: .executed(1))
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `N8: a primary that hears and cannot send is a silent one`() throws {
    var lab = Lab()
    try lab.cut(from: r0)
    try lab.request(alice, "a")
    try lab.run(until: .accepted(alice))
    #expect([r1, r2, r3].allSatisfy { lab.replica($0).view == View(1) })
    #expect(lab.selections(of: 1) == [[]])
    // It hears the NEW-VIEW and follows, as a backup that nobody hears.
    try lab.run(until: .executed(1))
    #expect(lab.replica(r0).view == View(1))
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `N9: when everything takes longer than T, views change until the wait covers it`()
    throws
  {
    var lab = Lab(clientTimeout: .seconds(60))
    let timeout = lab.world.settings.viewChangeTimeout
    try lab.perform(.delay(links(nil, nil), by: Duration(microseconds: timeout.microseconds)))
    try lab.request(alice, "a")
    try lab.perform(.fire(.client(alice), .retry))
    try lab.run(until: .executed(1), within: 600)
    let view = lab.replica(r1).view
    #expect(view > View(0))
    #expect(!lab.held(.backOff).isEmpty)
    // One round of three messages fits into T doubled so often.
    #expect(timeout.doubled(view.number).microseconds > 3 * timeout.microseconds)
    try lab.run(until: .accepted(alice), within: 600)
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `N9: the same delay without back-off never lets anything execute`() throws {
    var lab = Lab(clientTimeout: .seconds(60), rulesOff: [.backOff])
    let timeout = lab.world.settings.viewChangeTimeout
    try lab.perform(.delay(links(nil, nil), by: Duration(microseconds: timeout.microseconds)))
    try lab.request(alice, "a")
    try lab.perform(.fire(.client(alice), .retry))
    try lab.run(200_000)
    #expect(lab.world.replicas.allSatisfy { $0.lastExecuted == .zero })
    #expect(lab.replica(r1).view > View(10))
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `N10: when another one is down too, everybody waits for the next timeout`() throws {
    var lab = Lab()
    try lab.fire(r3)
    try lab.perform(.crash(r2))
    try lab.request(alice, "a")
    try lab.run(1_000)
    #expect(lab.world.replicas.allSatisfy { $0.lastExecuted == .zero })
    #expect(!lab.replica(r3).isActive)
    try lab.run(until: .accepted(alice))
    #expect(lab.world.now.microseconds > lab.world.settings.viewChangeTimeout.microseconds)
    #expect([r0, r1, r3].allSatisfy { lab.replica($0).view >= View(1) })
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `N14: one that lies and one that is down: nothing executes, and nothing forks`() throws
  {
    var lab = Lab()
    try lab.perform(.crash(r2))
    try lab.perform(
      .equivocate(
        r0,
        Equivocation(
          shares: [.init(request(alice), [r1]), .init(request(bob), [r3])])))
    try lab.request(alice, "a")
    try lab.request(bob, "b")
    try lab.run(30_000)
    #expect(lab.world.faultCount == 2)
    #expect(lab.executed(by: r1).isEmpty && lab.executed(by: r3).isEmpty)
    #expect(lab.answers(to: alice).isEmpty && lab.answers(to: bob).isEmpty)
    #expect(lab.world.violations.isEmpty)

    try lab.perform(.restart(r2))
    try lab.run(until: .and(.accepted(alice), .accepted(bob)), within: 300)
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `N15: two liars of four fork the cluster, and the guarantee is void`() throws {
    var lab = Lab(clients: 2)
    for liar in [r0, r3] { try lab.perform(.silence(liar)) }
    try lab.request(alice, "a")
    try lab.request(bob, "b")
    for (backup, client) in [(r1, alice), (r2, bob)] {
      try lab.forge(r0, backup, .prePrepare(v0, n1, name(client)))
      try lab.forge(r3, backup, .prepare(v0, n1, name(client)))
      for liar in [r0, r3] { try lab.forge(liar, backup, .commit(v0, n1, name(client))) }
    }
    try lab.run(300)
    #expect(lab.world.faultCount > lab.world.cluster.faultsTolerated)
    #expect(lab.executed(by: r1) == ["1:alice/1"])
    #expect(lab.executed(by: r2) == ["1:bob/1"])
    #expect(lab.world.violations.contains { $0.invariant == .agreement })
  }

  @Test func `N15: one of the two alone, with the same messages, forks nothing`() throws {
    var lab = Lab(clients: 2)
    try lab.perform(.silence(r0))
    try lab.request(alice, "a")
    try lab.request(bob, "b")
    for (backup, client) in [(r1, alice), (r2, bob)] {
      try lab.forge(r0, backup, .prePrepare(v0, n1, name(client)))
      try lab.forge(r0, backup, .commit(v0, n1, name(client)))
    }
    try lab.run(until: .and(.accepted(alice), .accepted(bob)))
    #expect(lab.world.violations.isEmpty)
  }
}
