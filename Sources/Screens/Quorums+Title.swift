internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// The title of the page Quorums: the number, the view, and what each digest stands for.
extension Scene {
  /// The number, the view, and what each digest stands for.
  func titleLines(_ content: QuorumsContent, width: Int, atMost rows: Int) -> [[Span]] {
    let n = model.shownNumber
    let table = content.table
    let view = viewWords(table)
    var spans = [
      Span(" \(n) ", Style(.focus, .reverse)), Span("  \(view)", .label),
    ]
    if content.proposals.isEmpty {
      let why = "at or below every h: discarded (4.3); what proves the checkpoint:"
      return Array(([spans[0], Span("  \(why)", .label)]).wrapped(width: width).prefix(rows))
    }
    if table.digests.isEmpty { spans.append(Span("   nothing is known of it yet", .quiet)) }
    // Where there is no room for the operations, the names of the requests tell as much.
    let texts = [true, false].map { isLong in
      (spans + table.digests.flatMap { legend($0, table, isLong: isLong) }).wrapped(width: width)
    }
    let lines = texts[0].count <= rows ? texts[0] : texts[1]
    guard lines.count > rows else { return lines }
    return Array(lines.prefix(rows - 1))
      + [lines[rows - 1] + [Span(" " + lines[rows].text)]]
  }

  /// A digest in its colour, what it stands for, and who holds a proof of it from an earlier view.
  private func legend(_ digest: Digest, _ table: QuorumTable, isLong: Bool) -> [Span] {
    let style = Style(role(of: digest, among: table.digests), .bold)
    var spans = [
      Span(isLong ? "   " : "  "), Span(letter(digest), style),
      Span(" = \(meaning(digest, table, isLong: isLong))"),
    ]
    let proved = table.columns.filter { column in
      column.certificate.map { $0.digest == digest && (!column.isActive || $0.view != column.view) }
        ?? false
    }
    if let view = proved.first?.certificate?.view {
      let names =
        proved.count == table.columns.count
        ? "all" : proved.map(\.replica.description).joined(separator: " ")
      spans.append(Span(", proof of \(view) at \(names)", Style(.viewChange)))
    }
    return spans
  }

  /// Which view the votes are of.
  private func viewWords(_ table: QuorumTable) -> String {
    guard table.isOfOneView else { return "views differ" }
    let leaving = table.columns.filter { !$0.isActive }.map(\.replica.description)
    let view = "view \(table.view.number)"
    guard !leaving.isEmpty else {
      return "\(view), \(settings.primary(of: table.view)) leads"
    }
    return leaving.count == table.columns.count
      ? "\(view), which all leave" : "\(view), left by \(leaving.joined(separator: " "))"
  }

  /// What a digest stands for.
  private func meaning(_ digest: Digest, _ table: QuorumTable, isLong: Bool) -> String {
    if digest == Batch.null.digest { return isLong ? "the null request" : "null" }
    guard let batch = table.batches.first(where: { $0.digest == digest }) else {
      return isLong ? "requests that nobody here knows" : "unknown"
    }
    return batch.requests.map { isLong ? "\($0.operation.text) (\($0))" : "\($0)" }
      .joined(separator: isLong ? ", " : "+")
  }
}
