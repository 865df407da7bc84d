internal import ArgumentParser
internal import PBFT
internal import Simulation

/// `pbftscope bench`: one JSON line per figure.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure the engine, the history and the screen; one JSON line per figure.")

  @Option(help: "How many requests the engine runs through.")
  var requests = 300_000

  @Option(help: "How many steps of history are kept and sought through.")
  var steps = 100_000

  @Option(help: "Only figures whose name contains this.")
  var only = ""

  func run() throws {
    // The first, while nothing that was freed can be used again.
    try measureMoments("history", .ideal)
    let few = max(100, requests / 100)
    measureEngine("engine-ideal", .ideal, observing: [], requests)
    measureEngine("engine-ideal-invariants", .ideal, observing: .invariants, requests)
    measureJudge("judge", requests)
    measureEngine("engine-ed25519", .ed25519, observing: [], few)
    measureGrowth("memory-flat")
    try measureHistory("engine-history-ideal", .ideal, steps)
    try measureHistory("engine-history-ed25519", .ed25519, max(1_000, steps / 10))
    try measureLookingBack("look-back")
    try measureFrames("frame-200x60")
    try measureStartUp("start-up")
    try measureIdle("idle-cpu")
    try measureProgress("progress")
    try measureJournal("journal")
    try measureSession("session")
    try measureStateHash("state-hash", replicas: 4)
    try measureStateHash("state-hash-13", replicas: 13)
  }

  func isWanted(_ name: String) -> Bool { only.isEmpty || name.contains(only) }

  // MARK: The engine

  /// Deliveries a second: K = 100, L = 200, ten clients that always wait for one request, two keys.
  private func measureEngine(
    _ name: String, _ scheme: Scheme, observing: World.Observation, _ requests: Int
  ) {
    guard isWanted(name) else { return }
    var world = World(Self.configuration(scheme, clients: 10), observing: observing)
    let start = ContinuousClock.now
    let deliveries = world.runLoad(requests: requests)
    let seconds = Self.seconds(since: start)
    Self.print(
      name, Double(deliveries) / seconds, "deliveries/s",
      more:
        "\"deliveries\":\(deliveries),\"seconds\":\(Self.rounded(seconds)),\"executed\":\(world.replicas[0].lastExecuted.number)"
    )
  }

  /// What the invariants add to a delivery, in nanoseconds: the best of several runs with and without them.
  private func measureJudge(_ name: String, _ requests: Int) {
    guard isWanted(name) else { return }
    func run(_ observation: World.Observation) -> Double {
      var world = World(Self.configuration(.ideal, clients: 10), observing: observation)
      let start = ContinuousClock.now
      let deliveries = world.runLoad(requests: max(1, requests / 5))
      return Self.seconds(since: start) / Double(deliveries) * 1e9
    }
    var (without, with) = (Double.infinity, Double.infinity)
    // In turn, so that whatever else the machine does slows both.
    for _ in 0..<5 {
      without = min(without, run([]))
      with = min(with, run(.invariants))
    }
    Self.print(
      name, with - without, "ns/delivery",
      more: "\"without\":\(Self.rounded(without)),\"with\":\(Self.rounded(with))")
  }

  /// How much is resident after a run, and by how much that grows in one ten times as long, without
  /// history; and how much longer it takes.
  private func measureGrowth(_ name: String) {
    guard isWanted(name) else { return }
    func run(_ requests: Int) -> (resident: Int, seconds: Double) {
      let start = ContinuousClock.now
      var world = World(Self.configuration(.ideal, clients: 10), observing: .invariants)
      _ = world.runLoad(requests: requests)
      return (Memory.resident ?? 0, Self.seconds(since: start))
    }
    let (short, shortSeconds) = run(requests / 10)
    let (long, longSeconds) = run(requests)
    Self.print(
      name, Double(long - short), "bytes",
      more: "\"resident\":\(long),\"requests\":\(requests),"
        + "\"timeRatio\":\(Self.rounded(longSeconds / shortSeconds))")
  }

  static func configuration(_ scheme: Scheme, clients: Int) -> Configuration {
    Configuration(
      settings: Settings(
        checkpointInterval: 100, logSize: 200, window: 100, viewChangeTimeout: .seconds(2)),
      clientCount: clients, leastLatency: .milliseconds(1), mostLatency: .milliseconds(10),
      scheme: scheme)
  }

  // MARK: The history

  /// Deliveries a second with every happening told and every moment kept, step by step, under a load.
  private func measureHistory(_ name: String, _ scheme: Scheme, _ steps: Int) throws {
    guard isWanted(name) else { return }
    let start = ContinuousClock.now
    let (_, deliveries) = try Self.history(scheme, steps)
    let seconds = Self.seconds(since: start)
    Self.print(
      name, Double(deliveries) / seconds, "deliveries/s",
      more: "\"steps\":\(steps),\"seconds\":\(Self.rounded(seconds))")
  }

  /// What a step of history costs in memory, and how long it takes to show any moment of it.
  private func measureMoments(_ name: String, _ scheme: Scheme) throws {
    guard isWanted(name) else { return }
    let before = Memory.resident
    var (history, _) = try Self.history(scheme, steps)
    if let before, let after = Memory.resident {
      Self.print("history-memory", Double(after - before) / Double(history.step), "bytes/step")
    }
    var chance = SplitMix64(1)
    var times: [Double] = []
    for _ in 0..<500 {
      let target = Int.random(in: 0...history.end, using: &chance)
      let start = ContinuousClock.now
      history.seek(target)
      times.append(Self.seconds(since: start) * 1_000)
      precondition(history.step == target, "seek leads elsewhere")
    }
    times.sort()
    Self.print(
      "history-seek", times[times.count / 2], "ms",
      more: "\"worst\":\(Self.rounded(times[times.count - 1])),\"seeks\":\(times.count)")
  }

  /// A history of so many steps with the settings that a person starts with, under a steady load.
  static func history(
    _ scheme: Scheme, _ steps: Int
  ) throws -> (history: History, deliveries: Int) {
    var history = History(Configuration(scheme: scheme))
    try history.perform(.load(every: .milliseconds(300)))
    var deliveries = 0
    while history.step < steps {
      let happenings = try history.perform(.step)
      if case .receive = happenings.first?.kind { deliveries += 1 }
    }
    return (history, deliveries)
  }

  // MARK: Figures

  static func seconds(since start: ContinuousClock.Instant) -> Double {
    let elapsed = start.duration(to: .now).components
    return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
  }

  static func rounded(_ number: Double) -> Double { (number * 1_000).rounded() / 1_000 }

  static func print(_ name: String, _ figure: Double, _ unit: String, more: String = "") {
    let rest = more.isEmpty ? "" : ",\(more)"
    Swift.print("{\"figure\":\"\(name)\",\"value\":\(rounded(figure)),\"unit\":\"\(unit)\"\(rest)}")
  }
}
