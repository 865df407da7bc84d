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
    let slot = replica.log[n]
    let isExecuted = n <= replica.lastExecuted
    let number = Span(String(n.number).right(layout.number), slot == nil ? .quiet : .plain)
    guard let slot, let prePrepare = slot.prePrepare else {
      return [number] + unproposed(slot, layout) + [Span(layout.end), executedMark(isExecuted)]
    }
    let name = letter(prePrepare.digest)
    let width = max(layout.digest - 1, 1)
    // Digits, of a digest that has been told to nobody, are cut where they end.
    let isLetter = world.letterIndex(of: prePrepare.digest) != nil
    let letters = Span(
      String((" " + (isLetter ? name.suffix(width) : name.prefix(width))).suffix(layout.digest))
        .left(layout.digest), Style(.plain, .bold))
    let hasBatch = slot.batch != nil
    let proposal = Span(
      text(hasBatch ? glyphs.received : glyphs.kept).left(layout.proposal),
      Style(.prePrepare, .bold))
    return [
      number, letters, Span(layout.gap), proposal,
      tally(slot.matchingPrepares(in: settings), of: settings.needs.prepares, .prepare, layout),
      tally(slot.matchingCommits(), of: settings.needs.quorum, .commit, layout),
      Span(layout.end), executedMark(isExecuted),
    ]
  }

  /// A number without a proposal in this view: votes that came early, or a proof of an earlier view.
  private func unproposed(_ slot: Slot?, _ layout: Columns) -> [Span] {
    let width = layout.digest + layout.gap.columns + layout.proposal + 2 * layout.tally
    if let proof = slot?.certificate {
      let name = letter(proof.digest)
      let told = fitting(
        width - 1, ["\(name) prepared in \(proof.view)", "\(name) proof \(proof.view)"])
      return [Span((" " + told).left(width), Style(.viewChange))]
    }
    let early = (slot?.prepares.count ?? 0, slot?.commits.count ?? 0)
    if early != (0, 0) {
      let told = fitting(
        width - 1, ["early: P \(early.0), C \(early.1)", "early \(early.0)P \(early.1)C"])
      return [Span((" " + told).left(width), .quiet)]
    }
    return [Span((" " + text(glyphs.empty)).left(width), .quiet)]
  }

  private func executedMark(_ isExecuted: Bool) -> Span {
    isExecuted
      ? Span(text(glyphs.done), Style(.done, .bold)) : Span(text(glyphs.empty), .quiet)
  }

  private func tally(_ have: Int, of need: Int, _ role: Role, _ layout: Columns) -> Span {
    let reached = have >= need
    let mark = reached ? glyphs.received : have > 0 ? glyphs.kept : glyphs.empty
    let shown = layout.hasMarks ? "\(text(mark))\(have)/\(need)" : "\(min(have, 9))/\(need)"
    let style = reached ? Style(role, .bold) : have > 0 ? Style(role) : .quiet
    return Span(shown.right(layout.tally), style)
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
