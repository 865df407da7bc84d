internal import ArgumentParser
internal import Export
internal import Foundation
internal import Language
internal import Simulation

/// `pbftscope run FILE`: plays a page without a screen.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Play a file without a screen.",
    discussion: """
      Exit code 0 when every `expect` held, 1 when one did not, 2 for a mistake in the file.
      """)

  @Argument(help: "A page of the language, like demos/*.pbft.")
  var file: String

  @Flag(help: "Print one line per happening, in stable columns.")
  var plain = false

  @Option(help: "Write the trace, JSON Lines, to this file.")
  var trace: String?

  @Flag(help: "Play the control: every rule on, and `control` lines in place of `expect` lines.")
  var withRules = false

  @Option(help: "A rule that is off from the start, or several: join,back-off.")
  var without: [String] = []

  @Option(help: "How many steps all branches together may have.")
  var historyLimit = History.ordinaryLimit

  func run() throws {
    let limit = try checkedLimit(historyLimit)
    var script = try readScript(file)
    try script.configuration.takeAway(without)
    var traceWriter = try trace.map { try LineWriter(path: $0) }
    var output = LineWriter(.standardOutput, name: "stdout")
    var player = Player(script, withRules: withRules, limit: limit)
    let configuration = player.history.world.configuration
    traceWriter?.write(Trace.header(configuration, program: PBFTScope.version))
    var letters = Letterer(configuration)
    let result = Result {
      try player.play { line, happenings in
        if plain, case .say(let text) = line.statement { output.write("# \(text)") }
        for happening in happenings {
          traceWriter?.write(Trace.line(happening))
          letters.note(happening)
          if plain { output.write(letters.speaker.plain(happening)) }
        }
      }
    }
    try traceWriter?.finish()
    for skipped in player.skipped {
      output.write(
        "\(file): line \(skipped.line): `\(skipped.text)` skipped: \(skipped.failure ?? "")")
    }
    for outcome in player.outcomes where !outcome.held {
      output.write(
        "\(file): line \(outcome.line): `\(outcome.text)` failed: \(outcome.failure ?? "")")
    }
    if case .success = result {
      let held = player.outcomes.count(where: \.held)
      output.write(
        "\(script.title ?? file): \(held) of \(player.outcomes.count) expectations held, "
          + "\(player.history.step) steps, \(Speaker.seconds(player.history.world.now))")
    }
    try output.finish()
    if case .failure(let error) = result { throw fail("\(file): \(error)") }
    guard player.held else { throw ExitCode(1) }
  }
}
