internal import PBFT
internal import Simulation

/// What it costs to reduce a world to one number.
extension Bench {
  /// Microseconds for the hash of a state, and of comparing it with one reached by another way, a step after
  /// the other of a busy world: clients that ask all the time, a primary that has crashed, links that lose.
  func measureStateHash(_ name: String, replicas: Int) throws {
    guard only.isEmpty || name.contains(only), let cluster = Cluster(replicaCount: replicas)
    else { return }
    let configuration = Configuration(settings: Settings(cluster: cluster), scheme: .ideal)
    var worlds = [World(configuration), World(configuration)]
    func perform(_ command: Command) throws {
      for index in worlds.indices { _ = try worlds[index].perform(command) }
    }
    try perform(.load(every: .milliseconds(200)))
    try perform(.run(.seconds(5)))
    try perform(.lose(LinkPattern(from: nil, to: nil), percent: 10))
    try perform(.crash(ReplicaID(0)))
    var times: [Double] = []
    var comparisons: [Double] = []
    var hashes: Set<StateHash> = []
    for _ in 0..<300 {
      try perform(.step)
      let start = ContinuousClock.now
      hashes.insert(worlds[0].stateHash)
      times.append(Self.seconds(since: start) * 1e6)
      let middle = ContinuousClock.now
      precondition(worlds[0] == worlds[1], "the same commands lead to two worlds")
      comparisons.append(Self.seconds(since: middle) * 1e6)
    }
    times.sort()
    comparisons.sort()
    Self.print(
      name, times[times.count / 2], "us",
      more: "\"worst\":\(Self.rounded(times[times.count - 1])),"
        + "\"equal\":\(Self.rounded(comparisons[comparisons.count / 2])),\"hashes\":\(hashes.count)"
    )
  }
}
