internal import ArgumentParser
internal import Foundation
internal import Language
internal import PBFT
internal import Search
internal import Simulation

/// `pbftscope soak`: random walks until the time is up.
struct Soak: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Search for a violation: random faults in random worlds, one after another.",
    discussion: """
      Each world suffers lost, late, held, doubled and corrupt messages, cut links, partitions, crashes, at \
      most f replicas that lie in every way there is, and perhaps a client that does; then the faults stop, \
      and every request that waits must be executed. Exit code 0 when every \
      invariant held and every request was done, 1 when not: the first such world is then cut down to the \
      commands that matter and written as a page of the language. 2 for a mistake in the arguments.
      """)

  @Option(help: "How long to search, in seconds.")
  var seconds = 60

  @Option(help: "The seed of the first world; the next ones follow it.")
  var seed: UInt64 = 1

  @Option(help: "Rules to switch off, as in join,back-off; then a violation is what you look for.")
  var without: [String] = []

  @Flag(help: "Print the page of a failing world instead of writing soak-SEED.pbft.")
  var print = false

  func run() throws {
    guard (1...1_000_000).contains(seconds) else {
      throw fail("--seconds \(seconds): expected a number from 1 to 1000000")
    }
    var configuration = Configuration()
    try configuration.takeAway(without)
    let rulesOff = configuration.settings.rulesOff
    let start = ContinuousClock.now
    var campaign = Campaign(rulesOff: rulesOff)
    var progress = Progress()
    campaign.run(seeds: seed...UInt64.max) { campaign in
      let elapsed = Bench.seconds(since: start)
      progress.show(campaign.tally, Int(elapsed), of: seconds)
      return elapsed >= Double(seconds) || campaign.failure != nil
    }
    progress.clear()
    var output = LineWriter(.standardOutput, name: "stdout")
    let elapsed = Bench.rounded(Bench.seconds(since: start))
    output.write("soak: \(elapsed) s, first seed \(seed)")
    for line in SoakReport.lines(campaign.tally, rulesOff) { output.write(line) }
    if let failure = campaign.failure {
      progress.say("a world failed; looking for the shortest way there")
      let shortest = Minimiser.minimised(failure)
      progress.clear()
      try report(failure, shortest, to: &output)
    }
    try output.finish()
    guard campaign.failure == nil else { throw ExitCode(1) }
  }

  /// Says what went wrong, and keeps the shortest way to it that was found.
  private func report(
    _ failure: Outcome, _ shortest: Outcome, to output: inout LineWriter
  ) throws {
    for complaint in shortest.complaints { output.write("seed \(failure.seed): \(complaint)") }
    output.write(
      "seed \(failure.seed): \(shortest.commands.count) of \(failure.commands.count) "
        + "commands are enough")
    if print {
      for line in shortest.script.text.split(separator: "\n") { output.write(String(line)) }
      return
    }
    // What was found is told even where no file can be written.
    try output.finish()
    let path = "soak-\(failure.seed).pbft"
    var file = try LineWriter(path: path)
    for line in shortest.script.text.split(separator: "\n") { file.write(String(line)) }
    try file.finish()
    output.write("the page is in \(path): pbftscope \(path) shows it")
  }
}

/// One line on a terminal that says how far a search is; none where nobody watches.
private struct Progress {
  private let isShown = isatty(STDERR_FILENO) == 1
  private var last = -1

  mutating func show(_ tally: Tally, _ elapsed: Int, of seconds: Int) {
    guard isShown, elapsed != last else { return }
    last = elapsed
    say("\(elapsed) of \(seconds) s: \(tally.worlds) worlds, \(tally.steps) steps")
  }

  func say(_ text: String) { if isShown { write("\r\(text)\u{1b}[K") } }

  func clear() { if isShown { write("\r\u{1b}[K") } }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

/// The figures of a search, one line each.
enum SoakReport {
  static func lines(_ tally: Tally, _ rulesOff: RuleSet) -> [String] {
    var figures: [(String, String)] = []
    if !rulesOff.isEmpty {
      figures.append(("without", rulesOff.rules.map(\.name).joined(separator: ", ")))
    }
    figures += [
      ("worlds", "\(tally.worlds)"), ("steps", "\(tally.steps)"),
      ("deliveries", "\(tally.deliveries)"), ("executions", "\(tally.executions)"),
      ("views entered", "\(tally.viewsEntered), the highest \(tally.highestView)"),
      ("violations", "\(tally.violations)"), ("unsettled", "\(tally.unsettled)"),
    ]
    let refusals = tally.refusals
    figures.append(
      ("refusals", "\(refusals.reduce(0) { $0 + $1.count }) by \(refusals.count) rules"))
    figures += refusals.map { ("  \($0.rule.name)", "\($0.count)") }
    let width = (figures.map(\.0.count).max() ?? 0) + 2
    return figures.map { $0.padding(toLength: width, withPad: " ", startingAt: 0) + $1 }
  }
}
