import Language
import PBFT
import Search
import SeedSupport
import Simulation
import Testing

@Suite struct `Restarting from disk` {
  @Test func `N16: all four restart at once, know what they knew, and go on`() throws {
    var lab = Lab()
    for text in ["a", "b", "c"] { try lab.request(alice, text) }
    try lab.run(until: .accepted(alice, 3))
    try lab.request(bob, "d")
    try lab.run(until: .phase(.prepared, SequenceNumber(4), nil, .replica(r2)))
    let before = lab.world.replicas
    for replica in [r0, r1, r2, r3] { try lab.perform(.crash(replica)) }
    try lab.run(200)
    for replica in [r0, r1, r2, r3] { try lab.perform(.restart(replica)) }

    for (one, other) in zip(before, lab.world.replicas) {
      #expect(one.state == other.state && one.lastExecuted == other.lastExecuted)
      #expect(one.low == other.low && one.stable == other.stable)
      #expect(one.view == other.view && one.isActive == other.isActive)
      #expect(one.ownCheckpoints == other.ownCheckpoints)
      for slot in one.log.used {
        let again = try #require(other.log[slot.sequence])
        #expect(again.prePrepare == slot.prePrepare)
        let phases = (slot.phase(in: lab.world.settings), again.phase(in: lab.world.settings))
        // COMMITs that decided nothing yet may be asked for again; what prepared is known.
        #expect(phases.1 >= min(phases.0, .prepared) && again.batch == slot.batch)
        #expect(
          again.prepares.contains { $0.replica == one.id }
            == slot.prepares.contains { $0.replica == one.id })
        #expect(
          again.commits.contains { $0.replica == one.id }
            == slot.commits.contains { $0.replica == one.id })
      }
    }
    try lab.run(until: .and(.accepted(bob), .executed(4)))
    #expect(lab.world.violations.isEmpty)
    #expect(lab.world.replicas.allSatisfy { $0.state.store["x"] == "abcd" })
  }

  @Test func `N11: a backup that changes view resends its VIEW-CHANGE, and knows its view`() throws
  {
    var lab = Lab()
    try lab.isolate(r3)
    try lab.fire(r3)
    try lab.perform(.crash(r3))
    try lab.perform(.restart(r3))
    #expect(lab.replica(r3).view == View(1) && !lab.replica(r3).isActive)
    #expect(lab.sent(.viewChange, by: r3) == 6)
    try lab.heal()
    try lab.fire(r2)
    try lab.run(until: .view(View(1), .allCorrect))
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `each write comes before the message that depends on it`() throws {
    var lab = Lab()
    for text in ["a", "b"] { try lab.request(alice, text) }
    try lab.run(until: .executed(2))
    for backup in [r1, r2, r3] { try lab.fire(backup) }
    try lab.run(until: .view(View(1), .allCorrect))
    try lab.request(bob, "c")
    try lab.run(until: .executed(3))

    var disks = [r0, r1, r2, r3].map { _ in StableStorage() }
    var checked = 0
    for happening in lab.happenings {
      if case .write(let replica, let record) = happening.kind {
        disks[replica.index].write(record)
      }
      guard case .send(_, let message, .replica(let sender), _, _) = happening.kind,
        message.author == .replica(sender)
      else { continue }
      let disk = disks[sender.index]
      checked += 1
      switch message {
      case .prePrepare(let own, let batch):
        #expect(disk[own.sequence]?.accepted == own)
        #expect(batch.map { disk[own.sequence]?.batches.contains($0) == true } ?? true)
      case .prepare(let own):
        #expect(disk[own.sequence]?.accepted?.digest == own.digest)
        #expect(disk[own.sequence]?.accepted?.view == own.view)
      case .commit(let own):
        #expect(disk[own.sequence]?.prepared?.digest == own.digest)
        #expect(disk[own.sequence]?.prepared?.view == own.view)
      case .viewChange(let own): #expect(disk.viewChange == own && !disk.isActive)
      case .newView(let own): #expect(disk.newView == own && disk.isActive)
      case .checkpoint(let own): #expect(disk.checkpoints.contains { $0.message == own })
      case .reply(let own):
        let known = disk.checkpoints.contains {
          ($0.snapshot.replies[own.client]?.timestamp ?? Timestamp(0)) >= own.timestamp
        }
        let executed = disk.entries.contains {
          $0.committed?.batch.requests.contains {
            $0.client == own.client && $0.timestamp == own.timestamp
          } ?? false
        }
        #expect(known || executed)
      default: checked -= 1
      }
    }
    #expect(checked > 100)
    for replica in [r0, r1, r2, r3] {
      #expect(disks[replica.index] == lab.world.disk(of: replica))
      // A stable checkpoint cuts the disk as it cuts the log.
      #expect(disks[replica.index].entries.allSatisfy { $0.sequence > lab.replica(replica).low })
    }
  }

  @Test func `a world without disks restarts a replica as it was`() throws {
    var world = World(Configuration(scheme: .ideal), observing: .invariants)
    _ = try world.perform(.request(alice, .append(key: "x", value: "a")))
    _ = try world.perform(.run(.seconds(1)))
    _ = try world.perform(.crash(r1))
    _ = try world.perform(.restart(r1))
    #expect(world.disk(of: r1) == StableStorage())
    #expect(world.replicas[1].lastExecuted == n1)
  }

  @Test func `what is complete only after the VIEW-CHANGE has left is not prepared`() throws {
    // R2 has voted for a in view 1, lacks its requests, leaves for view 2, and only then gets them.
    let page = """
      world n=4 K=2 L=2 W=2 T=5s client-timeout=3s seed=520097 clients=3 latency=20ms..100ms
      crash R0
      restart R0
      fire R2 view-change
      request bob append x 1
      run 381ms
      fire R0 view-change
      run 175ms
      fire R2 view-change
      fire R3 view-change
      run 174ms
      expect R2 view 2
      crash R2
      restart R2
      fire R2 view-change
      expect not violated
      """
    var player = Player(try Script(parsing: page))
    try player.play()
    #expect(player.held)
    #expect(player.outcomes.count == 2)
  }

  // MARK: At any moment

  @Test(arguments: 0..<4)
  func `whenever a replica crashes, it stands by what it said before`(part: Int) {
    var restarts = 0
    var compared = 0
    for seed in Seeds.part(part, of: 4, outOf: 200) {
      var storm = RestartStorm(seed: seed)
      storm.rage(rounds: 160)
      restarts += storm.restarts
      compared += storm.compared
      if let complaint = storm.complaint { fail(complaint, seed) }
      if !storm.world.violations.isEmpty { fail("violated \(storm.world.violations)", seed) }
    }
    guard Seeds.chosen == nil else { return }
    #expect(restarts > 200 && compared > 2_000)
  }
}

