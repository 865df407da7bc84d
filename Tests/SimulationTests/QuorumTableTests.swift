import PBFT
import Search
import SeedSupport
import Simulation
import Testing

/// The table of who has voted for what at whom.
@Suite struct QuorumTableTests {
  @Test("every lamp and every tally is what has happened", arguments: 0..<4)
  func lamps(_ part: Int) throws {
    for seed in Seeds.part(part, of: 4, outOf: 24) {
      var storm = QuorumStorm(seed)
      for _ in 0..<30 {
        storm.rage()
        if let complaint = storm.complaint {
          fail(complaint, seed)
          return
        }
      }
    }
  }

  @Test("what is recollected of votes is what has happened, on every branch") func recollection()
    throws
  {
    for seed in Seeds.part(0, of: 1, outOf: 6) {
      var storm = QuorumStorm(seed)
      var strays = Recollection(of: .strayVotes)
      var spending = Spending()
      for round in 0..<12 {
        storm.rage()
        if round % 3 == 2 { storm.goBack() }
        strays.follow(storm.history)
        spending.follow(storm.history)
        let all = Array(storm.history.happenings(in: 1...max(storm.history.step, 1)).joined())
          .filter { $0.step <= storm.history.step }
        let world = storm.history.world
        for n in QuorumTable.numbers(in: world).prefix(12) {
          let plain = QuorumTable(n, in: world, strays: all)
          let kept = QuorumTable(n, in: world, strays: strays.past(of: storm.history))
          if plain != kept { fail("the table of \(n) differs", seed) }
        }
        check(spending, all, storm.history, seed)
      }
    }
  }

  /// The cost of each request is a plain count of what was sent.
  private func check(
    _ spending: Spending, _ all: [Happening], _ history: History, _ seed: UInt64
  ) {
    let sent = all.compactMap { happening in
      if case .send(_, let message, _, _, _) = happening.kind { message } else { nil }
    }
    var names: [RequestName] = []
    for message in sent {
      if case .request(let request) = message, !names.contains(RequestName(request)) {
        names.append(RequestName(request))
      }
    }
    for name in names {
      let digests = sent.compactMap { message -> Digest? in
        guard case .prePrepare(let prePrepare, let batch?) = message,
          batch.requests.contains(where: { RequestName($0) == name }),
          batch.digest == prePrepare.digest
        else { return nil }
        return prePrepare.digest
      }
      func votes(_ kind: Message.Kind) -> Int {
        sent.count { $0.kind == kind && $0.digest.map(digests.contains) ?? false }
      }
      let cost = spending.cost(of: name, upTo: history.step)
      let requests = sent.count {
        if case .request(let request) = $0 { RequestName(request) == name } else { false }
      }
      let replies = sent.count {
        if case .reply(let reply) = $0 {
          RequestName(reply.client, reply.timestamp) == name
        } else {
          false
        }
      }
      let counted = [cost.requests, cost.prePrepares, cost.prepares, cost.commits, cost.replies]
      let plain = [requests, votes(.prePrepare), votes(.prepare), votes(.commit), replies]
      if counted != plain { fail("\(name) cost \(plain), and it says \(counted)", seed) }
      if cost.total != plain.reduce(0, +) { fail("\(name): \(cost.total) in all", seed) }
    }
  }

  @Test("one request without a fault costs what the paper's protocol sends", arguments: [4, 7, 13])
  func ideal(_ count: Int) throws {
    let cluster = try #require(Cluster(replicaCount: count))
    var lab = Lab(cluster: cluster)
    try lab.request(alice, "a")
    try lab.run(until: .accepted(alice))
    try lab.run(200)
    var spending = Spending()
    spending.follow(lab.history)
    let cost = spending.cost(of: request(alice), upTo: lab.history.step)
    #expect(cost == Cost(ofOneRequestIn: cluster))
    #expect(count != 4 || cost.total == 29)
  }

  @Test("an equivocating primary: each lamp of the classic picture") func equivocation() throws {
    var lab = Lab()
    try lab.perform(
      .equivocate(
        r0,
        Equivocation(shares: [
          .init(request(alice), [r1, r2]), .init(request(bob), [r3]),
        ])))
    try lab.request(alice, "a")
    try lab.request(bob, "b")
    try lab.run(400)
    let table = QuorumTable(n1, in: lab.world, strays: lab.happenings)
    #expect(table.digests.count == 2)
    let (a, b) = (table.digests[0], table.digests[1])
    #expect(table.columns.map(\.accepted) == [a, a, a, b])
    func states(_ kind: Message.Kind, _ sender: ReplicaID) -> [Lamp.State] {
      table.block(kind).rows.first { $0.sender == sender }?.lamps.map(\.state) ?? []
    }
    #expect(states(.prepare, r1).suffix(3) == [.counts(1), .counts(1), .otherDigest])
    #expect(states(.prepare, r3).suffix(3) == [.otherDigest, .otherDigest, .counts(1)])
    #expect(table.columns.map(\.prepares.have).suffix(3) == [2, 2, 1])
    #expect(table.replies.map(\.request) == [request(alice), request(bob)])
  }

  @Test("below h nothing is left but the proof of the checkpoint") func discarded() throws {
    var lab = Lab()
    for (round, client) in [alice, bob].enumerated() {
      try lab.request(client, "\(round)")
      try lab.run(until: .accepted(client))
    }
    try lab.run(1_000)
    let table = QuorumTable(n1, in: lab.world, strays: lab.happenings)
    #expect(table.isDiscarded && table.checkpoint == SequenceNumber(2))
    #expect(table.columns.allSatisfy { $0.isStable && $0.checkpoints.isReached })
    let counted = table.checkpoints.rows.flatMap(\.lamps).filter(\.state.isCounted)
    #expect(counted.count == 4 * 3)
  }
}

