internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// Every VIEW-CHANGE with its h, C and P, and where it has arrived.
extension ViewChangeTelling {
  /// How much of each column is shown.
  private struct Columns {
    let showsWhy: Bool
    /// The signers of C by name; otherwise how many.
    let namesSigners: Bool
    /// 0: whose PREPAREs; 1: the view of each proof; 2: digests alone.
    let proofs: Int
    let showsTimes: Bool
    /// Many recipients stand close together: by name, or by number where even that is too wide.
    var crowding = Crowding.none

    enum Crowding { case none, names, numbers }
  }

  private static let choices = [
    Columns(showsWhy: true, namesSigners: true, proofs: 0, showsTimes: true),
    Columns(showsWhy: true, namesSigners: false, proofs: 0, showsTimes: true),
    Columns(showsWhy: true, namesSigners: false, proofs: 0, showsTimes: false),
    Columns(showsWhy: true, namesSigners: false, proofs: 1, showsTimes: true),
    Columns(showsWhy: true, namesSigners: false, proofs: 1, showsTimes: false),
    Columns(showsWhy: false, namesSigners: false, proofs: 1, showsTimes: false),
    Columns(showsWhy: false, namesSigners: false, proofs: 2, showsTimes: false),
    Columns(showsWhy: false, namesSigners: false, proofs: 3, showsTimes: false),
    Columns(showsWhy: false, namesSigners: false, proofs: 3, showsTimes: false, crowding: .names),
    Columns(showsWhy: false, namesSigners: false, proofs: 3, showsTimes: false, crowding: .numbers),
  ]

  /// The table in several lengths.
  func asks(_ width: Int) -> ViewChangeSection {
    let columns =
      Self.choices.first { table($0, width).allSatisfy { $0.spans.columns <= width } }
      ?? Self.choices[Self.choices.count - 1]
    let rows = table(columns, width)
    let silent = silentLines(width)
    let notes = refusals(width)
    let legend = ViewChangeLine([Span(self.legend(width), .quiet)])
    func opened(_ all: Bool) -> [ViewChangeLine] {
      rows.flatMap { line -> [ViewChangeLine] in
        guard case .viewChange(let sender, let number)? = line.item,
          let sent = story.viewChanges.first(where: { $0.sender == sender && $0.number == number })
        else { return [line] }
        let isOpened = line.item.map { scene.model.viewChange.opened.contains($0) } ?? false
        let details = content(sent, line.item, width)
        return [line] + (isOpened ? details + journeys(sent) : all ? details : [])
      }
    }
    let together = silentTogether.map { [ViewChangeLine([Span($0, .quiet)])] } ?? []
    let rest: [ViewChangeLine] = silent + notes
    let end: [ViewChangeLine] = [legend, .blank]
    let all: [ViewChangeLine] = opened(true) + rest + end
    let chosen: [ViewChangeLine] = opened(false)
    let shortest: [ViewChangeLine] = chosen + (together.isEmpty ? silent : together)
    return ViewChangeSection(
      [
        all, chosen + rest + end, chosen + rest + [.blank], chosen + rest, shortest,
      ], losses: [0, 2, 5, 6, 11])
  }

  // MARK: The rows

  private func table(_ columns: Columns, _ width: Int) -> [ViewChangeLine] {
    let ids = world.cluster.replicas
    let cells = story.viewChanges.map { sent in
      ids.map { cell(sent.fate(at: $0), columns.showsTimes) }
    }
    let senders = story.viewChanges.map(sender)
    let whens = story.viewChanges.map { when($0, columns.showsWhy) }
    let lows = story.viewChanges.map { "\($0.content.stable.sequence.number)" }
    let signers = story.viewChanges.map { self.signers($0.content, columns.namesSigners) }
    let proofs = story.viewChanges.map { self.proofs($0.content, columns.proofs) }
    let widths = (
      sender: widest(senders, "from"), when: widest(whens, "asked"),
      low: widest(lows, "h"), signers: widest(signers, "C"),
      proofs: widest(proofs, proofsHeading(columns.proofs).last ?? "P")
    )
    let names = ids.map { id in
      columns.crowding == .numbers ? "\(id.index)" : columns.showsTimes ? "at \(id)" : "\(id)"
    }
    let gap = columns.crowding == .none ? "  " : " "
    let cellWidth = max(
      cells.joined().map(\.text.columns).max() ?? 1, names.map(\.columns).max() ?? 1)
    let heading = scene.fitting(widths.proofs, proofsHeading(columns.proofs))
    var head = [
      "from".left(widths.sender), "asked".left(widths.when), "h".left(widths.low),
      "C".left(widths.signers), heading.left(widths.proofs),
    ].joined(separator: " ")
    for name in names { head += gap + name.left(cellWidth) }
    var lines = [ViewChangeLine([Span(head, Style(.label, .bold))])]
    for (row, sent) in story.viewChanges.enumerated() {
      let isNew = sent.step == world.step
      var line = ViewChangeLine(
        [
          Span(senders[row].left(widths.sender), Style(.viewChange, .bold).changed(if: isNew)),
          Span(" " + whens[row].left(widths.when)), Span(" " + lows[row].left(widths.low)),
          Span(" " + signers[row].left(widths.signers)),
          Span(" " + proofs[row].left(widths.proofs)),
        ], .viewChange(sent.sender, sent.number))
      for id in ids {
        let span = cells[row][id.index]
        line.spans.append(Span(gap))
        if let copy = sent.fate(at: id).id {
          let start = line.spans.columns
          line.links.append((start..<start + span.columns, ViewChangeAction.choose(.copy(copy))))
        }
        line.spans.append(Span(span.text, span.style))
        line.spans.append(Span(String(repeating: " ", count: max(cellWidth - span.columns, 0))))
      }
      lines.append(line.trimmed)
    }
    return lines
  }

