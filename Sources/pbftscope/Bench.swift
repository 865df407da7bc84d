internal import ArgumentParser
internal import PBFT
internal import Simulation

/// `pbftscope bench`: one JSON line per figure.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure the engine, the history and the screen; one JSON line per figure.")

  @Option(help: "How many requests the engine runs through.")
  var requests = 300_000

  @Option(help: "Only figures whose name contains this.")
  var only = ""

  func run() throws {
    measureEngine("engine-ideal", .ideal, observing: [], requests)
    measureEngine("engine-ideal-invariants", .ideal, observing: .invariants, requests)
    measureEngine("engine-ed25519", .ed25519, observing: [], max(100, requests / 100))
  }

  /// Deliveries a second: K = 100, L = 200, ten clients that always wait for one request, two keys.
  private func measureEngine(
    _ name: String, _ scheme: Scheme, observing: World.Observation, _ requests: Int
  ) {
    guard name.contains(only) || only.isEmpty else { return }
    var world = World(Self.configuration(scheme, clients: 10), observing: observing)
    let start = ContinuousClock.now
    let deliveries = world.runLoad(requests: requests)
    let seconds = Self.seconds(since: start)
    Self.print(
      name, Double(deliveries) / seconds, "deliveries/s",
      more: "\"deliveries\":\(deliveries),\"seconds\":\(Self.rounded(seconds)),\"executed\":\(world.replicas[0].lastExecuted.number)")
  }

  static func configuration(_ scheme: Scheme, clients: Int) -> Configuration {
    Configuration(
      settings: Settings(
        checkpointInterval: 100, logSize: 200, window: 100, viewChangeTimeout: .seconds(2)),
      clientCount: clients, leastLatency: .milliseconds(1), mostLatency: .milliseconds(10),
      scheme: scheme)
  }

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