/// A run in which messages get lost, doubled, held and made up.
struct QuorumStorm {
  private(set) var history: History
  private var dice: Dice
  private var plain: PlainVotes

  init(_ seed: UInt64) {
    dice = Dice(seed)
    let cluster = dice.chance(25) ? Cluster(replicaCount: 7) ?? .four : .four
    let interval = dice.one(of: [2, 3, 5])
    let settings = Settings(
      cluster: cluster, checkpointInterval: interval, logSize: interval * 2,
      window: min(4, interval * 2), batchSize: dice.one(of: [1, 1, 3]),
      viewChangeTimeout: .milliseconds(dice.one(of: [400, 2_000])))
    history = History(
      Configuration(
        settings: settings, seed: seed, clientCount: 2, leastLatency: .milliseconds(10),
        mostLatency: .milliseconds(dice.one(of: [60, 200])), scheme: .ideal))
    plain = PlainVotes(history.world)
    let liar = ReplicaID(dice.below(cluster.replicaCount))
    let kinds: [MisconductKind] = [
      .secondProposal, .wrongVotes, .repeatVotes, .withhold, .twoFaced, .wrongCheckpoints,
      .lieToClients, .usurp, .forgeSender, .wrongDigest,
    ]
    switch dice.below(4) {
    case 0: attempt(.misbehave(liar, Misconduct(dice.one(of: kinds))))
    case 1: attempt(.equivocate(liar, Equivocation()))
    case 2: attempt(.silence(liar))
    default: break
    }
  }

  private mutating func attempt(_ command: Command) {
    if let happenings = try? history.perform(command) { plain.take(happenings) }
  }

  /// Something goes wrong, and time goes on.
  mutating func rage() {
    let world = history.world
    let client = dice.one(of: world.clients).id
    let replica = ReplicaID(dice.below(world.replicas.count))
    let copies = world.inFlight
    if dice.chance(50) {
      attempt(.request(client, .append(key: "x", value: "\(dice.below(100))")))
    }
    if !copies.isEmpty {
      let copy = MessageReference.number(dice.one(of: copies).id)
      switch dice.below(8) {
      case 0, 1: attempt(.drop(copy))
      case 2: attempt(.duplicate(copy))
      case 3: attempt(.hold(copy))
      case 4: attempt(.release(copy))
      case 5: attempt(.alter(copy, .corrupt))
      default: break
      }
    }
    switch dice.below(30) {
    case 0: attempt(.cut(LinkPattern(from: .replica(replica), to: nil)))
    case 1, 2, 3: attempt(.heal(nil))
    case 4: attempt(.lose(LinkPattern(from: nil, to: .replica(replica)), percent: 30))
    case 5: attempt(.crash(replica))
    case 6: attempt(.restart(replica))
    case 7: attempt(.fire(.replica(replica), .viewChange))
    default: break
    }
    for _ in 0..<dice.number(1...25) { attempt(.step) }
  }

  /// Back to some moment, and on from there on another branch.
  mutating func goBack() {
    history.seek(dice.number(0...history.step))
    attempt(.request(ClientID(0), .append(key: "x", value: "b\(dice.below(1_000))")))
  }

  /// What is wrong with a table now, or nil.
  var complaint: String? {
    let world = history.world
    let all = Array(history.happenings(in: 1...max(history.step, 1)).joined())
    for n in QuorumTable.numbers(in: world) {
      let table = QuorumTable(n, in: world, strays: all)
      for column in table.columns {
        if let complaint = complaint(table, column) {
          return "\(n) at \(column.replica): \(complaint)"
        }
      }
    }
    return nil
  }

  private func complaint(_ table: QuorumTable, _ column: QuorumColumn) -> String? {
    let own = history.world.replicas[column.replica.index]
    let slot = own.log[table.sequence]
    let blocks = [table.proposals, table.prepares, table.commits]
    // The tallies are those of the replica's own predicates (§4.2).
    func counted(_ block: QuorumBlock) -> Int {
      block.rows.reduce(0) { sum, row in
        if case .counts(let count) = row.lamps[own.id.index].state { sum + count } else { sum }
      }
    }
    let prepares = slot?.matchingPrepares(in: history.world.settings) ?? 0
    if counted(table.prepares) != prepares || column.prepares.have != prepares {
      return "\(counted(table.prepares)) PREPAREs lit of \(prepares)"
    }
    let commits = slot?.matchingCommits() ?? 0
    if counted(table.commits) != commits || column.commits.have != commits {
      return "\(counted(table.commits)) COMMITs lit of \(commits)"
    }
    if !column.isDiscarded, column.prepares.isReached, column.hasRequests,
      own.phase(of: table.sequence) < .prepared
    {
      return "reaches 2f, and is not prepared"
    }
    // A faulty replica holds what its honest code has said, not what has left it.
    guard plain.isPlain(own.id), !history.world.isFaulty(own.id) else { return nil }
    for block in blocks {
      for sender in history.world.cluster.replicas {
        guard let row = block.rows.first(where: { $0.sender == sender }) else { continue }
        let lamp = row.lamps[own.id.index]
        if let complaint = plain.complaint(about: lamp, table.sequence, at: own.id) {
          return "\(block.kind.rawValue) of \(sender): \(complaint)"
        }
      }
    }
    return nil
  }
}
