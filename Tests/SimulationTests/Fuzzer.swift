import PBFT
import Search
import Simulation

/// Makes messages of every kind with whatever in them: what a faulty replica might send with the one key that
/// it holds, and with everything that it has heard.
struct Fuzzer {
  var dice: Dice
  let world: World
  /// The only key that it may sign with.
  let key: Signer
  let own: ReplicaID
  /// What others have really said.
  let heard: [Message]
  private let digests: [Digest]

  init(_ world: World, as own: ReplicaID, _ dice: Dice) {
    self.dice = dice
    self.world = world
    self.own = own
    key = world.replicas[own.index].signer
    var heard = world.inFlight.map(\.message)
    var digests = [Batch.null.digest, Digest(of: [1, 2, 3])]
    for replica in world.replicas {
      for slot in replica.log.used {
        if let prePrepare = slot.prePrepare { heard.append(.prePrepare(prePrepare, slot.batch)) }
        heard += slot.prepares.map { .prepare($0) } + slot.commits.map { .commit($0) }
        digests += slot.batches.map(\.digest)
      }
      heard += replica.checkpoints.map { .checkpoint($0) }
      heard += replica.viewChanges.map { .viewChange($0) }
      if let newView = replica.newView { heard.append(.newView(newView)) }
      digests += replica.ownCheckpoints.map(\.digest)
      digests.append(replica.state.digest)
    }
    self.heard = heard
    self.digests = digests
  }

  private mutating func maybe(_ percent: Int) -> Bool { dice.chance(percent) }

  private mutating func some<Value>(_ most: Int, _ make: (inout Self) -> Value) -> [Value] {
    var values: [Value] = []
    for _ in 0..<dice.number(0...most) { values.append(make(&self)) }
    return values
  }

  // MARK: Fields

  private mutating func number(near here: Int) -> Int {
    if maybe(70) { return here &+ dice.number(-2...5) }
    return dice.one(of: [
      .min, .min + 1, -1_000_000, -256, -10, -1, 0, 1, 255, 256, 65_536, 1_000_000_000,
      Int(UInt32.max), 1 << 62, .max - 1, .max,
    ])
  }

  private mutating func view() -> View {
    let here = dice.one(of: world.replicas).view
    return View(number(near: here.number))
  }

  private mutating func sequence() -> SequenceNumber {
    let replica = dice.one(of: world.replicas)
    let here = maybe(50) ? replica.lastExecuted : maybe(50) ? replica.low : replica.high
    return SequenceNumber(number(near: here.number))
  }

  private mutating func replica() -> ReplicaID {
    if maybe(60) { return own }
    return maybe(70)
      ? dice.one(of: world.cluster.replicas) : ReplicaID(dice.one(of: [4, 13, 15, 16, 64, 255]))
  }

  private mutating func digest() -> Digest { dice.one(of: digests) }

  private mutating func request() -> Request {
    let known = heard.compactMap { message -> Request? in
      switch message {
      case .request(let request): request
      case .prePrepare(_, let batch): batch?.requests.first
      default: nil
      }
    }
    if maybe(50), !known.isEmpty { return dice.one(of: known) }
    let client = ClientID(dice.one(of: [0, 1, 7, 63, 64, 255]))
    let operation = dice.one(of: [
      Operation.add(key: "x", amount: .max), .add(key: "x", amount: .min),
      .append(key: "", value: String(repeating: "é", count: 300)), .get(key: "x"),
      .delete(key: "\u{0}"),
    ])
    return Request(operation, timestamp: Timestamp(number(near: 1)), client: client, by: key)
  }

  private mutating func batch() -> Batch { Batch(some(3) { $0.request() }) }

  // MARK: Certificates

  private mutating func prepare() -> Prepare {
    let known = heard.compactMap { if case .prepare(let vote) = $0 { vote } else { nil } }
    if maybe(50), !known.isEmpty { return dice.one(of: known) }
    return Prepare(
      view: view(), sequence: sequence(), digest: digest(), replica: replica(), by: key)
  }

