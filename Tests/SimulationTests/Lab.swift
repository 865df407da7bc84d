import PBFT
import Simulation

let alice = ClientID(0)
let bob = ClientID(1)
let carol = ClientID(2)
let r0 = ReplicaID(0)
let r1 = ReplicaID(1)
let r2 = ReplicaID(2)
let r3 = ReplicaID(3)
let v0 = View(0)
let n1 = SequenceNumber(1)

/// A world under test: commands go in as words, and everything that happened can be read back.
struct Lab {
  private(set) var history: History
  /// Everything that has happened, oldest first.
  private(set) var happenings: [Happening] = []

  /// As the rows of the fault table have it: n = 4, K = 2, L = 4.
  ///
  /// Every message takes 60 ms, so that what is sent first arrives first.
  init(
    cluster: Cluster = .four, checkpointInterval: Int = 2, logSize: Int = 4,
    clientTimeout: Duration = .seconds(1), clients: Int = 3, rulesOff: RuleSet = [],
    latency: ClosedRange<Int> = 60...60
  ) {
    let settings = Settings(
      cluster: cluster, checkpointInterval: checkpointInterval, logSize: logSize,
      window: min(5, logSize), clientTimeout: clientTimeout, rulesOff: rulesOff)
    history = History(
      Configuration(
        settings: settings, clientCount: clients,
        leastLatency: .milliseconds(latency.lowerBound),
        mostLatency: .milliseconds(latency.upperBound), scheme: .ideal))
  }

  var world: World { history.world }

  func replica(_ id: ReplicaID) -> Replica { world.replicas[id.index] }

  // MARK: Doing

  mutating func perform(_ command: Command) throws {
    happenings += try history.perform(command)
  }

  /// Each client appends its letters to the key `x`, so that the order of execution can be read.
  mutating func request(_ client: ClientID, _ text: String) throws {
    try perform(.request(client, .append(key: "x", value: text)))
  }

  mutating func run(_ milliseconds: Int) throws { try perform(.run(.milliseconds(milliseconds))) }

  mutating func run(until condition: Condition, within seconds: Int = 60) throws {
    try perform(.runUntil(condition, within: .seconds(seconds)))
  }

  mutating func forge(_ from: ReplicaID, _ to: ReplicaID, _ content: Forgery.Content) throws {
    try perform(.forge(Forgery(from: from, to: .replica(to), content: content)))
  }

  mutating func fire(_ replica: ReplicaID) throws {
    try perform(.fire(.replica(replica), .viewChange))
  }

  mutating func cut(_ from: ReplicaID, _ to: ReplicaID) throws {
    try perform(.cut(LinkPattern(from: .replica(from), to: .replica(to))))
  }

  mutating func cut(from replica: ReplicaID) throws {
    try perform(.cut(LinkPattern(from: .replica(replica), to: nil)))
  }

  /// Nothing leaves the replica and nothing reaches it.
  mutating func isolate(_ replica: ReplicaID) throws {
    try perform(.cut(LinkPattern(from: .replica(replica), to: nil, bothWays: true)))
  }

  mutating func heal() throws { try perform(.heal(nil)) }

  /// Takes one message out of the air: the oldest of this kind on this link.
  mutating func drop(
    _ kind: Message.Kind, _ from: Principal, _ to: Principal, view: View? = nil,
    sequence: SequenceNumber? = nil
  ) throws {
    try perform(.drop(.described(kind, from: from, to: to, view: view, sequence: sequence)))
  }

  mutating func hold(_ kind: Message.Kind, _ from: ReplicaID, _ to: ReplicaID) throws {
    try perform(
      .hold(.described(kind, from: .replica(from), to: .replica(to), view: nil, sequence: nil)))
  }
}

/// The digest of the batch of one request.
func name(_ client: ClientID, _ timestamp: Int = 1) -> DigestName {
  .requests([RequestName(client, Timestamp(timestamp))])
}

func request(_ client: ClientID, _ timestamp: Int = 1) -> RequestName {
  RequestName(client, Timestamp(timestamp))
}

extension Condition {
  static func accepted(_ client: ClientID, _ timestamp: Int = 1) -> Condition {
    .accepted(RequestName(client, Timestamp(timestamp)), result: nil)
  }

  static func executed(_ n: Int) -> Condition { .executed(SequenceNumber(n), nil, .allCorrect) }

  static func executed(_ n: Int, by replica: ReplicaID) -> Condition {
    .executed(SequenceNumber(n), nil, .replica(replica))
  }
}
