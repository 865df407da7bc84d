internal import ArgumentParser
internal import Simulation

/// How much of a session is kept, and where.
struct Keeping: ParsableArguments {
  @Option(help: "How many steps all branches together may have; a million take about 250 MB.")
  var historyLimit = History.ordinaryLimit

  @Flag(
    inversion: .prefixedNo,
    help: "Write down what is done as it is done, so that `pbftscope resume` can go on from there.")
  var journal = true

  /// The limit, where it makes sense.
  func limit() throws -> Int { try checkedLimit(historyLimit) }
}

/// A limit for the steps of a history; one that makes no sense is a mistake.
func checkedLimit(_ limit: Int) throws -> Int {
  guard (1...1_000_000_000).contains(limit) else {
    throw fail("--history-limit \(limit): expected a number of steps from 1 to 1000000000")
  }
  return limit
}
