internal import Cells
internal import PBFT
internal import Simulation

/// What stands in the cells of the page Quorums.
extension Scene {
  /// The colour of a digest among those that a number has seen.
  func role(of digest: Digest?, among digests: [Digest]) -> Role {
    let roles: [Role] = [.digestA, .digestB, .digestC, .digestD]
    guard let digest, let index = digests.firstIndex(of: digest) else { return .plain }
    return roles[index % roles.count]
  }

  /// The mark of a lamp.
  func glyph(_ lamp: Lamp) -> Unicode.Scalar {
    switch lamp.state {
    case .counts: glyphs.received
    case .otherDigest, .early, .later, .withoutRequests: glyphs.kept
    case .travelling(_, let arrives): arrives == nil ? glyphs.held : glyphs.arrowRight
    case .refused: glyphs.refused
    case .lost(let loss, _): glyph(of: loss.fate, isRight: true)
    case .absent: glyphs.empty
    case .discarded, .unexpected: " "
    }
  }

  /// A lamp in so many columns: its mark, the letter of its digest and a word, as far as there is room.
  func told(_ lamp: Lamp, _ digests: [Digest], width: Int) -> Span {
    let mark = text(glyph(lamp))
    switch lamp.state {
    case .discarded, .unexpected: return Span("")
    case .absent: return Span(mark, .quiet)
    default: break
    }
    let letter = lamp.digest.map(letter) ?? ""
    let short = letter.columns > 2 ? String(letter.prefix(4)) : letter
    let plain = letter.isEmpty ? mark : "\(mark) \(short)"
    let style = style(lamp, digests)
    let words = words(lamp).map { "\(plain) \($0)" }
    return Span(
      fitting(width, words + [plain, mark + short, mark + String(short.prefix(1)), mark]), style)
  }

  private func style(_ lamp: Lamp, _ digests: [Digest]) -> Style {
    switch lamp.state {
    case .refused, .lost: .fault
    case .travelling: Style(role(of: lamp.digest, among: digests))
    case .counts: Style(role(of: lamp.digest, among: digests), .bold)
    default: Style(role(of: lamp.digest, among: digests))
    }
  }

  /// What follows the letter, the longest first.
  private func words(_ lamp: Lamp) -> [String] {
    if let second = lamp.second, second.digest != lamp.digest {
      let also = "\(text(glyphs.refused))\(letter(second.digest))"
      return lamp.isOwn ? ["own \(also)", also] : [also]
    }
    switch lamp.state {
    case .counts(let count) where count > 1: return ["x\(count)"]
    case .counts: return lamp.isOwn && lamp.kind != .prePrepare ? ["own"] : []
    case .otherDigest: return lamp.isOwn ? ["own"] : []
    case .early: return lamp.isOwn ? ["own"] : ["early"]
    case .later: return lamp.view.map { ["for \($0)", "\($0)"] } ?? []
    case .withoutRequests: return ["no requests", "no m"]
    case .travelling(let id, let arrives):
      return ["#\(id) \(arrives.map(time) ?? "held")", "#\(id)"]
    case .refused(let finding, _): return [finding.rule.name, "refused"]
    case .lost(let loss, _): return [loss == .withheld ? "withheld" : "lost", "lost"]
    case .absent, .discarded, .unexpected: return []
    }
  }

  /// `2 of 2 prepared`: how many votes of how many, and what follows.
  func told(
    _ kind: Message.Kind, of n: SequenceNumber, _ column: QuorumColumn, width: Int
  ) -> Span {
    let tally = tally(kind, column)
    if kind != .checkpoint, column.isDiscarded {
      return Span(fitting(width, ["discarded", "gone"]), .quiet)
    }
    if kind == .checkpoint, column.isStable, tally.have == 0 {
      return Span(fitting(width, ["stable, gone", "gone"]), .quiet)
    }
    let (long, short) = ("\(tally.have) of \(tally.need)", "\(tally.have)/\(tally.need)")
    let done = text(glyphs.done)
    guard isReached(kind, n, column) else {
      let style: Style = tally.have > 0 ? .plain : .quiet
      return Span(fitting(width, [long, short]), style)
    }
    let word = kind == .prepare ? "prepared" : kind == .checkpoint ? "stable" : "committed"
    return Span(
      fitting(width, ["\(long) \(word)", "\(long) \(done)", "\(short)\(done)", short]),
      Style(.done, .bold))
  }

  /// Whether the replica has drawn the conclusion.
  private func isReached(
    _ kind: Message.Kind, _ n: SequenceNumber, _ column: QuorumColumn
  ) -> Bool {
    let phase = world.replicas[column.replica.index].phase(of: n)
    switch kind {
    case .prepare: return phase >= .prepared
    case .checkpoint: return column.isStable
    default: return phase >= .committed
    }
  }

  /// The reply of a replica in so many columns.
  func told(_ row: ReplyRow, at index: Int, width: Int) -> Span {
    guard row.lamps.indices.contains(index) else { return Span("") }
    let lamp = row.lamps[index]
    let mark = text(glyph(lamp))
    switch lamp.state {
    case .absent: return Span(mark, .quiet)
    case .counts, .otherDigest:
      let result = row.results[index].map { "\(mark) \"\($0)\"" } ?? mark
      return Span(
        fitting(width, [result, mark]), lamp.state.isCounted ? Style(.done) : Style(.fault))
    case .refused(let finding, _):
      // Enough others have answered before it; a forged one is refused whenever it comes.
      let isLate = finding.fate == .late
      return Span(
        fitting(
          width, isLate ? ["\(mark) too late", "\(mark) late", mark] : ["\(mark) refused", mark]),
        isLate ? .quiet : .fault)
    default: return Span(fitting(width, words(lamp).map { "\(mark) \($0)" } + [mark]), .plain)
    }
  }
}
