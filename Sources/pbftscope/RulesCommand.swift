internal import ArgumentParser
internal import Foundation
internal import Language
internal import PBFT

/// `pbftscope rules [NAME]`: the catalogue of rules.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List every rule of the protocol, or tell everything about one.")

  @Argument(help: "A rule, such as within-watermarks.")
  var name: String?

  func run() throws {
    var output = LineWriter(.standardOutput, name: "stdout")
    let lines = try name.map { RulesPage.entry(of: try rule($0)) } ?? RulesPage.overview
    for line in lines { output.write(line) }
    try output.finish()
  }

  /// The rule with this name; the nearest right word where there is none.
  private func rule(_ name: String) throws -> Rule {
    do throws(LanguageError) {
      return try Rule(parsing: name)
    } catch {
      throw fail(error.message)
    }
  }
}
