internal import Cells
internal import PBFT
internal import Simulation

/// The phases of each sequence number at one replica, with their tallies.
extension Scene {
  /// How many rows of numbers a pane shows that has so many rows for them, their heading and the log.
  func gridRows(_ replica: Replica, of rows: Int) -> Int {
    // The same for every replica, so that the panes can be compared.
    let most = world.replicas.map { activeNumbers($0).count }.max() ?? 0
    let log = min(5, rows / 2)
    return max(0, min(max(most, 1), rows - 1 - log))
  }

  /// The numbers in use, from the first to the last.
  private func activeNumbers(_ replica: Replica) -> ClosedRange<Int> {
    let first = replica.low.next.number
    let last =
      replica.log.used.last {
        $0.prePrepare != nil || !$0.prepares.isEmpty
          || !$0.commits.isEmpty || $0.certificate != nil
      }?.sequence.number ?? first
    return first...max(first, last)
  }

  func drawGrid(_ buffer: inout CellBuffer, _ region: Region, _ replica: Replica) {
    let layout = Columns(width: region.columns)
    buffer.put(layout.heading, at: region.origin, style: .label, maxWidth: region.columns)
    let rows = region.rows - 1
    guard rows > 0 else { return }
    let active = activeNumbers(replica)
    let first = max(active.lowerBound, active.upperBound - rows + 1)
    for row in 0..<rows {
      let number = first + row
      guard number <= active.upperBound else { break }
      let spans = gridRow(replica, SequenceNumber(number), layout)
      buffer.put(
        spans, at: Position(x: region.x, y: region.y + 1 + row), maxWidth: region.columns)
    }
  }

  private func gridRow(_ replica: Replica, _ n: SequenceNumber, _ layout: Columns) -> [Span] {
    let id = replica.id
    let slot = replica.log[n]
    let isExecuted = n <= replica.lastExecuted
    let executed = Span(
      text(isExecuted ? glyphs.done : glyphs.empty),
      (isExecuted ? Style(.done, .bold) : .quiet)
        .changed(if: hasChanged { n <= $0.replicas[id.index].lastExecuted }))
    let number = Span(String(n.number).right(layout.number), slot == nil ? .quiet : .plain)
    guard let slot, let prePrepare = slot.prePrepare else {
      return [number] + unproposed(slot, id, n, layout) + [Span(layout.end), executed]
    }
    return [number] + proposal(prePrepare, slot, id, layout)
      + tally(id, layout, .prepare) { [$0.prepares(n, at: id), $0.settings.needs.prepares] }
      + tally(id, layout, .commit) { [$0.commits(n, at: id), $0.settings.needs.quorum] }
      + [Span(layout.end), executed]
  }

  /// The digest, and whether its requests are known.
  private func proposal(
    _ prePrepare: PrePrepare, _ slot: Slot, _ id: ReplicaID, _ layout: Columns
  ) -> [Span] {
    func isNew<Value: Equatable>(_ look: (Slot?) -> Value) -> Bool {
      hasChanged { look($0.replicas[id.index].log[slot.sequence]) }
    }
    let name = letter(prePrepare.digest)
    let width = max(layout.digest - 1, 1)
    // Digits, of a digest that has been told to nobody, are cut where they end.
    let isLetter = world.letterIndex(of: prePrepare.digest) != nil
    let letters = String(
      (" " + (isLetter ? name.suffix(width) : name.prefix(width))).suffix(layout.digest))
    let style = Style(.prePrepare, .bold)
    let isProposed = isNew { slot in
      slot?.prePrepare.map { [$0.view.number, slot?.batch == nil ? 0 : 1] }
    }
    return padded(
      letters, layout.digest, Style(.plain, .bold).changed(if: isNew { $0?.prePrepare?.digest }))
      + [Span(layout.gap)]
      + padded(
        text(slot.batch != nil ? glyphs.received : glyphs.kept), layout.proposal,
        style.changed(if: isProposed))
  }

