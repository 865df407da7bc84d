internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// How wide the columns of the list of copies are, and what stands in them.
struct CopyColumns {
  let number: Int
  let to: Int
  /// When each was sent; zero where there is no room for it.
  let sent: Int
  /// The names of the fields in which the copies differ.
  let fields: [String]
  let says: Int
  let fate: Int

  var heading: String {
    "copy".left(number) + "to".left(to) + (sent > 0 ? "sent".left(sent) : "")
      + (says > 0 ? "says".left(says) : "") + "now".left(fate) + "verdict"
  }
}

/// The list of the copies of a message.
extension Scene {
  func copyColumns(_ sending: Sending, _ width: Int) -> CopyColumns {
    let number = (sending.copies.map { "#\($0.id)".columns }.max() ?? 2) + 1
    let to = max((sending.copies.map { "\($0.to)".columns }.max() ?? 2) + 1, 4)
    let fate = (sending.copies.map { fateText($0).columns }.max() ?? 0) + 2
    let sent = width >= 96 ? 9 : 0
    let fields = differingFields(sending)
    let says = (sending.copies.map { saysText($0, fields).columns }.max() ?? 0) + 2
    let room = max(width - number - to - sent - fate - 20, 0)
    return CopyColumns(
      number: max(number, 5), to: to, sent: sent, fields: fields,
      says: fields.isEmpty ? 0 : min(says, max(room, 10)), fate: fate)
  }

  /// The fields in which not all copies agree, those first by which messages are told apart.
  private func differingFields(_ sending: Sending) -> [String] {
    guard let first = sending.copies.first?.message else { return [] }
    var names: [String] = []
    for copy in sending.copies.dropFirst() where copy.message != first {
      for row in speaker.differences(first, copy.message) where !names.contains(row.name) {
        names.append(row.name)
      }
    }
    let telling = ["v view", "n sequence", "d digest", "d state digest", "r result", "sender"]
    let known = telling.filter(names.contains) + names.filter { !telling.contains($0) }
    // The requests differ because their digest does; the sender is told with the signature.
    return known.contains("d digest") ? known.filter { $0 != "m requests" } : known
  }

  /// `digest b`: what this copy says where not all say the same.
  private func saysText(_ copy: SentCopy, _ fields: [String]) -> String {
    let own = speaker.fields(copy.message)
    return fields.prefix(3).map { name in
      let value = own.first { $0.name == name }?.brief ?? text(glyphs.empty)
      return "\(Self.word(name)) \(value)"
    }.joined(separator: ", ")
  }

  /// `digest` of `d digest`: the word beside the paper's letter, or the letter n.
  static func word(_ field: String) -> String {
    let words = field.split(separator: " ")
    if field == "n sequence" { return "n" }
    return words.count > 1 && words[0].count == 1
      ? words.dropFirst().joined(separator: " ") : field
  }

  func copySpans(
    _ copy: SentCopy, _ sending: Sending, _ columns: CopyColumns, _ width: Int
  ) -> [Span] {
    let isNew = copy.happenings.last?.step == world.step
    let isOdd = copy.message != sending.copies.first?.message
    let says = saysText(copy, columns.fields)
    let cut =
      says.columns < columns.says
      ? says : says.prefix(max(columns.says - 2, 0)) + text(glyphs.ellipsis)
    var spans = [
      Span("#\(copy.id)".left(columns.number), .quiet),
      Span("\(copy.to)".left(columns.to), Style(.plain, .bold)),
    ]
    if columns.sent > 0 {
      let first = copy.happenings.first?.time ?? sending.time
      spans.append(Span("\(time(first)) s".left(columns.sent)))
    }
    if columns.says > 0 {
      spans += [Span(cut, isOdd ? .fault : .plain), Span("".left(columns.says - cut.columns))]
    }
    let fate = fateText(copy)
    spans += [Span(fate, .plain.changed(if: isNew)), Span("".left(columns.fate - fate.columns))]
    return spans + fitting(width - spans.columns, verdictSpans(copy, sending))
  }

  private func fateText(_ copy: SentCopy) -> String {
    switch copy.fate {
    case .onItsWay(let due): "arrives \(time(due)) s"
    case .held: "held"
    case .lost(.withheld, let instant): "kept back \(time(instant)) s"
    case .lost(_, let instant): "lost \(time(instant)) s"
    case .arrived(_, let instant): "arrived \(time(instant)) s"
    }
  }

  /// The verdict in ever fewer words.
  private func verdictSpans(_ copy: SentCopy, _ sending: Sending) -> [[Span]] {
    var notes = ""
    if copy.alteration != nil { notes += ", altered" }
    if let original = copy.original { notes += ", a copy of #\(original)" }
    // The marks of the page Ladder.
    let mark = text(glyph(of: copy.fate.outcome, isRight: true))
    switch copy.fate {
    case .onItsWay: return [[Span("\(mark) on its way\(notes)", .quiet)]]
    case .held: return [[Span("\(mark) until it is released\(notes)", .quiet)]]
    case .lost(let loss, _):
      let reason = speaker.reason(loss, sending.from, copy.to)
      return [[Span("\(mark) \(reason)\(notes)", .fault)]]
    case .arrived(let finding, _):
      return variants(finding).flatMap { first -> [[Span]] in
        guard let later = copy.judgedLater else { return [first + [Span(notes)], first] }
        let second = variants(later.finding).map {
          first + [Span(", at \(time(later.time)) s ")] + $0
        }
        return second.map { $0 + [Span(notes)] } + second
      }
    }
  }

  /// `✗ refused by within-watermarks`.
  private func variants(_ finding: Finding) -> [[Span]] {
    let mark = mark(finding.verdict)
    let style = mark.style
    return [
      [mark, Span(" \(finding.verdict.word) by \(finding.rule.name)", style)],
      [mark, Span(" \(finding.verdict == .accepted ? "accepted" : finding.rule.name)", style)],
      [mark, Span(" \(finding.verdict.word)", style)],
    ]
  }
}
