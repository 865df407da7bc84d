internal import Cells
internal import PBFT

/// A part of the legend: marks and letters, each with what it stands for.
struct LegendChapter {
  let title: String
  let lines: [(mark: Span, meaning: String)]
}

/// Every mark and every letter that the pages use.
extension Scene {
  var legend: [LegendChapter] {
    [
      LegendChapter(title: "Marks of votes and phases", lines: voteMarks),
      LegendChapter(title: "Marks of replicas and clients", lines: replicaMarks),
      LegendChapter(title: "Marks in the log of a replica", lines: logMarks),
      LegendChapter(title: "Marks of messages, on the ladder and elsewhere", lines: rungMarks),
      LegendChapter(title: "Marks of lists and bars", lines: listMarks),
      LegendChapter(title: "Marks on the line of time", lines: timeMarks),
      LegendChapter(title: "Letters of messages", lines: kindLetters),
      LegendChapter(title: "Letters and numbers", lines: letters),
      LegendChapter(title: "Two branches side by side", lines: comparisonLetters),
    ]
  }

  private func mark(_ glyph: Unicode.Scalar, _ style: Style = Style(.key)) -> Span {
    Span(text(glyph), style)
  }

  private func word(_ text: String) -> Span { Span(text, Style(.key)) }

  private var voteMarks: [(mark: Span, meaning: String)] {
    [
      (mark(glyphs.received), "it counts, or a quorum is reached"),
      (mark(glyphs.kept), "kept for later or for another digest; some of a quorum"),
      (mark(glyphs.empty), "nothing yet"),
      (mark(glyphs.refused, .fault), "refused by a rule"),
      (mark(glyphs.done, .done), "executed, accepted, so"),
      (mark(glyphs.arrowRight), "on the page Quorums: the vote is on its way"),
      (
        mark(glyphs.changed, Style(.changed)),
        "stands before what the last step has changed, which is marked itself too"
      ),
    ]
  }

  private var replicaMarks: [(mark: Span, meaning: String)] {
    [
      (mark(glyphs.primary, Style(.leader)), "leads the view"),
      (
        mark(glyphs.crashed, .fault),
        "crashed: it sends, receives and remembers nothing but its disk"
      ),
      (mark(glyphs.faulty, .fault), "misbehaves, or has"),
      (mark(glyphs.client, Style(.client)), "a client, its request and the replies it holds"),
      (word("C'"), "done by the second of two copies of a replica"),
    ]
  }

  private var logMarks: [(mark: Span, meaning: String)] {
    [
      (word(text(glyphs.arrowRight) + text(glyphs.arrowLeft)), "sent, received"),
      (mark(glyphs.done, .done), "accepted"),
      (mark(glyphs.kept), "kept for later, or not counted"),
      (mark(glyphs.refused, .fault), "refused, by the rule below it"),
    ]
  }

  /// Those of the heads stand for the same on the pages Message, Quorums and View change.
  private var rungMarks: [(mark: Span, meaning: String)] {
    let ladder = glyphs.ladder
    let heads = ladderMarks.map { mark in
      let left = mark.left == mark.right ? "" : text(mark.left)
      return (mark: word(text(mark.right) + left), meaning: mark.meaning)
    }
    let travelling = ladder.travelling == glyphs.mark ? "" : text(ladder.travelling)
    return heads + [
      (mark(ladder.unknown), "what became of it is looked up in a moment"),
      (mark(glyphs.received), "its sender"),
      (
        word(text(glyphs.mark) + travelling),
        "happened there without a message; on a path, while time runs: the message is here by now"
      ),
      (word(text(ladder.copiedPath) + text(ladder.copiedPath)), "the path of a second copy"),
      (word(text(glyphs.dashed) + text(glyphs.dashed)), "done to the whole world"),
    ]
  }

  private var listMarks: [(mark: Span, meaning: String)] {
    [
      (mark(glyphs.arrowRight, Style(.focus)), "the chosen line"),
      (
        word(text(glyphs.arrowUp) + text(glyphs.arrowDown)),
        "there is more above, below; before a number: the keys that choose another"
      ),
      (mark(glyphs.full, Style(.focus)), "the part that is seen, or filled"),
      (mark(glyphs.shade), "the part that is not filled yet"),
      (mark(glyphs.margin, Style(.lesson)), "the lesson speaks"),
      (mark(glyphs.ellipsis), "not all has room here"),
    ]
  }

  private var timeMarks: [(mark: Span, meaning: String)] {
    let marks: [(TimelineMark, String)] = [
      (.here, "the present moment"), (.view(1), "view 1 is entered"),
      (.viewChange, "a view change begins or goes on"),
      (.fault, "something is broken or mended by hand"),
      (.checkpoint, "a stable checkpoint"), (.note, "a note"), (.violation, "a violation"),
      (.fork, "another branch parts"),
    ]
    return marks.map { (span($0.0), $0.1) }
  }

  private var kindLetters: [(mark: Span, meaning: String)] {
    let said: [Message.Kind: String] = [
      .request: "a client asks for an operation",
      .prePrepare: "the primary gives a request its sequence number",
      .prepare: "a backup agrees to that, in this view",
      .commit: "a replica has seen that 2f + 1 agree, so that it holds in all later views",
      .reply: "the result, to the client, who needs f + 1 that agree",
      .checkpoint: "the state after so many requests, as a digest",
      .viewChange: "asks for the next view, and proves what it has prepared",
      .newView: "the new primary proves that it may begin, and with what",
      .status: "tells what one has and lacks, so that others send it",
      .fetch: "asks for a request or a state that is known by its digest only",
      .data: "the answer to that",
    ]
    return Message.Kind.allCases.map { kind in
      (Span(kind.short, Style(Role(kind), .bold)), "\(kind.rawValue): \(said[kind] ?? "")")
    }
  }

  private var letters: [(mark: Span, meaning: String)] {
    [
      (word("v0"), "view 0; its primary is R0, the next view's is R1"),
      (word("n3"), "sequence number 3"),
      (word("a b c"), "digests, in the order in which they were seen; - is the null request"),
      (word("PP P C X"), "pre-prepared, prepared, committed, executed"),
      (word("2/2"), "has 2 of the 2f = 2 PREPAREs, or of the 2f + 1 COMMITs, that are needed"),
      (word("early"), "votes that came before what they vote for"),
      (word("h H"), "the watermarks: only numbers above h, up to H, are taken"),
      (word("stable"), "the last number that a proven checkpoint covers"),
      (word("exec x"), "the last number that was executed"),
      (word("T1.9"), "the view-change timer runs out in 1.9 s"),
      (word("alice/3"), "the request of alice's with timestamp 3"),
      (word("#31"), "a copy of a message on its way to one recipient"),
      (word("~a41f"), "the state of the world: the same digits, the same state"),
      (word("f"), "how many replicas may be faulty: n is at least 3f + 1"),
    ]
  }

  private var comparisonLetters: [(mark: Span, meaning: String)] {
    [
      (mark(glyphs.differs, Style(.notice, .bold)), "is not what it is on the other side"),
      (word("3c PCX"), "number 3 with digest c is prepared, committed, executed; a dot where not"),
      (word("h0-10"), "the watermarks h = 0 and H = 10"),
      (word("s5 x3"), "the stable checkpoint and what is executed"),
    ]
  }
}
