internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// What lies over a page.
extension Scene {
  func drawOverlay(_ buffer: inout CellBuffer, _ region: Region) {
    switch model.overlay {
    case nil: break
    case .help(let scroll):
      drawWindow(&buffer, region, "Keys", helpLines(width: min(region.columns - 6, 92)), scroll)
    case .palette: drawPalette(&buffer, region)
    case .inspector(let message, let scroll):
      drawWindow(&buffer, region, "Message #\(message)", inspectorLines(message), scroll)
    case .state(let scroll):
      drawWindow(&buffer, region, "State of \(model.replica)", stateLines, scroll)
    case .faults(let choice): drawChooser(&buffer, region, faultChooser(choice))
    case .compare(let view): drawCompare(&buffer, region, view)
    case .places(let choice): drawChooser(&buffer, region, placesChooser(choice))
    case .why(let cell): drawWhy(&buffer, region, cell)
    case .ladderFilter(let choice): drawChooser(&buffer, region, ladderFilterChooser(choice))
    case .question(let query, let scroll):
      drawWindow(
        &buffer, region, query.text, speaker.answer(query, in: world).map { [Span($0)] }, scroll)
    }
  }

  // MARK: Help

  private func helpLines(width: Int) -> [[Span]] {
    var lines: [[Span]] = []
    let keyWidth = (Keys.table.map { ascii($0.label).columns }.max() ?? 0) + 2
    for group in KeyEntry.Group.allCases {
      if !lines.isEmpty { lines.append([]) }
      lines.append([Span(group.rawValue, Style(.label, .bold))])
      for entry in Keys.table where entry.group == group {
        let command = entry.command.map { [Span("  : \($0)", .label)] } ?? []
        let texts = ([Span(entry.help)] + command).wrapped(width: max(width - keyWidth, 10))
        for (row, text) in texts.enumerated() {
          let key = row == 0 ? ascii(entry.label) : ""
          lines.append([Span(key.left(keyWidth), Style(.key))] + text)
        }
      }
    }
    lines.append([])
    lines.append([Span("The marks", Style(.label, .bold))])
    let marks: [(Unicode.Scalar, String)] = [
      (glyphs.received, "it counts, or a quorum is reached"),
      (glyphs.kept, "kept for later or for another digest; some of a quorum; on its way"),
      (glyphs.empty, "nothing yet"), (glyphs.refused, "refused by a rule, or crashed"),
      (glyphs.done, "executed, accepted"), (glyphs.primary, "leads the view"),
      (glyphs.faulty, "misbehaves, or has"), (glyphs.held, "held on its way"),
      (glyphs.changed, "before what the last step has changed, which is marked itself too"),
    ]
    for (glyph, meaning) in marks {
      lines.append([Span(text(glyph).left(keyWidth), Style(.key)), Span(meaning)])
    }
    let line: [(TimelineMark, String)] = [
      (.here, "on the line of time: the present moment"), (.view(1), "view 1 is entered"),
      (.viewChange, "a view change"), (.fault, "something is broken or mended by hand"),
      (.checkpoint, "a stable checkpoint"), (.note, "a note"), (.violation, "a violation"),
      (.fork, "another branch parts"),
    ]
    for (mark, meaning) in line {
      let span = span(mark)
      lines.append([span, Span("".left(keyWidth - span.columns)), Span(meaning)])
    }
    lines.append([
      Span("C'".left(keyWidth), Style(.key)), Span("done by the second of two copies"),
    ])
    lines.append([
      Span("d".left(keyWidth), Style(.key)), Span("digests are letters, in order of appearance"),
    ])
    lines.append([
      Span("T1.9".left(keyWidth), Style(.key)), Span("the view-change timer runs out in 1.9 s"),
    ])
    lines += [[], [Span("The mouse", Style(.label, .bold))]]
    let mouse = [
      ("click", "chooses what is there; on a line of time it goes to that moment"),
      ("drag", "on the bar of time goes through its moments"),
      ("wheel", "what up and down do"),
    ]
    for (name, meaning) in mouse {
      lines.append([Span(name.left(keyWidth), Style(.key)), Span(meaning)])
    }
    return lines
  }
}
