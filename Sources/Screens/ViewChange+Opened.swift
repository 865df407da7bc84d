internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// Where a message has arrived, and what it holds, opened.
extension ViewChangeTelling {
  /// A mark, and beside it since when, until when, or what happened.
  func cell(_ fate: Fate, _ showsTime: Bool) -> Span {
    let (glyph, words, style) = parts(fate)
    let shown = showsTime && !words.isEmpty ? "\(text(glyph)) \(words)" : text(glyph)
    return Span(shown, style.changed(if: fate.step == world.step && fate.kind != .unsent))
  }

  private func parts(_ fate: Fate) -> (Unicode.Scalar, String, Style) {
    switch fate.kind {
    case .unsent: (glyphs.empty, "", .quiet)
    case .own: (glyphs.received, "own", .plain)
    case .onItsWay(let arrives): (glyphs.inFlight, scene.time(arrives), .plain)
    case .held: (glyphs.held, "held", .plain)
    case .lost(let loss): (scene.glyph(of: loss.fate, isRight: true), word(loss), .fault)
    case .forgotten: (glyphs.empty, "gone", .quiet)
    case .counts: (glyphs.done, scene.time(fate.time), .done)
    // It had entered the view before, or gone on.
    case .refused(let finding) where finding.rule == .viewChangeCurrent:
      (glyphs.refused, "late", .quiet)
    case .refused: (glyphs.refused, scene.time(fate.time), .fault)
    }
  }

  private func word(_ loss: Happening.Loss) -> String {
    switch loss {
    case .dropped, .lossy: "lost"
    case .cut: "cut"
    case .crashed: "down"
    case .withheld: "kept"
    case .stopped: "stop"
    }
  }

  func legend(_ width: Int) -> String {
    let parts = [
      (glyphs.done, "counts there since"), (glyphs.inFlight, "arrives at"), (glyphs.held, "held"),
      (glyphs.refused, "refused"), (glyphs.lost, "lost"), (glyphs.received, "its own"),
      (glyphs.empty, "not sent"), (glyphs.ladder.withheld, "kept back"),
    ]
    let all = parts.map { "\(text($0.0)) \($0.1)" }
    return scene.fitting(
      width,
      [
        all.joined(separator: "   "), all.joined(separator: "  "),
        all.dropLast().joined(separator: "  "),
        all[0...4].joined(separator: " "),
      ])
  }

  // MARK: Opened

  /// C and P in full.
  func content(
    _ sent: Sent<ViewChange>, _ item: ViewChangeItem?, _ width: Int
  ) -> [ViewChangeLine] {
    let stable = sent.content.stable
    let signers = stable.checkpoints.map(\.replica).sorted()
    var lines: [[Span]] = [
      [
        Span("h = \(stable.sequence.number)  ", .label),
        Span(
          signers.isEmpty
            ? "C is empty: the start of everything needs no proof"
            : "C: CHECKPOINTs of \(list(signers)) for "
              + "\(stable.digest.map { String($0.description.prefix(8)) } ?? "nothing")"),
      ]
    ]
    if sent.content.prepared.isEmpty {
      lines.append([Span("P is empty: ", .label), Span("nothing has prepared above h")])
    }
    for proof in sent.content.prepared {
      lines.append([
        Span("P n\(proof.sequence.number) ", .label),
        Span(
          "\(scene.speaker.name(of: proof.digest)), prepared in \(proof.view): PRE-PREPARE of "
            + "\(proof.prePrepare.replica), PREPAREs of \(list(proof.prepares.map(\.replica).sorted()))"
        ),
      ])
    }
    if sent.content.signature.signedBy != .replica(sent.sender) {
      let signer = sent.content.signature.signedBy.map(\.description) ?? "nobody"
      lines.append([Span("it names \(sent.sender), and is signed by \(signer)", .fault)])
    }
    return lines.flatMap { line in
      line.wrapped(width: max(width - 7, 10)).map {
        ViewChangeLine([Span("       ")] + $0, item, isFirst: false)
      }
    }
  }

  /// To each replica the copy that tells most, to be looked at on the page Message.
  func journeys<Content>(_ sent: Sent<Content>) -> [ViewChangeLine] {
    world.cluster.replicas.compactMap { id in
      let fate = sent.fate(at: id)
      guard let copy = fate.id ?? sent.copies.last(where: { $0.to == id })?.id else { return nil }
      return ViewChangeLine(
        [
          Span("       "), Span("#\(copy)", .quiet),
          Span(" to \(id) \(cell(fate, true).text)"), Span("  Enter shows it", .quiet),
        ], .copy(copy))
    }
  }
}
