import Foundation
import Language
import PBFT
import Simulation

/// Pages played for what the rules decide in them: each story shows a few refusals, and the demos the rest.
enum Stories {
  /// What the rules made of all of it.
  struct Told: Sendable {
    var coverage = Coverage()
    var examples = Examples()
    /// The mistakes and the failed expectations.
    var failures: [String] = []
  }

  /// The stories and the demos, by path from the root, in order.
  static func files() throws -> [String] {
    let folder = "Tests/HouseTests/Stories"
    let stories = try House.folders(in: folder).filter { $0.hasSuffix(".pbft") }
    return try stories.map { "\(folder)/\($0)" } + House.demos()
  }

  /// Everything, played once.
  static let all: Told = {
    var told = Told()
    for file in (try? files()) ?? [] {
      play(file, into: &told)
      reason(file, into: &told)
    }
    for file in (try? House.ablations()) ?? [] {
      play(file, into: &told)
      play(file, withRules: true, into: &told)
    }
    // Whether a world can be made is decided before there is one.
    for settings in [Settings(), Settings(cluster: .three)] {
      told.coverage = .merge(told.coverage, Coverage(of: settings))
      told.examples.note(settings.size, Speaker(cluster: settings.cluster))
    }
    return told
  }()

  private static func play(_ file: String, withRules: Bool = false, into told: inout Told) {
    do {
      var script = try Script(parsing: House.text(of: file))
      // Signing takes the most time, and changes nothing that is told.
      script.configuration.scheme = .ideal
      var player = Player(script, withRules: withRules)
      var happenings: [Happening] = []
      try player.play { happenings += $1 }
      let world = player.history.world
      let speaker = Speaker(digests: world.letters, cluster: world.cluster)
      for happening in happenings { told.examples.note(happening, speaker) }
      told.coverage = .merge(told.coverage, world.coverage)
      for outcome in player.outcomes where !outcome.held {
        told.failures.append(
          "\(file): line \(outcome.line): \(outcome.text): \(outcome.failure ?? "")")
      }
    } catch { told.failures.append("\(file): \(error)") }
  }

  /// Asks, every so often, why each request waits and why each number has come no further.
  private static func reason(_ file: String, into told: inout Told) {
    guard var script = try? Script(parsing: House.text(of: file)) else { return }
    script.configuration.scheme = .ideal
    var world = World(script.configuration)
    for command in script.commands {
      if case .run(let duration) = command {
        // In the first seconds often.
        let end = world.now + duration
        for _ in 0..<20 where world.now + .milliseconds(100) < end {
          _ = try? world.perform(.run(.milliseconds(100)))
          ask(world, &told)
        }
        let rest = Duration(microseconds: end.microseconds - world.now.microseconds)
        _ = try? world.perform(.run(rest))
        ask(world, &told)
      } else {
        _ = try? world.perform(command)
        ask(world, &told)
      }
    }
  }

  private static func ask(_ world: World, _ told: inout Told) {
    let speaker = Speaker(digests: world.letters, cluster: world.cluster)
    for waiting in world.progress() { told.examples.note(waiting.reason, speaker) }
    for replica in world.cluster.replicas {
      for n in 1...3 {
        for milestone in [Milestone.prePrepared, .executed] {
          guard let reason = world.whyNot(milestone, SequenceNumber(n), at: replica) else {
            continue
          }
          told.examples.note(reason, speaker)
        }
      }
    }
  }
}
