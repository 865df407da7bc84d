internal import Cells

/// The keys and the legend, in chapters.
extension Scene {
  /// How wide the lines of the help may be in a window over a region.
  static func helpWidth(_ region: Region) -> Int { min(region.columns - 6, 92) }

  /// Every line of the help; the keys of the present page first.
  func helpLines(width: Int) -> [[Span]] {
    let chapters = helpChapters(width: width)
    return Array(chapters.joined(separator: [[]]))
  }

  /// The rows at which the chapters begin.
  func helpStarts(width: Int) -> [Int] {
    var (row, starts) = (0, [Int]())
    for chapter in helpChapters(width: width) {
      starts.append(row)
      row += chapter.count + 1
    }
    return starts
  }

  /// The row at which the legend begins.
  func legendStart(width: Int) -> Int {
    let starts = helpStarts(width: width)
    return starts[starts.count - legend.count - 2]
  }

  private func helpChapters(width: Int) -> [[[Span]]] {
    let labels = Keys.table.map { ascii($0.label).columns }
    let keyWidth = (labels.max() ?? 0) + 2
    let here = KeyEntry.Group.allCases.filter { $0.page == model.page }
    let groups = here + KeyEntry.Group.allCases.filter { $0.page != model.page }
    var chapters = groups.compactMap { keyChapter($0, width: width, keyWidth) }
    for chapter in legend {
      chapters.append(
        [Self.heading(chapter.title)]
          + chapter.lines.flatMap { told($0.mark, [Span($0.meaning)], width, keyWidth) })
    }
    chapters.append(
      [Self.heading("The mouse")]
        + mouse.flatMap { told(Span($0.0, Style(.key)), [Span($0.1)], width, keyWidth) })
    chapters.append(
      [Self.heading("A presenter's remote")]
        + remote.flatMap { told(Span($0.0, Style(.key)), [Span($0.1)], width, keyWidth) })
    return chapters
  }

  private func keyChapter(_ group: KeyEntry.Group, width: Int, _ keyWidth: Int) -> [[Span]]? {
    let entries = Keys.table.filter { $0.group == group }
    guard !entries.isEmpty else { return nil }
    return [Self.heading(group.rawValue)]
      + entries.flatMap { entry in
        let command = entry.command.map { [Span("  : \($0)", .label)] } ?? []
        return told(
          Span(ascii(entry.label), Style(.key)), [Span(entry.help)] + command, width, keyWidth)
      }
  }

  private static func heading(_ title: String) -> [Span] { [Span(title, Style(.label, .bold))] }

  /// A mark and what it means, on as many rows as that needs.
  private func told(
    _ mark: Span, _ meaning: [Span], _ width: Int, _ keyWidth: Int
  ) -> [[Span]] {
    meaning.wrapped(width: max(width - keyWidth, 10)).enumerated().map { row, text in
      row == 0
        ? [mark, Span("".left(keyWidth - mark.columns))] + text : [Span("".left(keyWidth))] + text
    }
  }

  private var mouse: [(String, String)] {
    [
      ("click", "chooses what is there; on a line of time it goes to that moment"),
      ("drag", "on the line of time goes through its moments"),
      ("wheel", "scrolls what is under the pointer"),
      ("Shift", "held down, the terminal selects text; m gives it the mouse altogether"),
    ]
  }

  private var remote: [(String, String)] {
    [
      ("PgDn PgUp", "one event forward, one event back"),
      (".", "the black-screen key: runs or pauses"),
      ("F5 Esc", "the start key: plays again from the start; closes what is open, never quits"),
    ]
  }
}

extension Model {
  /// The help, at its legend.
  mutating func showLegend() {
    overlay = .help(scroll: Scene(self).legendStart(width: helpWidth))
  }

  /// To where the next chapter of the help begins, or the one before.
  mutating func turnHelp(from scroll: Int, forward: Bool) {
    let starts = Scene(self).helpStarts(width: helpWidth)
    let next = forward ? starts.first { $0 > scroll } : starts.last { $0 < scroll }
    overlay = .help(scroll: next ?? 0)
  }

  /// Before the size is known, as on a screen of 80 columns.
  private var helpWidth: Int {
    let size = size.isEmpty ? Size(columns: 80, rows: 24) : size
    return Scene.helpWidth(Region(size: size))
  }
}
