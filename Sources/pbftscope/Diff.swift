internal import ArgumentParser
internal import Foundation
internal import Simulation

/// `pbftscope diff A B`: where two runs part.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare two pages, sessions or traces by their first difference.",
    discussion: """
      A page or a session is played, and the line on which it ends is compared; then where its other \
      branches lead. Exit code 0 when both are the same, 1 when they differ, 2 when one of them cannot be \
      compared.
      """)

  @Argument(help: "A page of the language, a session, or a trace that `run --trace` wrote.")
  var a: String

  @Argument(help: "The other.")
  var b: String

  @Option(help: "How many steps all branches of one of them may have.")
  var historyLimit = History.ordinaryLimit

  func run() throws {
    let limit = try checkedLimit(historyLimit)
    var (one, other) = (try DiffSide("A", a, limit), try DiffSide("B", b, limit))
    var lines = DiffReport.worlds(one, other).map { [$0] } ?? []
    let parting = try Parting(&one, &other)
    let report = DiffReport(one, other, parting)
    let difference = report.difference ?? report.branches
    if let difference {
      lines += difference
    } else {
      lines.append((lines.isEmpty ? "same: " : "apart from that the same: ") + report.length)
    }
    var output = LineWriter(.standardOutput, name: "stdout")
    for line in lines { output.write(line) }
    try output.finish()
    if lines.count > 1 || difference != nil { throw ExitCode(1) }
  }
}

/// Where two runs part.
struct Parting {
  /// What each does there; nil where it has ended.
  private(set) var one: DiffSide.Entry?
  private(set) var other: DiffSide.Entry?
  /// The last lines before, which both have.
  private(set) var before: [DiffSide.Entry] = []
  /// The last step before of which both tell.
  var lastStep: Int { before.last?.step ?? 0 }

  /// How many lines that both have are kept.
  private static let context = 3

  /// Reads on to the first difference, or to the end of both.
  init(_ one: inout DiffSide, _ other: inout DiffSide) throws {
    while true {
      (self.one, self.other) = (try one.next(), try other.next())
      guard let first = self.one, let second = self.other, first.saysTheSame(as: second) else {
        return
      }
      before.append(first)
      if before.count > Self.context { before.removeFirst() }
    }
  }
}

extension DiffSide.Entry {
  var fields: TraceFields? { TraceFields(bytes) }

  /// Whether two lines have the same fields, in whatever order and with whatever blanks.
  func saysTheSame(as other: DiffSide.Entry) -> Bool {
    if bytes == other.bytes { return true }
    guard let one = fields, let another = other.fields else { return false }
    return TraceFields.differing(one, another).isEmpty
  }
}