  private func widest(_ texts: [String], _ heading: String) -> Int {
    max(texts.map(\.columns).max() ?? 0, heading.columns)
  }

  func sender(_ sent: Sent<ViewChange>) -> String {
    let differs = story.viewChanges.contains { $0.sender == sent.sender && $0.number > 0 }
    let mark = world.isFaulty(sent.sender) ? text(glyphs.faulty) : ""
    return "\(sent.sender)\(mark)" + (differs ? " (\(sent.number + 1))" : "")
  }

  private func when(_ sent: Sent<ViewChange>, _ showsWhy: Bool) -> String {
    guard let asking = story.asked[sent.sender.index] else { return scene.time(sent.time) }
    let why = asking.byTimer ? " timer" : " joins"
    return scene.time(asking.time) + (showsWhy ? why : "")
  }

  private func signers(_ content: ViewChange, _ byName: Bool) -> String {
    let signers = content.stable.checkpoints.map(\.replica).sorted()
    if signers.isEmpty { return "-" }
    return byName ? names(signers) : "\(signers.count)"
  }

  private func proofsHeading(_ detail: Int) -> [String] {
    switch detail {
    case 0: ["P: n digest (view, PREPAREs of)", "P: n digest (view, by)", "P: n digest", "P"]
    case 1: ["P: n digest view", "P: n digest", "P"]
    case 2: ["P: n digest", "P"]
    default: ["P"]
    }
  }

  private func proofs(_ content: ViewChange, _ detail: Int) -> String {
    if content.prepared.isEmpty { return detail < 2 ? "empty" : "-" }
    if detail == 3 { return "\(content.prepared.count)" }
    let views = Set(content.prepared.map(\.view))
    return content.prepared.map { proof in
      let name = "\(proof.sequence.number)\(scene.speaker.name(of: proof.digest))"
      switch detail {
      case 0: return "\(name) (\(proof.view) \(names(proof.prepares.map(\.replica).sorted())))"
      case 1: return "\(name) \(proof.view)"
      default: return views.count > 1 ? "\(name)\(proof.view)" : name
      }
    }.joined(separator: detail < 2 ? "  " : " ")
  }

  // MARK: Those without

  /// Whoever has sent none, each with why, the longest way to say it first.
  var silent: [(id: ReplicaID, why: [String])] {
    world.cluster.replicas.compactMap { id in
      guard !story.viewChanges.contains(where: { $0.sender == id }) else { return nil }
      switch story.standing(of: id, in: world) {
      case .crashed(let since):
        let when = since.map { " since \(scene.time($0)) s" } ?? ""
        let enough = "; \(needs.newView) of \(world.cluster.replicaCount) are enough"
        return (id, ["is crashed\(when)\(enough)", "is crashed\(when)", "crashed"])
      case .beyond(let view, let isActive):
        return (id, ["\(isActive ? "works in" : "is changing to") view \(view.number)"])
      case .works: return (id, ["has entered it without asking for it"])
      case .notAsked(let lower, true, _, _) where world.leads(id):
        let leads = "has not asked; it leads view \(lower.number)"
        return (id, ["\(leads), and a primary runs no timer", leads, "has not asked"])
      default:
        return (
          id,
          [
            "has not asked; \(timer(id))", "has not asked; \(shortTimer(id))", "has not asked",
          ]
        )
      }
    }
  }

  private func silentLines(_ width: Int) -> [ViewChangeLine] {
    silent.map {
      ViewChangeLine([
        Span("\($0.id) ".left(5), Style(.viewChange)),
        Span(scene.fitting(width - 5, $0.why), .quiet),
      ])
    }
  }

  /// All of them in one line.
  private var silentTogether: String? {
    let silent = silent
    guard silent.count > 1 else { return nil }
    let down = silent.map(\.id).filter(world.isCrashed)
    let others = silent.map(\.id).filter { !world.isCrashed($0) }
    return
      ([(down, "crashed"), (others, "not asked")].compactMap { ids, word in
        ids.isEmpty ? nil : "\(word): \(names(ids))"
      }).joined(separator: "   ")
  }

  /// Which rule has refused which VIEW-CHANGE where.
  private func refusals(_ width: Int) -> [ViewChangeLine] {
    refusedAsks.flatMap { note in
      [
        Span("\(text(glyphs.refused)) ", .fault),
        Span(note.text, Style.plain.changed(if: note.isNew)),
      ].wrapped(width: width).map { ViewChangeLine($0) }
    }
  }

  /// The same in words, and whether the last step has decided it.
  var refusedAsks: [(text: String, isNew: Bool)] {
    var told: [(text: String, isNew: Bool)] = []
    for sent in story.viewChanges {
      for id in world.cluster.replicas {
        let fate = sent.fate(at: id)
        guard case .refused(let finding) = fate.kind, finding.rule != .viewChangeCurrent else {
          continue
        }
        let which = sender(sent)
        told.append(
          (
            "\(id) refuses that of \(which): \(scene.speaker.sentence(finding))",
            fate.step == world.step
          ))
      }
    }
    return told
  }
}

extension ViewChangeLine {
  /// Without blanks at its end.
  var trimmed: ViewChangeLine {
    var line = self
    while let last = line.spans.last, last.text.allSatisfy({ $0 == " " }) {
      line.spans.removeLast()
    }
    return line
  }
}
