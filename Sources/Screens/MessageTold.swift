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
    let fate = [verdictPart(copy, sending), differencePart(copy, sending)]
    let content = [fieldPart(copy), signaturePart(copy, sending)]
    let way = [journeyPart(copy, sending), alterationPart(copy, sending)]
    let columns = places.told.count > 1 ? [content, fate + way] : [fate + content + way]
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
      part.lines += foreseen(copy)
    case .held:
      part.add("It is held on its way from \(sending.from); w releases it.")
      part.lines += foreseen(copy)
    case .lost(let loss, let instant):
      part.add(
        "It never gets it: at \(time(instant)) s \(speaker.reason(loss, sending.from, copy.to)).")
    case .arrived(let finding, let instant):
      part.lines += told(finding, of: copy.to, at: instant, verb: verb(finding.verdict))
      if let later = copy.judgedLater {
        part.lines += told(
          later.finding, of: copy.to, at: later.time,
          verb: "takes it up again and \(verb(later.finding.verdict))")
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
  private func told(
    _ finding: Finding, of owner: Principal, at instant: Instant?, verb: String
  ) -> [[Span]] {
    let entry = finding.rule.entry
    let when = instant.map { " at \(time($0)) s" } ?? ""
    var reason = speaker.sentence(finding)
    let word = finding.verdict.word + ": "
    if reason.hasPrefix(word) { reason.removeFirst(word.count) }
    return [
      [
        mark(finding.verdict), Span(" \(owner) \(verb)\(when) by the rule "),
        Span(finding.rule.name, Style(.plain, .bold)), Span(": \(reason)"),
      ],
      [
        Span("The rule (\(entry.section)): \(entry.sentence) ", .quiet),
        Span("It protects \(entry.protects.rawValue).", .quiet),
      ],
    ]
  }

  /// What its recipient would make of it now, found out by letting it arrive in a copy of the world.
  private func foreseen(_ copy: SentCopy) -> [[Span]] {
    var future = world
    guard let those = try? future.perform(.deliver(.number(copy.id))) else { return [] }
    for happening in those {
      guard case .receive(copy.id, _, _, let to, let finding) = happening.kind.ofEither else {
        continue
      }
      let verb =
        switch finding.verdict {
        case .accepted: "would accept it"
        case .kept: "would keep it"
        case .refused: "would refuse it"
        }
      return told(finding, of: to, at: nil, verb: "\(verb) if it arrived now,")
    }
    return [[Span("If it arrived now it would be lost: \(copy.to) is down.")]]
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
        part.lines.append([
          Span("\(text(glyphs.differs)) ", .fault), Span("\(row.name): ", .label),
          Span(row.one, .fault), Span(" here, \(row.other) to \(holders)"),
        ])
      }
    }
    return part
  }

  // MARK: Its journey

  private func journeyPart(_ copy: SentCopy, _ sending: Sending) -> ToldPart {
    var part = ToldPart("journey")
    for happening in copy.happenings {
      let isNew = happening.step == world.step
      part.lines.append([
        Span("\(time(happening.time)) s ", .plain.changed(if: isNew)),
        Span("step \(happening.step)  ", .quiet), Span(speaker.sentence(happening)),
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
      part.lines.append([
        enter, Span("alters this copy: \(sending.from) is faulty and may sign anything."),
      ])
      return part
    }
    part.lines.append([enter, Span("destroys it, as a network can.")])
    switch sending.from {
    case .replica(let replica):
      part.lines.append([
        Span("\(replica) is correct, so what it signs stays so. "),
        Span("\(replica.index) e ", Style(.key)), Span("makes it faulty, "),
        Span(": misbehave \(replica) by-hand", Style(.key)),
        Span(" lets it do only what you do."),
      ])
    case .client(let client):
      part.lines.append([
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
  var lines: [[Span]] = []
  var alters = false

  init(_ name: String) { self.name = name }

  mutating func add(_ text: String) { lines.append([Span(text)]) }

  /// Broken to a width: the name at the left of the first, all others as far in.
  func lines(_ width: Int) -> [ToldLine] {
    let indent = Scene.toldIndent
    var told: [ToldLine] = []
    for line in lines {
      // What follows a break is as far in as its line.
      for row in line.wrapped(width: max(width - indent, 1)) {
        let name =
          told.isEmpty ? Span(self.name.left(indent), Style(.label, .bold)) : Span("".left(indent))
        told.append(ToldLine(spans: [name] + row, alters: alters))
      }
    }
    return told
  }
}
