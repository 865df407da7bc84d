internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// V, min-s and max-s; where the NEW-VIEW has arrived, and who has refused it.
extension ViewChangeTelling {
  func title(
    _ derivation: Derivation, _ index: Int, _ width: Int
  ) -> (long: [ViewChangeLine], short: [ViewChangeLine]) {
    let selection = derivation.selection
    let item: ViewChangeItem? = derivation.newView.map { _ in .newView(index) }
    let members = derivation.members.map(\.replica)
    let isNew =
      derivation.newView.map { $0.step == world.step }
      ?? (members != then.gathered(in: scene.before).map(\.replica))
    let style = Style(.viewChange, .bold).changed(if: isNew)
    var (lead, short): (String, String)
    if let newView = derivation.newView {
      let differs = story.newViews.count > 1 ? " \(index + 1)" : ""
      lead =
        newView.isKeptBack
        ? "NEW-VIEW\(differs) of \(newView.sender), kept back"
        : "NEW-VIEW\(differs) of \(newView.sender), sent at \(scene.time(newView.time)) s"
      short =
        newView.isKeptBack
        ? "NEW-VIEW\(differs) kept back" : "NEW-VIEW\(differs) \(scene.time(newView.time))"
    } else if members.isEmpty {
      let text =
        world.isCrashed(primary)
        ? "\(primary), which would compute O, is crashed."
        : "\(primary), which will compute O, holds no VIEW-CHANGE for \(name) yet."
      let line = ViewChangeLine([Span(text, Style.quiet.changed(if: isNew))])
      return ([line], [line])
    } else {
      let count = members.count == 1 ? "the one" : "the \(members.count)"
      lead =
        world.isCrashed(primary) || world.replicas[primary.index].view > view
        ? "If \(primary) had computed O from \(count) that it held"
        : "If \(primary) computed O now from \(count) that it holds"
      short = "if now"
    }
    let set = "V = {\(names(members.sorted()))}"
    let leadLine = scene.fitting(
      width,
      [[Span(lead, style), Span(":  \(set)")], [Span(short, style), Span(":  \(set)")]])
    let (minS, maxS) = (selection.minS.number, selection.maxS.number)
    let minMeaning = "min-s = \(minS), the latest stable checkpoint in V"
    let isEmpty = maxS == minS
    let maxMeaning =
      isEmpty
      ? "max-s = \(maxS), for nothing above it is proved"
      : "max-s = \(maxS), the highest n proved in V"
    let meaning = scene.fitting(
      width,
      [
        "\(minMeaning)    \(maxMeaning)", "\(minMeaning); \(maxMeaning)",
        "min-s = \(minS), the last checkpoint; max-s = \(maxS), \(isEmpty ? "no proof" : "the last proof")",
      ])
    var long = [
      ViewChangeLine(leadLine, item), ViewChangeLine([Span(meaning)], item, isFirst: false),
    ]
    var openedLines: [ViewChangeLine] = []
    if let item,
      scene.model.viewChange.opened.contains(item)
    {
      openedLines = opened(derivation, item, width)
    }
    long += openedLines
    let bounds = "min-s = \(minS)  max-s = \(maxS)"
    let shortLine = scene.fitting(
      width,
      [
        [Span(lead, style), Span(":  \(set)  \(bounds)")],
        [Span(short, style), Span("  \(set)  \(bounds)")],
        [Span(short, style), Span("  V of \(members.count)  \(bounds)")],
      ])
    var brief = [ViewChangeLine(shortLine, item)]
    let refusals = refusals(derivation, item, width)
    long += refusals
    brief += refusals + openedLines
    return (long, brief)
  }

  /// Who has refused the NEW-VIEW, by which rule and with which values; what is wrong with it, before anybody has.
  private func refusals(
    _ derivation: Derivation, _ item: ViewChangeItem?, _ width: Int
  ) -> [ViewChangeLine] {
    refusals(derivation).flatMap { said, isNew in
      [
        Span("\(text(glyphs.refused)) ", .fault),
        Span(said, Style(.fault).changed(if: isNew)),
      ].wrapped(width: width).map { ViewChangeLine($0, item, isFirst: false) }
    }
  }

  /// The same in words, and whether the last step has decided it.
  func refusals(_ derivation: Derivation) -> [(text: String, isNew: Bool)] {
    guard let newView = derivation.newView else { return [] }
    var told: [(sentence: String, by: [ReplicaID], isNew: Bool)] = []
    for id in world.cluster.replicas {
      let fate = newView.fate(at: id)
      guard case .refused(let finding) = fate.kind, finding.rule != .newViewCurrent else {
        continue
      }
      let sentence = scene.speaker.sentence(finding)
      let place = told.firstIndex { $0.sentence == sentence } ?? told.count
      if place == told.count { told.append((sentence, [], false)) }
      told[place].by.append(id)
      told[place].isNew = told[place].isNew || fate.step == world.step
    }
    let texts = told.map { ("refused by \(list($0.by)): \($0.sentence)", $0.isNew) }
    return texts.isEmpty && !derivation.isRight
      ? [("O is not what follows from V", false)] : texts
  }

  /// Where the NEW-VIEW has arrived.
  func arrivals(_ newView: Sent<NewView>, _ item: ViewChangeItem?) -> ViewChangeLine {
    var line = ViewChangeLine([Span("arrived", .label)], item, isFirst: false)
    for id in world.cluster.replicas where id != newView.sender {
      line.spans.append(Span("  \(id) "))
      let span = cell(newView.fate(at: id), true)
      let start = line.spans.columns
      if let copy = newView.fate(at: id).id {
        line.links.append((start..<start + span.columns, .choose(.copy(copy))))
      }
      line.spans.append(span)
    }
    return line
  }

  /// V member by member, and the copies of the NEW-VIEW.
  private func opened(
    _ derivation: Derivation, _ item: ViewChangeItem, _ width: Int
  ) -> [ViewChangeLine] {
    var lines: [ViewChangeLine] = []
    for member in derivation.members {
      let text = scene.speaker.short(.viewChange(member))
      for line in [Span("  V  \(member.replica)  \(text)")].wrapped(width: width) {
        lines.append(ViewChangeLine([line].flatMap { $0 }, item, isFirst: false))
      }
    }
    lines += derivation.newView.map { journeys($0) } ?? []
    return lines
  }
}
