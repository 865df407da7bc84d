internal import ArgumentParser

@main
struct PBFTScope: ParsableCommand {
  static let version = "0.1"

  static let configuration = CommandConfiguration(
    commandName: "pbftscope",
    abstract: "A laboratory for Practical Byzantine Fault Tolerance in a terminal.",
    discussion: """
      Without arguments it opens the screen on four replicas, two clients and a request that waits to be \
      stepped. `?` on the screen lists every key.
      """,
    version: "pbftscope \(version)",
    subcommands: [
      Open.self, Resume.self, Run.self, Shot.self, Diff.self, RulesCommand.self, Soak.self,
      Bench.self,
    ],
    defaultSubcommand: Open.self)
}
