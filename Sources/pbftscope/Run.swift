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
    // A trace is one line of time: of a page that goes back, the one on which it ends.
    let tracesAtOnce = script.isStraight
    var letters = Letterer(configuration)
    let result = Result {
      try player.play { line, happenings in
        if plain, let text = Self.comment(line.statement) { output.write("# \(text)") }
        for happening in happenings {
          if tracesAtOnce { traceWriter?.write(Trace.line(happening)) }
          letters.note(happening)
          if plain { output.write(letters.speaker.plain(happening)) }
        }
      }
    }
    if traceWriter != nil, !tracesAtOnce {
      var retelling = Retelling(player.history)
      while let happening = retelling.next() { traceWriter?.write(Trace.line(happening)) }
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

  /// What a line says besides what happens in it: its narration, or where in time it goes.
  private static func comment(_ statement: Script.Statement) -> String? {
    switch statement {
    case .say(let text): text
    case .time: statement.text
    case .command, .expect, .control, .stop: nil
    }
  }
}

extension Script {
  /// Whether it never goes anywhere but on.
  fileprivate var isStraight: Bool {
    session == nil
      && !statements.contains { if case .time = $0 { true } else { false } }
  }
}
