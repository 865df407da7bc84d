internal import Cells
internal import Language

/// The line where commands are typed; above it what keys do, and beside that the words that could follow.
extension Scene {
  func drawPalette(_ buffer: inout CellBuffer, _ region: Region) {
    let choices = model.choices
    let keys = choices.prefix { if case .key = $0 { true } else { false } }
    let words = choices.dropFirst(keys.count)
    let longer = max(keys.count, words.count)
    // All of what is wrong: what helps stands at its end.
    let message = [message(choices.count)].wrapped(width: region.columns - 4)
      .prefix(max(region.rows - 4, 1))
    let rows = min(longer, max(min(region.rows - message.count - 4, 12), 0))
    let area = region.split(bottom: rows + message.count + 3).bottom
    buffer.fill(area)
    let inside = buffer.box(
      area, title: [Span(" Command ", Style(.focus))], lines: glyphs.heavy, style: Style(.focus))
    let list = inside.split(top: rows).top.inset(horizontally: 1)
    let isShared = !keys.isEmpty && !words.isEmpty
    let (left, right) = list.split(left: isShared ? list.columns / 2 : list.columns)
    drawChoices(&buffer, left, keys, hasRoom: !isShared)
    drawChoices(&buffer, isShared ? right : list, words, hasRoom: !isShared)
    for (row, line) in message.enumerated() {
      buffer.put(line, at: Position(x: inside.x + 1, y: inside.y + rows + row))
    }
    let room = max(inside.columns - 4, 1)
    let shown = String(model.prompt.text.suffix(room - 1))
    buffer.put(
      [Span(": ", Style(.label, .bold)), Span(shown), Span(text(glyphs.cursor), Style(.focus))],
      at: Position(x: inside.x + 1, y: inside.y + rows + message.count),
      maxWidth: inside.columns - 1)
  }

  /// One column of choices, scrolled so that the chosen one is seen.
  private func drawChoices(
    _ buffer: inout CellBuffer, _ region: Region, _ choices: ArraySlice<Choice>, hasRoom: Bool
  ) {
    let chosen = model.prompt.choice.flatMap { choices.indices.contains($0) ? $0 : nil }
    let least = chosen.map { $0 - region.rows + 1 } ?? choices.startIndex
    let first = min(max(choices.startIndex, least), max(choices.endIndex - region.rows, 0))
    let shown = choices.dropFirst(max(first - choices.startIndex, 0)).prefix(region.rows)
    let wordWidth = min(shown.map { name($0).columns }.max() ?? 0, 30)
    for (row, index) in shown.indices.enumerated() {
      buffer.put(
        line(shown[index], wordWidth, isChosen: index == chosen, hasRoom: hasRoom),
        at: Position(x: region.x, y: region.y + row), maxWidth: region.columns - 1,
        ellipsis: glyphs.ellipsis)
    }
    if shown.endIndex < choices.endIndex, let last = shown.indices.last, region.columns > 2 {
      let y = region.y + last - shown.startIndex
      buffer.put([Span(text(glyphs.arrowDown), .quiet)], endingAt: region.endX, y: y)
    }
  }

  private func name(_ choice: Choice) -> String {
    switch choice {
    case .key(let entry): entry.hint
    case .word(let word): word.text
    }
  }

  private func line(_ choice: Choice, _ width: Int, isChosen: Bool, hasRoom: Bool) -> [Span] {
    let style = isChosen ? Style(.key).reverse : Style(.key)
    let name = Span(name(choice).left(width), style)
    switch choice {
    case .word(let word): return [name, Span("  " + ascii(word.explanation))]
    case .key(let entry):
      let label = ascii(entry.label).split(separator: " ").first.map(String.init) ?? "space"
      let command = model.command(of: entry).map { "  " + $0 } ?? ""
      let help = hasRoom || command.isEmpty ? [Span("  " + ascii(entry.help), .quiet)] : []
      return [name, Span(" " + label.left(6)), Span(command, .label)] + help
    }
  }

  /// What was wrong with the line, or how the palette is used.
  private func message(_ count: Int) -> Span {
    if let error = model.prompt.error {
      return Span(ascii("column \(error.column): \(error.message)"), .fault)
    }
    if let refusal = model.prompt.refusal { return Span(ascii(refusal), .fault) }
    return Span(
      count == 0
        ? "Enter does it, Esc closes" : "arrows choose, Enter does it, Tab takes words, Esc closes",
      .quiet)
  }
}