  /// A number without a proposal in this view: votes that came early, or a proof of an earlier view.
  private func unproposed(
    _ slot: Slot?, _ id: ReplicaID, _ n: SequenceNumber, _ layout: Columns
  ) -> [Span] {
    let width = layout.digest + layout.gap.columns + layout.proposal + 2 * layout.tally
    if let proof = slot?.certificate {
      let name = letter(proof.digest)
      let told = fitting(
        width - 1, ["\(name) prepared in \(proof.view)", "\(name) proof \(proof.view)"])
      let isNew = hasChanged { world in
        world.replicas[id.index].log[n].flatMap {
          $0.prePrepare == nil ? $0.certificate?.view : nil
        }
      }
      return padded(" " + told, width, Style(.viewChange).changed(if: isNew))
    }
    let early = (slot?.prepares.count ?? 0, slot?.commits.count ?? 0)
    if early != (0, 0) {
      let told = fitting(
        width - 1, ["early: P \(early.0), C \(early.1)", "early \(early.0)P \(early.1)C"])
      let isNew = hasChanged { world in
        world.replicas[id.index].log[n].map { [$0.prepares.count, $0.commits.count] }
      }
      return padded(" " + told, width, Style.quiet.changed(if: isNew))
    }
    return [Span((" " + text(glyphs.empty)).left(width), .quiet)]
  }

  /// How many of how many, looked at now and one step before.
  private func tally(
    _ id: ReplicaID, _ layout: Columns, _ role: Role, _ look: (World) -> [Int]
  ) -> [Span] {
    let (have, need) = (look(world)[0], look(world)[1])
    let reached = have >= need
    let mark = reached ? glyphs.received : have > 0 ? glyphs.kept : glyphs.empty
    let shown = layout.hasMarks ? "\(text(mark))\(have)/\(need)" : "\(min(have, 9))/\(need)"
    let style = reached ? Style(role, .bold) : have > 0 ? Style(role) : .quiet
    return padded(shown.right(layout.tally), layout.tally, style.changed(if: hasChanged(look)))
  }

  /// A text with the blanks that make it as wide as its column; only the text itself looks so.
  private func padded(_ text: String, _ width: Int, _ style: Style) -> [Span] {
    let blanks = text.prefix { $0 == " " }
    let word = text.dropFirst(blanks.count)
    return [
      Span(String(blanks)), Span(String(word), style),
      Span(String(repeating: " ", count: max(width - text.columns, 0))),
    ]
  }

  /// How wide each column is in a pane of some width.
  struct Columns {
    let end: String
    let number: Int
    let digest: Int
    let gap: String
    let proposal: Int
    let tally: Int
    let hasMarks: Bool
    let heading: String

    init(width: Int) {
      end = width < 17 ? "" : " "
      switch width {
      case ..<17:
        (number, digest, gap, proposal, tally, hasMarks) = (2, width < 14 ? 1 : 2, "", 1, 4, false)
        heading = width < 14 ? " nd  P   C  X" : " n d   P   C X"
      case ..<22:
        (number, digest, gap, proposal, tally, hasMarks) = (2, 3, "", 2, 4, false)
        heading = " n d PP  P   C X"
      default:
        (number, digest, gap, proposal, tally, hasMarks) = (3, 3, " ", 2, 6, true)
        heading = "  n d  PP   P     C  X"
      }
    }
  }
}

extension World {
  /// How many PREPAREs count for a number at a replica.
  func prepares(_ n: SequenceNumber, at replica: ReplicaID) -> Int {
    replicas[replica.index].log[n]?.matchingPrepares(in: settings) ?? 0
  }

  /// How many COMMITs count for a number at a replica.
  func commits(_ n: SequenceNumber, at replica: ReplicaID) -> Int {
    replicas[replica.index].log[n]?.matchingCommits() ?? 0
  }
}
