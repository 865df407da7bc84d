internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// A line of what is told of a copy.
struct ToldLine {
  var spans: [Span]
  /// A click on it opens the window of alterations.
  var alters = false
}

/// What is told of one copy: its verdict, how it differs, its fields, its signature and its journey.
extension Scene {
  /// The room for the names of the parts.
  static let toldIndent = 11

  /// The lines of each column, broken to its width.
  func told(
    _ copy: SentCopy, _ places: MessagePlaces
  ) -> [(region: Region, lines: [ToldLine])] {
    guard let sending = model.inspected.sending else { return [] }
    let fate = [
      verdictPart(copy, sending), consequencePart(copy), differencePart(copy, sending),
    ]
    let content = [fieldPart(copy), signaturePart(copy, sending)]
    let way = [journeyPart(copy, sending), alterationPart(copy, sending)]
    let columns = places.told.count > 1 ? [fate + way, content] : [fate + content + way]
    return zip(places.told, columns).map { region, parts in
      (region, parts.flatMap { $0.lines(region.columns) })
    }
  }

  func mostScroll(_ told: [(region: Region, lines: [ToldLine])]) -> Int {
    told.map { max($0.lines.count - $0.region.rows, 0) }.max() ?? 0
  }

  /// How far what is told of the chosen copy can be scrolled on a screen of the size last told.
  var mostMessageScroll: Int {
    guard let copy = model.inspected.copy else { return 0 }
    let size = model.size.isEmpty ? leastSize : model.size
    return mostScroll(told(copy, messagePagePlaces(strip(Layout(size).body).above)))
  }

  // MARK: The verdict

  /// What its recipient made of it, or would if it arrived now.
  private func verdictPart(_ copy: SentCopy, _ sending: Sending) -> ToldPart {
    var part = ToldPart("at \(copy.to)")
    switch copy.fate {
    case .onItsWay(let due):
      part.add("It is on its way from \(sending.from) and arrives at \(time(due)) s.")
      foresee(copy, in: &part)
    case .held:
      part.add("It is held on its way from \(sending.from); w releases it.")
      foresee(copy, in: &part)
    case .lost(let loss, let instant):
      part.add(
        "It never gets it: at \(time(instant)) s \(speaker.reason(loss, sending.from, copy.to)).")
    case .arrived(let finding, let instant):
      tell(finding, of: copy.to, at: instant, verb: verb(finding.verdict), in: &part)
      if let later = copy.judgedLater {
        tell(
          later.finding, of: copy.to, at: later.time,
          verb: "takes it up again and \(verb(later.finding.verdict))", in: &part)
      } else if finding.rule == .higherViewKept, let view = copy.message.view {
        part.add("It will judge it on entering \(view).")
      }
    }
    return part
  }

  private func verb(_ verdict: Verdict) -> String {
    switch verdict {
    case .accepted: "accepts it"
    case .kept: "keeps it"
    case .refused: "refuses it"
    }
  }

  /// A verdict with its rule, what the rule says and what it protects.
  private func tell(
    _ finding: Finding, of owner: Principal, at instant: Instant?, verb: String,
    in part: inout ToldPart
  ) {
    let entry = finding.rule.entry
    let when = instant.map { " at \(time($0)) s" } ?? ""
    var reason = speaker.sentence(finding)
    let word = finding.verdict.word + ": "
    if reason.hasPrefix(word) { reason.removeFirst(word.count) }
    part.add(
      [
        Span("\(owner) \(verb)\(when) by the rule "),
        Span(finding.rule.name, Style(.plain, .bold)), Span(": \(reason)"),
      ], after: [mark(finding.verdict), Span(" ")])
    part.add([
      Span("The rule (\(entry.section)): \(entry.sentence) ", .quiet),
      Span("It protects \(entry.protects.rawValue).", .quiet),
    ])
  }

  /// What its recipient would make of it now, found out by letting it arrive in a copy of the world.
  private func foresee(_ copy: SentCopy, in part: inout ToldPart) {
    var future = world
    guard let those = try? future.perform(.deliver(.number(copy.id))) else { return }
    for happening in those {
      switch happening.kind.ofEither {
      case .receive(copy.id, _, _, let to, let finding):
        let verb =
          switch finding.verdict {
          case .accepted: "would accept it"
          case .kept: "would keep it"
          case .refused: "would refuse it"
          }
        return tell(finding, of: to, at: nil, verb: "\(verb) if it arrived now,", in: &part)
      case .drop(copy.id, _, let from, let to, let loss):
        return part.add("If it arrived now it would be lost: \(speaker.reason(loss, from, to)).")
      default: continue
      }
    }
  }