  private mutating func prePrepare() -> PrePrepare {
    let known = heard.compactMap { if case .prePrepare(let one, _) = $0 { one } else { nil } }
    if maybe(50), !known.isEmpty { return dice.one(of: known) }
    return PrePrepare(
      view: view(), sequence: sequence(), digest: digest(), replica: replica(), by: key)
  }

  private mutating func checkpoint() -> Checkpoint {
    let known = heard.compactMap { if case .checkpoint(let one) = $0 { one } else { nil } }
    if maybe(50), !known.isEmpty { return dice.one(of: known) }
    let interval = world.settings.checkpointInterval
    let n = sequence().number
    return Checkpoint(
      sequence: SequenceNumber(maybe(70) ? n / interval * interval : n), digest: digest(),
      replica: replica(), by: key)
  }

  private mutating func proof() -> PreparedProof {
    PreparedProof(prePrepare: prePrepare(), prepares: some(4) { $0.prepare() })
  }

  private mutating func stable() -> StableProof {
    switch dice.below(3) {
    case 0: .start
    case 1: dice.one(of: world.replicas).stable
    default:
      StableProof(
        sequence: sequence(), digest: maybe(80) ? digest() : nil,
        checkpoints: some(5) { $0.checkpoint() })
    }
  }

  private mutating func viewChange() -> ViewChange {
    let known = heard.compactMap { if case .viewChange(let one) = $0 { one } else { nil } }
    if maybe(50), !known.isEmpty { return dice.one(of: known) }
    return ViewChange(
      view: view(), stable: stable(), prepared: some(4) { $0.proof() }, replica: replica(), by: key)
  }

  private mutating func lack() -> Lack {
    Lack(
      sequence: sequence(), hasPrePrepare: maybe(50),
      prepares: UInt16(truncatingIfNeeded: number(near: 0)),
      commits: UInt16(truncatingIfNeeded: number(near: 0)))
  }

  private mutating func item() -> FetchItem {
    maybe(50) ? .batch(sequence(), digest()) : .state(sequence(), digest())
  }

  private mutating func content() -> DataMessage.Content {
    if maybe(50) { return .batch(batch()) }
    if maybe(50) { return .state(dice.one(of: world.replicas).state) }
    var snapshot = Snapshot()
    _ = snapshot.store.execute(.add(key: "x", amount: .max))
    snapshot.replies[ClientID(255)] = dice.one(of: world.replicas).state.replies.all.first?.entry
    return .state(snapshot)
  }

  // MARK: Messages

  mutating func message() -> Message {
    if maybe(10), !heard.isEmpty { return dice.one(of: heard) }
    return message(of: dice.one(of: Message.Kind.allCases))
  }

  mutating func message(of kind: Message.Kind) -> Message {
    switch kind {
    case .request: .request(request())
    case .prePrepare: .prePrepare(prePrepare(), maybe(70) ? batch() : nil)
    case .prepare: .prepare(prepare())
    case .commit:
      .commit(
        Commit(view: view(), sequence: sequence(), digest: digest(), replica: replica(), by: key))
    case .reply: .reply(reply(to: ClientID(number(near: 1) & 255)))
    case .checkpoint: .checkpoint(checkpoint())
    case .viewChange: .viewChange(viewChange())
    case .newView:
      .newView(
        NewView(
          view: view(), viewChanges: some(5) { $0.viewChange() },
          prePrepares: some(5) { $0.prePrepare() }, replica: replica(), by: key))
    case .status:
      .status(
        Status(
          view: view(), isActive: maybe(50), lowWatermark: sequence(), lastExecuted: sequence(),
          lacks: some(5) { $0.lack() }, periods: number(near: 1), replica: replica(), by: key))
    case .fetch: .fetch(Fetch(item(), replica: replica(), by: key))
    case .data: .data(DataMessage(item(), content(), replica: replica(), by: key))
    }
  }

  mutating func reply(to client: ClientID) -> Reply {
    let last =
      client.index < world.clients.count ? world.clients[client.index].lastTimestamp : .init(1)
    return Reply(
      view: view(), timestamp: Timestamp(number(near: last.number)), client: client,
      replica: replica(), result: maybe(50) ? "LIE" : "", by: key)
  }
}
