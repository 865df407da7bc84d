internal import PBFT
internal import Simulation

/// What it costs to say why nothing happens.
extension Bench {
  /// Milliseconds for the reasons of every request that waits and of every empty cell of the grid, a step
  /// after the other of a busy world with a crashed primary and links that lose a third.
  func measureProgress(_ name: String) throws {
    guard only.isEmpty || name.contains(only) else { return }
    var world = World(Configuration(clientCount: 5))
    func perform(_ command: Command) throws { _ = try world.perform(command) }
    try perform(.load(every: .milliseconds(200)))
    try perform(.run(.seconds(2)))
    try perform(.lose(LinkPattern(from: nil, to: nil), percent: 33))
    try perform(.crash(ReplicaID(0)))
    var times: [Double] = []
    var reasons = 0
    for _ in 0..<300 {
      try perform(.step)
      let start = ContinuousClock.now
      reasons += world.progress().count
      for replica in world.replicas {
        for n in replica.low.number + 1...replica.high.number {
          for milestone in Milestone.allCases
          where world.whyNot(milestone, SequenceNumber(n), at: replica.id) != nil { reasons += 1 }
        }
      }
      times.append(Self.seconds(since: start) * 1_000)
    }
    times.sort()
    Self.print(
      name, times[times.count / 2], "ms",
      more: "\"worst\":\(Self.rounded(times[times.count - 1])),\"reasons\":\(reasons)")
  }
}
