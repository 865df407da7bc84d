import PBFT
import Testing

/// A small world without time: replicas, and messages that may be delivered in any order.
///
/// What a state is depends on which messages have been delivered, not on their order, except for the order
/// of the votes in a log; so each set of delivered messages is visited once, and every way to reach it must
/// come to the same phases.
private struct EveryOrder {
  let faulty: Set<ReplicaID>
  private(set) var letters: [(message: Message, to: ReplicaID)] = []
  private var known: [String: Int] = [:]
  private var seen: [UInt64: [String]] = [:]
  private(set) var endings: Set<[String]> = []
  private(set) var complaints: Set<String> = []
  var states: Int { seen.count }

  init(faulty: Set<ReplicaID> = []) { self.faulty = faulty }

  struct State {
    var replicas: [Replica]
    /// Bit i: letter i is on its way, or has arrived.
    var pending: UInt64 = 0
    var delivered: UInt64 = 0
  }

  /// A message is on its way; the same message to the same replica is the same letter in every order.
  mutating func post(_ message: Message, to replica: ReplicaID, in state: inout State) {
    guard !faulty.contains(replica), message.isOfAgreement else { return }
    let name =
      "\(message.kind.rawValue) \(message.author) \(replica) \(String(describing: message.digest))"
    if known[name] == nil {
      known[name] = letters.count
      letters.append((message, replica))
    }
    guard let index = known[name] else { return }
    let bit = UInt64(1) << UInt64(index)
    if state.delivered & bit == 0 { state.pending |= bit }
  }

  mutating func carryOut(_ effects: [Effect], of replica: ReplicaID, in state: inout State) {
    guard !faulty.contains(replica) else { return }
    for effect in effects {
      switch effect {
      case .broadcast(let message):
        for other in state.replicas.map(\.id) where other != replica {
          post(message, to: other, in: &state)
        }
      case .send(let message, .replica(let other)): post(message, to: other, in: &state)
      default: break
      }
    }
  }

  /// Visits everything that can be reached.
  mutating func explore(_ start: State) {
    var stack = [start]
    while let state = stack.popLast() {
      let summary = summary(of: state)
      if let before = seen[state.delivered] {
        if before != summary { complaints.insert("\(before) or \(summary)") }
        continue
      }
      seen[state.delivered] = summary
      check(state)
      if state.pending == 0 { endings.insert(summary) }
      for index in letters.indices where state.pending & (1 << UInt64(index)) != 0 {
        var next = state
        next.pending &= ~(1 << UInt64(index))
        next.delivered |= 1 << UInt64(index)
        let (message, to) = letters[index]
        let effects = next.replicas[to.index].step(.receive(message, link: message.author))
        carryOut(effects, of: to, in: &next)
        stack.append(next)
      }
    }
  }

  private func summary(of state: State) -> [String] {
    state.replicas.filter { !faulty.contains($0.id) }.map {
      "\($0.id) \($0.phase(of: SequenceNumber(1)).word) x\($0.lastExecuted.number) "
        + "\($0.state.store["x"] ?? "-")"
    }
  }

  /// I1, I2 and agreement, straight from the logs.
  private mutating func check(_ state: State) {
    let correct = state.replicas.filter { !faulty.contains($0.id) }
    let cluster = state.replicas[0].cluster
    func digests(_ phase: Phase) -> [Digest] {
      correct.filter { $0.phase(of: SequenceNumber(1)) >= phase }
        .compactMap { $0.log[SequenceNumber(1)]?.prePrepare?.digest }
    }
    let prepared = digests(.prepared)
    if Set(prepared).count > 1 { complaints.insert("I1") }
    for digest in digests(.committed) where prepared.count(where: { $0 == digest }) < cluster.weak {
      complaints.insert("I2")
    }
    if Set(correct.compactMap { $0.state.store["x"] }).count > 1 { complaints.insert("agreement") }
  }
}

extension Message {
  fileprivate var isOfAgreement: Bool {
    switch self {
    case .prePrepare, .prepare, .commit: true
    default: false
    }
  }
}

@Suite struct `Every order of delivery (§4.2)` {
  private let settings = Settings(checkpointInterval: 2, logSize: 4, window: 4)

  private func key(_ principal: Principal) -> Signer {
    Signer(owner: principal, seed: 1, scheme: .ideal)
  }

  private func request(_ client: ClientID, _ text: String) -> Request {
    Request(
      .append(key: "x", value: text), timestamp: Timestamp(1), client: client,
      by: key(.client(client)))
  }

  private var start: EveryOrder.State {
    EveryOrder.State(
      replicas: settings.cluster.replicas.map {
        Replica($0, settings: settings, signer: key(.replica($0)))
      })
  }

  @Test func `one request at three of four replicas executes in every order`() {
    // The fourth is silent, so that not one vote can be spared.
    var orders = EveryOrder(faulty: [r3])
    var state = start
    let effects = state.replicas[0].step(
      .receive(.request(request(alice, "a")), link: .client(alice)))
    orders.carryOut(effects, of: r0, in: &state)
    orders.explore(state)

    #expect(orders.complaints.isEmpty)
    #expect(
      orders.endings == [["R0 committed x1 a", "R1 committed x1 a", "R2 committed x1 a"]])
    #expect(orders.letters.count == 12)
    #expect(orders.states > 150)
  }

  @Test func `everything that can reach one backup, in every order`() {
    var orders = EveryOrder(faulty: [r0, r1, r2])
    var state = start
    let batch = Batch([request(alice, "a")])
    let (view, n) = (View(0), SequenceNumber(1))
    orders.post(
      .prePrepare(
        PrePrepare(
          view: view, sequence: n, digest: batch.digest, replica: r0, by: key(.replica(r0))),
        batch), to: r3, in: &state)
    for other in [r1, r2] {
      let prepare = Prepare(
        view: view, sequence: n, digest: batch.digest, replica: other, by: key(.replica(other)))
      orders.post(.prepare(prepare), to: r3, in: &state)
    }
    for other in [r0, r1, r2] {
      let commit = Commit(
        view: view, sequence: n, digest: batch.digest, replica: other, by: key(.replica(other)))
      orders.post(.commit(commit), to: r3, in: &state)
    }
    orders.explore(state)

    // The others are only letters here, so whether they prepared it cannot be asked.
    #expect(orders.complaints.subtracting(["I2"]).isEmpty)
    #expect(orders.endings == [["R3 committed x1 a"]])
    #expect(orders.states == 64)
  }

  @Test func `A to two backups, B to one, and a COMMIT for each: no order forks`() {
    var orders = EveryOrder(faulty: [r0])
    var state = start
    for (batch, backups) in [
      (Batch([request(alice, "a")]), [r1, r2]), (Batch([request(bob, "b")]), [r3]),
    ] {
      let prePrepare = PrePrepare(
        view: View(0), sequence: SequenceNumber(1), digest: batch.digest, replica: r0,
        by: key(.replica(r0)))
      let commit = Commit(
        view: View(0), sequence: SequenceNumber(1), digest: batch.digest, replica: r0,
        by: key(.replica(r0)))
      for backup in backups {
        orders.post(.prePrepare(prePrepare, batch), to: backup, in: &state)
        orders.post(.commit(commit), to: backup, in: &state)
      }
    }
    orders.explore(state)

    #expect(orders.complaints.isEmpty)
    #expect(
      orders.endings == [["R1 committed x1 a", "R2 committed x1 a", "R3 pre-prepared x0 -"]])
    #expect(orders.states > 1_000)
  }
}
