import PBFT
import Simulation

/// One random world: everything that may go wrong does, then nothing any more.
struct Storm {
  private(set) var world: World
  private(set) var facts = Facts()
  private(set) var commands: [Command] = []
  var dice: Dice
  let faulty: [ReplicaID]

  init(seed: UInt64, rulesOff: RuleSet = []) {
    var dice = Dice(seed)
    let cluster = dice.chance(12) ? Cluster(replicaCount: 7) ?? .four : .four
    let interval = dice.one(of: [2, 2, 3, 5])
    let logSize = interval * dice.one(of: [1, 2, 2, 2, 3])
    let settings = Settings(
      cluster: cluster, checkpointInterval: interval, logSize: logSize,
      window: min(logSize, dice.number(1...5)), batchSize: dice.one(of: [1, 1, 3]),
      rulesOff: rulesOff)
    world = World(
      Configuration(
        settings: settings, seed: seed, clientCount: dice.number(1...3),
        leastLatency: .milliseconds(dice.one(of: [1, 20, 50])), mostLatency: .milliseconds(100),
        scheme: .ideal))
    let faultCount = dice.one(of: [0, 1, 1, 1]) * dice.number(1...cluster.faultsTolerated)
    var others = cluster.replicas
    var faulty: [ReplicaID] = []
    for _ in 0..<faultCount {
      // The first primary is the most interesting one.
      faulty.append(others.remove(at: dice.chance(40) ? 0 : dice.below(others.count)))
    }
    self.faulty = faulty
    self.dice = dice
    for replica in faulty { misbehave(replica) }
  }

  var correct: [Replica] { world.correct.map { world.replicas[$0.index] } }
  private var replicas: [ReplicaID] { world.cluster.replicas }
  private var clients: [ClientID] { world.clients.map(\.id) }

  /// Carries out a command if it makes sense now.
  mutating func attempt(_ command: Command) {
    guard let happenings = try? world.perform(command) else { return }
    commands.append(command)
    facts.take(
      happenings.filter {
        switch $0.kind {
        case .phase(let replica, _, _, _, _, _), .executedBatch(let replica, _, _),
          .view(let replica, _, _, _):
          !faulty.contains(replica)
        default: false
        }
      })
  }

  // MARK: The storm

  /// Some hundreds of deliveries with everything between them that a network and at most f liars can do.
  mutating func rage(rounds: Int) {
    for _ in 0..<rounds {
      attempt(.run(.milliseconds(dice.number(0...40))))
      switch dice.below(100) {
      case 0..<22: request()
      case 22..<50: disturbMessage()
      case 50..<62: disturbLink()
      case 62..<68: attempt(.heal(nil))
      case 68..<74: crashOrRestart()
      case 74..<77: attempt(.fire(.replica(dice.one(of: replicas)), .viewChange))
      case 77..<79: attempt(.fire(.replica(dice.one(of: replicas)), .resend))
      case 79..<81: attempt(.fire(.client(dice.one(of: clients)), .retry))
      case 81..<84: attempt(.run(.milliseconds(dice.number(100...1_500))))
      default: if !faulty.isEmpty { lie(dice.one(of: faulty)) }
      }
      if !world.violations.isEmpty { return }
    }
  }

  private mutating func request() {
    let client = dice.one(of: clients)
    guard world.clients[client.index].queue.count < 2 else { return }
    attempt(.request(client, .append(key: "x", value: "\(client.index)")))
  }

  private mutating func disturbMessage() {
    let messages = world.inFlight
    guard !messages.isEmpty else { return }
    let reference = MessageReference.number(dice.one(of: messages).id)
    switch dice.below(10) {
    case 0..<2: attempt(.drop(reference))
    case 2..<4: attempt(.hold(reference))
    case 4..<5: attempt(.release(reference))
    case 5..<7: attempt(.duplicate(reference))
    default: attempt(.deliver(reference))
    }
  }

  private mutating func disturbLink() {
    let from = Principal.replica(dice.one(of: replicas))
    let to: Principal? = dice.chance(50) ? nil : .replica(dice.one(of: replicas))
    let pattern = LinkPattern(from: from, to: to, bothWays: dice.chance(40))
    switch dice.below(10) {
    case 0..<2: attempt(.cut(pattern))
    case 2..<4: attempt(.holdLink(pattern))
    case 4..<6: attempt(.delay(pattern, by: .milliseconds(dice.number(50...3_000))))
    case 6..<9: attempt(.lose(pattern, percent: dice.number(5...60)))
    default:
      var one: [Principal] = []
      var other: [Principal] = []
      for replica in replicas {
        if dice.chance(50) {
          one.append(.replica(replica))
        } else {
          other.append(.replica(replica))
        }
      }
      attempt(.partition([one, other]))
    }
  }

  private mutating func crashOrRestart() {
    let replica = dice.one(of: replicas)
    // One that counts as faulty anyway may as well lose its disk.
    let empty = faulty.contains(replica) && dice.chance(40)
    attempt(
      world.isCrashed(replica)
        ? empty ? .restartEmpty(replica) : .restart(replica) : .crash(replica))
  }