  /// What its arrival led to at once.
  private func consequencePart(_ copy: SentCopy) -> ToldPart {
    var part = ToldPart("then")
    var sent: [String] = []
    for happening in model.inspected.consequences {
      if case .send(_, let message, copy.to, _, _) = happening.kind {
        let kind = message.kind.rawValue
        if !sent.contains(kind) { sent.append(kind) }
      } else if part.lines.count < 6 {
        part.add(speaker.sentence(happening))
      }
    }
    if !sent.isEmpty { part.add("\(copy.to) sends \(sent.joined(separator: ", ")).") }
    return part
  }

  // MARK: How it differs

  /// Field by field, from what the others get and from what it was before it was altered.
  private func differencePart(_ copy: SentCopy, _ sending: Sending) -> ToldPart {
    var part = ToldPart("differs")
    if copy.message != copy.sent, let alteration = copy.alteration {
      let rows = speaker.differences(copy.message, copy.sent)
        .map { "\(Self.word($0.name)) was \($0.other)" }
      part.add(
        "It was altered by hand, \(alteration.text), so it says \(speaker.short(copy.message)): "
          + "\(rows.joined(separator: ", ")) when it left.")
    }
    var versions: [(message: Message, holders: [String])] = []
    for other in sending.copies where other.message != copy.message {
      let holder = "\(other.to)"
      if let place = versions.firstIndex(where: { $0.message == other.message }) {
        if !versions[place].holders.contains(holder) { versions[place].holders.append(holder) }
      } else {
        versions.append((other.message, [holder]))
      }
    }
    for version in versions {
      let holders = version.holders.joined(separator: ", ")
      for row in speaker.differences(copy.message, version.message) {
        part.add(
          [
            Span("\(row.name): ", .label), Span(row.one, .fault),
            Span(" here, \(row.other) to \(holders)"),
          ], after: [Span("\(text(glyphs.differs)) ", .fault)])
      }
    }
    return part
  }

  // MARK: Its journey

  private func journeyPart(_ copy: SentCopy, _ sending: Sending) -> ToldPart {
    var part = ToldPart("journey")
    for happening in copy.happenings {
      let isNew = happening.step == world.step
      part.add(
        [Span(speaker.sentence(happening))],
        after: [
          Span("\(time(happening.time)) s", .plain.changed(if: isNew)),
          Span("  step \(happening.step)  ", .quiet),
        ])
    }
    if sending.followed < model.history.step {
      part.add("It is followed up to step \(sending.followed).")
    }
    return part
  }

  // MARK: Altering

  /// Whether it can be altered, and what would make it possible.
  private func alterationPart(_ copy: SentCopy, _ sending: Sending) -> ToldPart {
    var part = ToldPart("alter")
    part.alters = true
    let enter = Span("Enter ", Style(.key))
    guard copy.isOnItsWay else {
      let end = copy.happenings.last { $0.step <= world.step }?.step ?? sending.step
      part.add(
        "Only what is on its way can be altered: \(ascii("←")) goes back to before step \(end).")
      return part
    }
    if world.isFaultySender(sending.from) {
      part.add([
        enter, Span("alters this copy: \(sending.from) is faulty and may sign anything."),
      ])
      return part
    }
    part.add([enter, Span("destroys it, as a network can.")])
    switch sending.from {
    case .replica(let replica):
      part.add([
        Span("\(replica) is correct, so what it signs stays so. "),
        Span("\(replica.index) e ", Style(.key)), Span("makes it faulty, "),
        Span(": misbehave \(replica) by-hand", Style(.key)),
        Span(" lets it do only what you do."),
      ])
    case .client(let client):
      part.add([
        Span("\(client) is correct, so what it signs stays so. "),
        Span(": misbehave \(client) mute", Style(.key)), Span(" makes it faulty."),
      ])
    }
    return part
  }
}

/// Some lines under one name.
struct ToldPart {
  let name: String
  /// Each with what stands before it; what follows a break is as far in as the text.
  private(set) var lines: [(head: [Span], text: [Span])] = []
  var alters = false

  init(_ name: String) { self.name = name }

  mutating func add(_ text: String) { add([Span(text)]) }

  mutating func add(_ text: [Span], after head: [Span] = []) { lines.append((head, text)) }

  /// Broken to a width: the name at the left of the first, all others as far in.
  func lines(_ width: Int) -> [ToldLine] {
    let indent = Scene.toldIndent
    var told: [ToldLine] = []
    for line in lines {
      let room = width - indent - line.head.columns
      let rows =
        room < 16
        ? (line.head + line.text).wrapped(width: max(width - indent, 1))
        : line.text.wrapped(width: room).enumerated().map { place, row in
          (place == 0 ? line.head : [Span("".left(line.head.columns))]) + row
        }
      for row in rows {
        let name = (told.isEmpty ? name : "").left(indent)
        told.append(ToldLine(spans: [Span(name, Style(.label, .bold))] + row, alters: alters))
      }
    }
    return told
  }
}
