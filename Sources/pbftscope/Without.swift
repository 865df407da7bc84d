internal import Language
internal import PBFT
internal import Simulation

extension Configuration {
  /// Switches these rules off, by name or by names with commas: what `--without` says.
  mutating func takeAway(_ names: [String]) throws {
    for name in names {
      do throws(LanguageError) {
        let other = try Configuration(parsing: "without=\(name)", base: self)
        for rule in other.settings.rulesOff.rules { settings.rulesOff.insert(rule) }
      } catch {
        throw fail("--without: \(error.message)")
      }
    }
  }
}
