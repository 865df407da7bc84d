internal import Cells
internal import Language
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
    let was = before.replicas[replica.id.index]
    for (row, number) in gridNumbers(replica, rows: region.rows - 1).enumerated() {
      let spans = gridRow(replica, was, SequenceNumber(number), layout)
      buffer.put(
        spans, at: Position(x: region.x, y: region.y + 1 + row), maxWidth: region.columns)
    }
  }

  /// The numbers that so many rows show: the last of those in use.
  func gridNumbers(_ replica: Replica, rows: Int) -> [Int] {
    let active = activeNumbers(replica)
    let first = max(active.lowerBound, active.upperBound - rows + 1)
    return rows > 0 ? Array((first...active.upperBound).prefix(rows)) : []
  }

  private func gridRow(
    _ replica: Replica, _ was: Replica, _ n: SequenceNumber, _ layout: Columns
  ) -> [Span] {
    let slot = replica.log[n]
    let then = was.log[n]
    // The one that was chosen is the one that Quorums shows.
    let style: Style =
      n == model.quorums.sequence ? Style(.focus, .underline) : slot == nil ? .quiet : .plain
    let number = Span(String(n.number).right(layout.number), style)
    let isExecuted = n <= replica.lastExecuted
    let word = isExecuted && layout.hasWords ? "\(text(glyphs.done)) executed" : text(glyphs.done)
    let executed = Span(
      isExecuted ? word : text(glyphs.empty),
      (isExecuted ? Style(.done, .bold) : .quiet)
        .changed(if: isExecuted != (n <= was.lastExecuted)))
    guard let slot, let prePrepare = slot.prePrepare else {
      return [number] + unproposed(slot, then, layout) + [Span(layout.end), executed]
    }
    return [number] + proposal(prePrepare, slot, then, layout)
      + tally(prepares(slot, world), prepares(then, before), .prepare, layout)
      + tally(commits(slot, world), commits(then, before), .commit, layout)
      + [Span(layout.end), executed]
  }

  /// The digest, and whether its requests are known.
  private func proposal(
    _ prePrepare: PrePrepare, _ slot: Slot, _ then: Slot?, _ layout: Columns
  ) -> [Span] {
    let name = letter(prePrepare.digest)
    let width = max(layout.digest - 1, 1)
    // Digits, of a digest that has been told to nobody, are cut where they end.
    let index = world.letterIndex(of: prePrepare.digest)
    let isLetter = index != nil
    let letters = String(
      (" " + (isLetter ? name.suffix(width) : name.prefix(width))).suffix(layout.digest))
    let hasBatch = slot.batch != nil
    let isNew =
      then?.prePrepare?.view != prePrepare.view || hasBatch != (then?.batch != nil)
    let isRenamed =
      then?.prePrepare?.digest != prePrepare.digest
      || before.letterIndex(of: prePrepare.digest) != index
    let requests = slot.batch?.requests.map { "\($0) \($0.operation.text)" } ?? []
    let told = fitting(
      max(layout.requests - 2, 0), [requests.joined(separator: ", "), requests.first ?? "", ""])
    return padded(letters, layout.digest, Style(.plain, .bold).changed(if: isRenamed))
      + [
        Span(
          ("  " + told).left(layout.requests).prefix(layout.requests).description, Style(.client))
      ]
      + [Span(layout.gap)]
      + padded(
        text(hasBatch ? glyphs.received : glyphs.kept), layout.proposal,
        Style(.prePrepare, .bold).changed(if: isNew))
  }

  /// A number without a proposal in this view: votes that came early, or a proof of an earlier view.
  private func unproposed(_ slot: Slot?, _ then: Slot?, _ layout: Columns) -> [Span] {
    let width =
      layout.digest + layout.requests + layout.gap.columns + layout.proposal + 2 * layout.tally
    if let proof = slot?.certificate {
      let name = letter(proof.digest)
      let told = fitting(
        width - 1, ["\(name) prepared in \(proof.view)", "\(name) proof \(proof.view)"])
      // While there was a proposal, that was told instead.
      let isNew = then?.prePrepare != nil || then?.certificate?.view != proof.view
      return padded(" " + told, width, Style(.viewChange).changed(if: isNew))
    }
    let early = Self.early(slot)
    if early != [0, 0] {
      let told = fitting(
        width - 1, ["early: P \(early[0]), C \(early[1])", "early \(early[0])P \(early[1])C"])
      return padded(" " + told, width, Style.quiet.changed(if: early != Self.early(then)))
    }
    return [Span((" " + text(glyphs.empty)).left(width), .quiet)]
  }

  /// The PREPAREs and COMMITs that came before what they vote for.
  private static func early(_ slot: Slot?) -> [Int] {
    [slot?.prepares.count ?? 0, slot?.commits.count ?? 0]
  }

  private func tally(
    _ now: Tally, _ then: Tally, _ role: Role, _ layout: Columns
  ) -> [Span] {
    let reached = now.have >= now.need
    let mark = reached ? glyphs.received : now.have > 0 ? glyphs.kept : glyphs.empty
    let shown =
      layout.tally >= 10
      ? "\(text(mark)) \(now.have) of \(now.need)"
      : layout.hasMarks
        ? "\(text(mark))\(now.have)/\(now.need)" : "\(min(now.have, 9))/\(now.need)"
    let style = reached ? Style(role, .bold) : now.have > 0 ? Style(role) : .quiet
    return padded(shown.right(layout.tally), layout.tally, style.changed(if: now != then))
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
    /// What the digest stands for, where there is room.
    var requests = 0
    let gap: String
    let proposal: Int
    let tally: Int
    let hasMarks: Bool
    /// The last mark has its word.
    var hasWords = false
    let heading: String

    init(width: Int) {
      end = width < 17 ? "" : width < 36 ? " " : "  "
      switch width {
      case ..<17:
        (number, digest, gap, proposal, tally, hasMarks) = (2, width < 14 ? 1 : 2, "", 1, 4, false)
        heading = width < 14 ? " nd  P   C  X" : " n d   P   C X"
      case ..<22:
        (number, digest, gap, proposal, tally, hasMarks) = (2, 3, "", 2, 4, false)
        heading = " n d PP  P   C X"
      case ..<36:
        (number, digest, gap, proposal, tally, hasMarks) = (3, 3, " ", 2, 6, true)
        heading = "  n d  PP   P     C  X"
      default:
        (number, digest, gap, proposal, tally, hasMarks) = (3, 3, "  ", 2, 11, true)
        hasWords = width >= 44
        requests = width >= 64 ? width - 44 : 0
        heading =
          "  n d " + (requests > 0 ? "  requests".left(requests) : "")
          + "  PP   PREPAREs    COMMITs  X"
      }
    }
  }
}

/// How many votes of how many that are needed.
struct Tally: Equatable {
  let have: Int
  let need: Int
}

extension Scene {
  /// The PREPAREs that count for a number; none where nothing is known of it.
  func prepares(_ slot: Slot?, _ world: World) -> Tally {
    Tally(
      have: slot?.matchingPrepares(in: world.settings) ?? 0, need: world.settings.needs.prepares)
  }

  /// The COMMITs that count for a number.
  func commits(_ slot: Slot?, _ world: World) -> Tally {
    Tally(have: slot?.matchingCommits() ?? 0, need: world.settings.needs.quorum)
  }
}
