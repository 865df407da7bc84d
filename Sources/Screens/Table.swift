internal import Cells

/// Rows of cells under headings, as wide as what stands in them; where that is too wide, the columns that matter
/// least are left out.
struct Table {
  struct Column {
    let heading: String
    let cells: [Span]
    /// The higher, the sooner it is left out; 0 never is.
    var spare = 0
  }

  private let columns: [Column]

  init(_ columns: [Column], width: Int) {
    var columns = columns.filter { column in column.cells.contains { !$0.text.isEmpty } }
    func isTooWide() -> Bool { columns.reduce(-Self.gap) { $0 + $1.width + Self.gap } > width }
    while isTooWide(), let most = columns.map(\.spare).max(), most > 0,
      let place = columns.lastIndex(where: { $0.spare == most })
    {
      columns.remove(at: place)
    }
    self.columns = columns
  }

  private static let gap = 2

  var heading: [Span] {
    columns.map { Span(($0.heading).left($0.width + Self.gap), Style(.label, .bold)) }
  }

  /// One row; the blanks behind a cell are plain.
  func row(_ index: Int) -> [Span] {
    columns.flatMap { column in
      let cell = column.cells[index]
      return [cell, Span("".left(column.width + Self.gap - cell.columns))]
    }
  }
}

extension Table.Column {
  var width: Int { max(heading.columns, cells.map(\.columns).max() ?? 0) }
}
