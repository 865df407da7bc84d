internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// V, min-s, max-s, and O row by row with the reason of each choice (§4.4).
extension ViewChangeTelling {
  /// One for each NEW-VIEW; before there is one, what it would be now.
  var derivations: [Derivation] {
    guard !story.newViews.isEmpty else {
      return [Derivation(from: story.gathered(in: world), nil, in: world)]
    }
    return story.newViews.map { Derivation(from: $0.content.viewChanges, $0, in: world) }
  }

  func derivation(_ index: Int, _ width: Int) -> ViewChangeSection {
    let derivation = derivations[index]
    let title = self.title(derivation, index, width)
    guard !derivation.members.isEmpty else {
      return ViewChangeSection([title.long + [.blank], title.long], losses: [0, 1])
    }
    let rows = self.rows(derivation, index, width)
    let short = title.short + rows.lines
    let arrivals = derivation.newView.map { [self.arrivals($0, .newView(index))] } ?? []
    return ViewChangeSection(
      [
        title.long + arrivals + rows.heading + rows.lines + [.blank],
        title.long + rows.heading + rows.lines + [.blank], title.long + rows.heading + rows.lines,
        title.short + rows.heading + rows.lines, short,
      ], losses: [0, 1, 2, 6, 9])
  }

  private func rows(
    _ derivation: Derivation, _ index: Int, _ width: Int
  ) -> (heading: [ViewChangeLine], lines: [ViewChangeLine]) {
    guard !derivation.rows.isEmpty else {
      return (
        [], [ViewChangeLine([Span("O is empty: nothing above min-s is proved in V.", .quiet)])]
      )
    }
    // Whose proofs, or how many, whichever leaves room for the reasons.
    let byName = derivation.rows.map { self.proofs($0, byName: true) }
    let counted = derivation.rows.map { self.proofs($0, byName: false) }
    let isRoomy = (byName.map(\.columns).max() ?? 0) <= max(width * 2 / 5, 20)
    let proofs = isRoomy ? byName : counted
    let outcomes = derivation.rows.map { row in
      derivation.newView != nil
        ? row.proposed.map(scene.speaker.name) ?? text(glyphs.empty)
        : row.computed.map { scene.speaker.name(of: $0.digest) } ?? text(glyphs.empty)
    }
    let number = max(derivation.rows.map { "\($0.sequence.number)".columns }.max() ?? 1, 1)
    let proofWidth = max(proofs.map(\.columns).max() ?? 0, 11)
    let outcomeWidth = max(outcomes.map(\.columns).max() ?? 1, 1)
    let head =
      "n".right(number) + "  " + "proofs in V".left(proofWidth) + "  " + "O".left(outcomeWidth)
      + "  because"
    let earlier = previousRows(index)
    var lines: [ViewChangeLine] = []
    for (place, row) in derivation.rows.enumerated() {
      let item = ViewChangeItem.number(newView: index, row.sequence)
      let isNew = !earlier.contains(row)
      let style: Style = row.isWrong ? .fault : Style(.prePrepare, .bold)
      let room = width - number - 2 - proofWidth - 2 - outcomeWidth - 2
      let because = scene.fitting(room, reasons(row, derivation))
      lines.append(
        ViewChangeLine(
          [
            Span("\(row.sequence.number)".right(number) + "  ", .label),
            Span(proofs[place].left(proofWidth) + "  "),
            Span(outcomes[place].left(outcomeWidth), style.changed(if: isNew)),
            Span("  " + because, row.isWrong ? .fault : .plain),
          ], item))
      if scene.model.viewChange.opened.contains(item) {
        lines += opened(row, derivation, item, width)
      }
    }
    if derivation.selection.omitted > 0 || derivation.selection.rows.count > derivation.rows.count {
      lines.append(
        ViewChangeLine([
          Span("and so on up to max-s = \(derivation.selection.maxS.number)", .quiet)
        ]))
    }
    return ([ViewChangeLine([Span(head, Style(.label, .bold))])], lines)
  }

  private func previousRows(_ index: Int) -> [ChoiceRow] {
    if then.newViews.indices.contains(index) {
      let newView = then.newViews[index]
      return Derivation(from: newView.content.viewChanges, newView, in: scene.before).rows
    }
    return Derivation(from: then.gathered(in: scene.before), nil, in: scene.before).rows
  }

  func proofs(_ row: ChoiceRow, byName: Bool) -> String {
    if row.proofs.isEmpty { return "none" }
    return row.proofs.map { proof in
      let holders = byName ? names(proof.holders) : "x\(proof.holders.count)"
      return "\(scene.speaker.name(of: proof.digest)) \(proof.view) \(holders)"
    }.joined(separator: "; ")
  }

  /// The reason of the choice, and whether the new primary can propose it at once.
  func reasons(_ row: ChoiceRow, _ derivation: Derivation) -> [String] {
    let reasons = scene.speaker.reasons(row, world.rulesOff)
    guard !row.isWrong, let digest = row.computed?.digest, isUnknown(digest, row.sequence) else {
      return reasons
    }
    let name = scene.speaker.name(of: digest)
    return reasons.map { "\($0); \(primary) knows \(name) by its digest only, and fetches it" }
      + reasons.map { "\($0); \(primary) fetches \(name)" } + reasons
  }

  /// The new primary has never seen the requests: a PRE-PREPARE in O carries only their digest.
  private func isUnknown(_ digest: Digest, _ n: SequenceNumber) -> Bool {
    let own = world.replicas[primary.index]
    guard digest != Batch.null.digest, own.view == view || !own.isActive, own.view <= view,
      n > own.lastExecuted
    else { return false }
    return !(own.log[n]?.batches.contains { $0.digest == digest } ?? false)
  }

  /// Each proof of a number in full.
  private func opened(
    _ row: ChoiceRow, _ derivation: Derivation, _ item: ViewChangeItem, _ width: Int
  ) -> [ViewChangeLine] {
    var texts: [String] = []
    for member in derivation.members {
      for proof in member.prepared where proof.sequence == row.sequence {
        texts.append(
          "VIEW-CHANGE of \(member.replica): \(scene.speaker.name(of: proof.digest)) prepared in "
            + "\(proof.view), PRE-PREPARE of \(proof.prePrepare.replica), PREPAREs of "
            + "\(list(proof.prepares.map(\.replica).sorted()))")
      }
    }
    let without = derivation.members.filter { member in
      !member.prepared.contains { $0.sequence == row.sequence }
    }
    if !without.isEmpty {
      texts.append(
        "\(list(without.map(\.replica).sorted())) \(without.count == 1 ? "proves" : "prove") nothing for it"
      )
    }
    if let told = executed(row.sequence) { texts.append(told) }
    return texts.flatMap { text in
      [Span(text)].wrapped(width: max(width - 5, 10)).map {
        ViewChangeLine([Span("     ")] + $0, item, isFirst: false)
      }
    }
  }

  private func executed(_ n: SequenceNumber) -> String? {
    let those = world.replicas.filter { $0.lastExecuted >= n && !world.isCrashed($0.id) }.map(\.id)
    return those.isEmpty
      ? nil
      : "executed by \(list(those)) by now; nobody executes it a second time"
  }
}