/// Requests, losses, view changes, and crashes at random moments, with every word of every replica kept.
private struct RestartStorm {
  private struct Word: Hashable {
    let kind: Message.Kind
    let replica: ReplicaID
    let view: View
    let sequence: SequenceNumber
  }

  private(set) var world: World
  private(set) var restarts = 0
  private(set) var compared = 0
  private(set) var complaint: String?
  private var dice: Dice
  private var said: [Word: Digest] = [:]
  private var views: [ReplicaID: View] = [:]
  private var restarted: Set<ReplicaID> = []

  init(seed: UInt64) {
    dice = Dice(seed &+ 77)
    let interval = dice.one(of: [1, 2, 3])
    world = World(
      Configuration(
        settings: Settings(
          checkpointInterval: interval, logSize: 2 * interval, window: 2,
          batchSize: dice.one(of: [1, 2])),
        seed: seed, clientCount: 3, leastLatency: .milliseconds(1), scheme: .ideal))
  }

  mutating func rage(rounds: Int) {
    for _ in 0..<rounds where complaint == nil {
      attempt(.run(.milliseconds(dice.number(0...60))))
      let replica = dice.one(of: world.cluster.replicas)
      switch dice.below(20) {
      case 0..<6:
        let client = dice.one(of: world.clients).id
        if world.clients[client.index].queue.isEmpty {
          attempt(.request(client, .append(key: "x", value: "\(client.index)")))
        }
      case 6..<9:
        if let message = world.inFlight.first { attempt(.drop(.number(message.id))) }
      case 9..<10: attempt(.fire(.replica(replica), .viewChange))
      case 10..<11: attempt(.lose(LinkPattern(from: .replica(replica), to: nil), percent: 40))
      case 11..<12: attempt(.heal(nil))
      case 12..<13: attempt(.run(.milliseconds(dice.number(100...2_500))))
      case 13..<18: attempt(.crash(replica))
      default: for one in world.cluster.replicas { attempt(.restart(one)) }
      }
    }
  }

  private mutating func attempt(_ command: Command) {
    let before = world.replicas
    guard let happenings = try? world.perform(command) else { return }
    if case .restart(let replica) = command {
      restarts += 1
      restarted.insert(replica)
      let (old, new) = (before[replica.index], world.replicas[replica.index])
      if old.view != new.view || old.lastExecuted != new.lastExecuted || old.state != new.state
        || old.low != new.low || old.ownCheckpoints != new.ownCheckpoints
        || old.isActive != new.isActive
      {
        complaint = "\(replica) restarts as another: \(world)"
      }
    }
    for happening in happenings {
      guard case .send(_, let message, .replica(let sender), _, _) = happening.kind,
        message.author == .replica(sender)
      else { continue }
      hear(message, from: sender)
    }
  }

  private mutating func hear(_ message: Message, from sender: ReplicaID) {
    switch message {
    case .prePrepare(let own, _):
      hear(message, sender, own.view, own.sequence, own.digest)
    case .prepare(let own): hear(message, sender, own.view, own.sequence, own.digest)
    case .commit(let own): hear(message, sender, own.view, own.sequence, own.digest)
    case .viewChange(let own):
      goes(sender, to: own.view)
      for (word, digest) in said
      where word.kind == .commit && word.replica == sender && word.view < own.view
        && word.sequence > own.stable.sequence
      {
        guard let proof = own.prepared.first(where: { $0.sequence == word.sequence }),
          proof.view > word.view || (proof.view == word.view && proof.digest == digest)
        else {
          complaint = "\(sender) asks for \(own.view) and has forgotten its COMMIT \(word)"
          return
        }
      }
    default: break
    }
  }

  private mutating func hear(
    _ message: Message, _ sender: ReplicaID, _ view: View, _ n: SequenceNumber, _ digest: Digest
  ) {
    goes(sender, to: view)
    let word = Word(kind: message.kind, replica: sender, view: view, sequence: n)
    if let then = said[word] {
      if restarted.contains(sender) { compared += 1 }
      if then != digest { complaint = "\(sender) says two things: \(word)" }
    }
    said[word] = digest
  }

  private mutating func goes(_ sender: ReplicaID, to view: View) {
    if view < views[sender] ?? View(0) { complaint = "\(sender) goes back to \(view)" }
    views[sender] = max(view, views[sender] ?? View(0))
  }
}
