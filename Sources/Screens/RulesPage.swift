internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// The catalogue: every rule with what it protects, what it has done in this run, and whether it is on.
extension Scene {
  func drawRulesPage(_ buffer: inout CellBuffer, _ region: Region) {
    drawStory(&buffer, strip(region))
    let places = rulesPlaces(strip(region).above)
    let columns = RuleColumns(width: places.list.columns)
    buffer.put(
      columns.heading, at: places.heading.origin, style: Style(.label, .bold),
      maxWidth: places.heading.columns)
    let first = firstRule(places.list.rows)
    for row in 0..<places.list.rows {
      guard first + row < Rule.allCases.count else { break }
      let line = places.list.row(row)
      let isChosen = first + row == model.rule
      buffer.put(
        ruleSpans(Rule.allCases[first + row], columns), at: line.origin, maxWidth: line.columns,
        ellipsis: glyphs.ellipsis)
      if isChosen {
        buffer.restyle(line) { $0.reverse }
        buffer[line.x - 1, line.y] = Cell(glyphs.arrowRight, Style(.focus))
      }
    }
    markRows(&buffer, places.list, at: region.x)
    drawMore(&buffer, places.list, from: first, of: Rule.allCases.count)
    buffer.horizontalLine(
      at: Position(x: places.all.x, y: places.detail.y - 1), length: places.all.columns,
      glyph: glyphs.light.horizontal, style: Style(.frame))
    drawLines(&buffer, places.detail, ruleDetail(model.selectedRule))
  }

  /// Where the parts of the page are.
  func rulesPlaces(
    _ region: Region
  ) -> (all: Region, heading: Region, list: Region, detail: Region) {
    let said = min(6, max(region.rows * 2 / 5, 0))
    let (below, above) = region.split(bottom: said)
    let (heading, list) = above.split(bottom: 1).rest.split(top: 1)
    return (
      region, heading.inset(horizontally: 2), list.inset(horizontally: 2),
      below.inset(horizontally: 2)
    )
  }

  /// The first rule that a list of so many rows shows.
  func firstRule(_ rows: Int) -> Int {
    max(min(model.rule - rows / 2, Rule.allCases.count - rows), 0)
  }

  private func ruleSpans(_ rule: Rule, _ columns: RuleColumns) -> [Span] {
    let entry = rule.entry
    let isOff = settings.rulesOff.contains(rule)
    let mark = isOff ? "OFF" : rule.cannotBeOff == nil ? "on" : "always"
    let style: Style = isOff ? .fault : .plain
    let isSwitched = hasChanged { $0.rulesOff.contains(rule) }
    let markStyle: Style = isOff ? .fault : mark == "on" ? .done : .quiet
    return [
      Span(mark, markStyle.changed(if: isSwitched)), Span("".left(7 - mark.columns)),
      Span(rule.name.left(columns.name), isOff ? .fault : Style(.plain, .bold)),
      Span(cut(entry.section, columns.section), .quiet),
      Span(columns.word(entry.protects), style),
    ]
      + zip(model.counts(of: rule), changedCounts(rule)).flatMap { count, isNew in
        let told = count > 99_999 ? ">99999" : count > 0 ? String(count) : text(glyphs.empty)
        return [
          Span("".left(columns.count - told.columns)),
          Span(told, (count > 0 ? style : .quiet).changed(if: isNew)),
        ]
      } + [Span(columns.title > 0 ? "  " + entry.title : "", style)]
  }

  /// Whether it has accepted something more, and refused something more.
  private func changedCounts(_ rule: Rule) -> [Bool] {
    [hasChanged { $0.coverage[rule].accepted }, hasChanged { $0.coverage[rule].refused }]
  }

  /// A text in so many columns, with a blank after it.
  private func cut(_ text: String, _ width: Int) -> String {
    guard text.columns >= width else { return text.left(width) }
    return text.prefix(max(width - 2, 0)) + self.text(glyphs.ellipsis) + " "
  }

  private func ruleDetail(_ rule: Rule) -> [[Span]] {
    let entry = rule.entry
    var lines = [
      [
        Span(entry.title, Style(.plain, .bold)),
        Span("  \(entry.section), protects \(entry.protects.rawValue)", .label),
      ],
      [Span(entry.sentence)],
    ]
    if let reason = rule.cannotBeOff {
      lines.append([Span("It cannot be off: \(reason)", .quiet)])
    } else {
      lines.append([
        Span("Enter ", Style(.key)), Span(": \(model.switchCommand.text)", .label),
      ])
    }
    if let script = model.script(for: rule) {
      lines.append([Span("What breaks without it: ", .label), Span(script)])
    }
    return lines
  }
}

/// How wide the columns of the catalogue are.
struct RuleColumns {
  let name: Int
  let section: Int
  let protects: Int
  let count: Int
  let title: Int

  init(width: Int) {
    name = (Rule.allCases.map { $0.name.columns }.max() ?? 0) + 1
    count = width < 70 ? 6 : 10
    protects = width < 60 ? 5 : 10
    let rest = width - 7 - name - protects - 2 * count
    section = min(max(rest, 4), 16)
    title = max(rest - section - 2, 0)
  }

  var heading: String {
    let words = count < 10 ? ["acc", "ref"] : ["accepted", "refused"]
    return "".left(7) + "rule".left(name) + (section < 8 ? "sec" : "section").left(section)
      + (protects < 10 ? "for" : "protects").left(protects)
      + words.map { $0.right(count) }.joined() + (title > 0 ? "  title" : "")
  }

  /// What a rule protects, as a word that fits.
  func word(_ protects: Rule.Protects) -> String {
    guard self.protects < 10 else { return protects.rawValue.left(self.protects) }
    let short =
      switch protects {
      case .safety: "safe"
      case .liveness: "live"
      case .resources: "room"
      }
    return short.left(self.protects)
  }
}
