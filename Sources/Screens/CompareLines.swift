internal import Cells

/// How what is compared is written: a name, and both sides beside it.
extension Scene {
  /// As many rows as the longer side needs; none where there is nothing to say.
  func line(
    _ entry: (name: String, facts: [ComparedFact]), _ half: Int, isHead: Bool = false,
    _ differs: Bool? = nil
  ) -> [[Span]] {
    guard !entry.facts.isEmpty else { return [] }
    let left = packed(entry.facts, half) { $0.left }
    let right = packed(entry.facts, half) { $0.right }
    let differs = differs ?? entry.facts.contains(where: \.differs)
    return (0..<max(left.count, right.count)).map { row in
      let mark = Span(
        (row == 0 && differs ? text(glyphs.differs) : " ") + " ", Style(.notice, .bold))
      let name = Span(
        (row == 0 ? String(entry.name.prefix(6)) : "").left(6),
        isHead ? Style(.plain, .bold) : .label)
      let one = row < left.count ? left[row] : []
      let other = row < right.count ? right[row] : []
      return [mark, name] + one + [
        Span("".left(half - one.columns)), Span(" \(text(glyphs.light.vertical)) ", Style(.frame)),
      ] + other
    }
  }

  /// One side's facts in rows of a width; what differs has a mark before it.
  private func packed(
    _ facts: [ComparedFact], _ width: Int, _ side: (ComparedFact) -> Span
  ) -> [[Span]] {
    var rows: [[Span]] = [[]]
    for fact in facts {
      let own = side(fact)
      let mark = fact.differs ? text(glyphs.differs) : ""
      let style =
        fact.differs ? Style(own.style.role == .plain ? .notice : own.style.role, .bold) : own.style
      var told = mark + own.text
      if told.columns > width { told = told.prefix(width - 1) + text(glyphs.ellipsis) }
      let used = rows[rows.count - 1].columns
      if used > 0, used + 1 + told.columns > width {
        rows.append([])
      } else if used > 0 {
        rows[rows.count - 1].append(" ")
      }
      rows[rows.count - 1].append(Span(told, style))
    }
    return rows
  }
}
