internal import ArgumentParser

@main
struct PBFTScope: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pbftscope",
    abstract: "A laboratory for Practical Byzantine Fault Tolerance in a terminal.",
    subcommands: [Bench.self])
}