  // MARK: The liars

  private mutating func misbehave(_ replica: ReplicaID) {
    switch dice.below(8) {
    case 0: attempt(.silence(replica))
    case 1..<3: attempt(.equivocate(replica, Equivocation()))
    case 3..<5: attempt(.equivocate(replica, Equivocation(votes: true)))
    default:
      // Runs the honest code, and lies in between.
      attempt(.silence(replica))
      attempt(.honest(replica))
    }
  }

  private mutating func lie(_ replica: ReplicaID) {
    if dice.chance(6) { return misbehave(replica) }
    if dice.chance(3) { return attempt(.corruptState(replica)) }
    let forgery = Forgery(
      from: replica, to: .replica(dice.one(of: replicas)),
      claim: dice.chance(5) ? dice.one(of: replicas) : nil, content: lie(of: replica))
    guard forgery.to != .replica(replica) else { return }
    attempt(.forge(forgery))
    // Often everybody is told the same.
    guard dice.chance(40) else { return }
    for other in replicas where other != replica {
      attempt(
        .forge(
          Forgery(
            from: replica, to: .replica(other), claim: forgery.claim, content: forgery.content)))
    }
  }

  private mutating func lie(of replica: ReplicaID) -> Forgery.Content {
    let known = world.replicas[replica.index]
    let view = View(dice.chance(80) ? known.view.number : dice.number(0...known.view.number + 3))
    let n = SequenceNumber(
      dice.chance(85)
        ? known.lastExecuted.number + dice.number(0...2) : dice.number(-1...known.high.number + 9))
    switch dice.below(16) {
    case 0..<4: return .prePrepare(view, n, digest())
    case 4..<7: return .prepare(view, n, digest())
    case 7..<10: return .commit(view, n, digest())
    case 10:
      return .checkpoint(
        SequenceNumber(dice.number(0...8) * world.settings.checkpointInterval), digest())
    case 11:
      let client = dice.one(of: clients)
      return .request(RequestName(client, Timestamp(dice.number(1...4))))
    case 12: return .status(view)
    case 13:
      let claims =
        dice.chance(50) ? [] : [Forgery.ClaimedProof(n, View(dice.number(0...2)), digest())]
      return .viewChange(View(dice.number(0...known.view.number + 4)), prepared: claims)
    case 14:
      let members = replicas.filter { _ in dice.chance(70) }
      return .newView(view, from: members, emptyO: dice.chance(50))
    default:
      switch dice.below(3) {
      case 0: return .fetch(n, digest())
      case 1: return .data(n, digest())
      default: return .dataState(n)
      }
    }
  }

  private mutating func digest() -> DigestName {
    switch dice.below(10) {
    case 0: return .null
    case 1: return .bogus
    case 2..<5: return .letter(dice.below(6))
    default:
      let client = world.clients[dice.below(clients.count)]
      return .requests([
        RequestName(client.id, Timestamp(max(1, client.lastTimestamp.number - dice.below(2))))
      ])
    }
  }

  // MARK: The calm after it

  /// All links are whole again, all replicas run, and the faulty ones are silent.
  mutating func calm() {
    for replica in replicas where world.isCrashed(replica) { attempt(.restart(replica)) }
    for replica in faulty { attempt(.silence(replica)) }
    attempt(.heal(nil))
    for message in world.inFlight where message.isHeld { attempt(.release(.number(message.id))) }
  }

  /// Requests go on coming.
  ///
  /// Says what has not been done within so many seconds, or nil.
  mutating func settle(within seconds: Int) -> String? {
    let wanted = world.clients.map(\.lastTimestamp)
    // Who has changed view often waits long for the next one.
    let patience = correct.map(\.timeout.microseconds).max() ?? 0
    let end = world.now + .seconds(seconds) + Duration(microseconds: 4 * patience)
    attempt(.load(every: .milliseconds(900)))
    while world.now < end, !isDone(wanted) { attempt(.run(.milliseconds(500))) }
    guard isDone(wanted) else {
      return "not done by \(world.now.microseconds / 1_000_000) s: \(world)"
    }
    attempt(.load(every: nil))
    while world.now < end, world.clients.contains(where: { $0.outstanding != nil }) {
      attempt(.run(.milliseconds(500)))
    }
    if let client = world.clients.first(where: { $0.outstanding != nil }) {
      return "\(client.id) waits in vain: \(world)"
    }
    return nil
  }

  /// Every request that was there when the storm ended is executed at all correct replicas and answered.
  private func isDone(_ wanted: [Timestamp]) -> Bool {
    for (client, timestamp) in zip(world.clients, wanted) where timestamp.number > 0 {
      guard let answer = client.accepted, answer.timestamp >= timestamp else { return false }
      for replica in correct {
        guard let reply = replica.state.replies[client.id], reply.timestamp >= timestamp else {
          return false
        }
      }
    }
    return true
  }
}
