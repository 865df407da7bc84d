internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// One thing that is compared, as it is on both sides.
struct ComparedFact {
  let left: Span
  let right: Span
  let differs: Bool

  init(_ left: Span, _ right: Span, differs: Bool) {
    (self.left, self.right, self.differs) = (left, right, differs)
  }

  init(_ left: String, _ right: String, differs: Bool? = nil) {
    self.init(Span(left), Span(right), differs: differs ?? (left != right))
  }
}

/// The window of two branches side by side: replica by replica, with what differs marked.
extension Scene {
  func drawCompare(_ buffer: inout CellBuffer, _ region: Region, _ view: CompareView) {
    let comparison = model.comparison(view)
    let names = (
      model.history.branches[comparison.left.branch].name,
      model.history.branches[comparison.right.branch].name
    )
    let title = "\(names.0) and \(names.1), parted after step \(comparison.parting)"
    _ = drawFrame(
      &buffer, region, title,
      keys: "↑ ↓ other branch, ← → steps, PgDn more, Enter goes there, Esc closes")
    let (above, below, half) = comparePlaces(region)
    let heading =
      [headingLine(names.0, names.1, half)]
      + headingFacts(comparison).map { line($0, half) }.joined()
    for (row, spans) in heading.prefix(above.rows).enumerated() {
      buffer.put(spans, at: above.row(row).origin, maxWidth: above.columns)
    }
    let body = replicaLines(comparison, half)
    let first = min(view.scroll, max(body.count - below.rows, 0))
    for (row, spans) in body.dropFirst(first).prefix(below.rows).enumerated() {
      buffer.put(spans, at: below.row(row).origin, maxWidth: below.columns)
    }
    drawMore(&buffer, below, from: first, of: body.count)
  }

  /// The heading, the replicas, and how wide each side is.
  private func comparePlaces(_ region: Region) -> (above: Region, below: Region, half: Int) {
    let room = region.inset(by: 1).inset(horizontally: 1)
    let (above, below) = room.split(top: 3)
    return (above, below, max((room.columns - 8 - 3) / 2, 1))
  }

  /// How far down there is something to see.
  func mostScroll(_ comparison: Comparison, in region: Region) -> Int {
    let (_, below, half) = comparePlaces(region)
    return max(replicaLines(comparison, half).count - below.rows, 0)
  }

  private func headingLine(_ left: String, _ right: String, _ half: Int) -> [Span] {
    func cut(_ name: String) -> String {
      (name.columns > half ? name.prefix(half - 1) + text(glyphs.ellipsis) : name).left(half)
    }
    return [
      Span("".left(8)), Span(cut(left), Style(.focus)), divider,
      Span(cut(right), Style(.plain, .bold)),
    ]
  }

  private var divider: Span { Span(" \(text(glyphs.light.vertical)) ", Style(.frame)) }

  private func headingFacts(_ comparison: Comparison) -> [(name: String, facts: [ComparedFact])] {
    func place(_ moment: Simulation.Moment, _ summary: BranchSummary) -> String {
      "step \(moment.step) (+\(moment.step - comparison.parting)) t \(time(summary.time))"
    }
    let (one, other) = (comparison.summaries.left, comparison.summaries.right)
    return [
      (
        "at",
        [ComparedFact(place(comparison.left, one), place(comparison.right, other), differs: false)]
      ),
      (
        "all",
        [
          ComparedFact("view \(one.view.number)", "view \(other.view.number)"),
          ComparedFact("exec \(one.executed.number)", "exec \(other.executed.number)"),
          ComparedFact(verdict(one), verdict(other)),
        ]
      ),
    ]
  }

  private func verdict(_ summary: BranchSummary) -> String {
    summary.violations == 0 ? "safe \(text(glyphs.done))" : "\(summary.violations) violated"
  }

  /// Replica by replica, then the clients.
  private func replicaLines(_ comparison: Comparison, _ half: Int) -> [[Span]] {
    let replicas = comparison.replicas.flatMap { side in
      line(
        (side.left.id.description, stateFacts(side)), half, isHead: true, side.left != side.right)
        + line(("log", numberFacts(side, comparison)), half)
        + line(("keys", valueFacts(side)), half)
    }
    let clients = comparison.clients.flatMap { side in
      line(
        (
          side.left.id.description,
          [ComparedFact(told(side.left), told(side.right), differs: side.left != side.right)]
        ),
        half, isHead: true, side.left != side.right)
    }
    return replicas + clients
  }

  private func stateFacts(_ side: Comparison.Side<ReplicaFacts>) -> [ComparedFact] {
    let (one, other) = (side.left, side.right)
    func word(_ facts: ReplicaFacts) -> Span {
      if facts.isCrashed { return Span("\(text(glyphs.crashed)) down", .fault) }
      if facts.isFaulty { return Span("\(text(glyphs.faulty)) faulty", .fault) }
      if facts.leads { return Span("\(text(glyphs.primary)) leads", Style(.leader)) }
      return Span("backup")
    }
    func view(_ facts: ReplicaFacts) -> String {
      (facts.isActive ? "" : "to ") + "v\(facts.view.number)"
    }
    var facts = [
      ComparedFact(word(one), word(other), differs: word(one).text != word(other).text),
      ComparedFact(view(one), view(other)),
      ComparedFact("x\(one.executed.number)", "x\(other.executed.number)"),
      ComparedFact(
        "h\(one.low.number)-\(one.high.number)", "h\(other.low.number)-\(other.high.number)"),
    ]
    // What it has told clients is a part of its state that is not listed.
    if one.state != other.state, one.executed == other.executed, one.values == other.values {
      func name(_ facts: ReplicaFacts) -> String { "state \(facts.state.description.prefix(4))" }
      facts.append(ComparedFact(name(one), name(other), differs: true))
    }
    // The low watermark is the last stable checkpoint, unless a rule is off.
    if one.stable != one.low || other.stable != other.low {
      facts.append(ComparedFact("s\(one.stable.number)", "s\(other.stable.number)"))
    }
    return facts
  }

  /// How far each number has come; those that both have executed alike are told together.
  private func numberFacts(
    _ side: Comparison.Side<ReplicaFacts>, _ comparison: Comparison
  ) -> [ComparedFact] {
    let all = Set((side.left.numbers + side.right.numbers).map(\.sequence)).sorted()
    var facts: [ComparedFact] = []
    var alike: [Int] = []
    func tellAlike() {
      guard let first = alike.first, let last = alike.last else { return }
      let name = (first == last ? "\(first)" : "\(first)-\(last)") + " X"
      facts.append(ComparedFact(name, name))
      alike = []
    }
    for n in all {
      let one = side.left.numbers.first { $0.sequence == n }
      let other = side.right.numbers.first { $0.sequence == n }
      if let one, one == other, one.isExecuted {
        alike.append(n.number)
        continue
      }
      tellAlike()
      facts.append(
        ComparedFact(
          told(n, one, comparison.letters.left), told(n, other, comparison.letters.right),
          differs: one != other))
    }
    tellAlike()
    return facts
  }

  /// `12b PC·`: its digest by the letter it has there, prepared, committed, executed.
  private func told(
    _ n: SequenceNumber, _ number: ReplicaFacts.Number?, _ letters: [Digest]
  ) -> String {
    guard let number else { return "\(n.number) -" }
    var there = speaker
    there.digests = letters
    let name = number.digest == Batch.null.digest ? "-" : there.name(of: number.digest)
    let missing = text(glyphs.empty)
    let isPrepared = number.phase == .prepared || number.phase == .committed
    return "\(n.number)\(name) " + (isPrepared ? "P" : missing)
      + (number.phase == .committed ? "C" : missing) + (number.isExecuted ? "X" : missing)
  }

  private func valueFacts(_ side: Comparison.Side<ReplicaFacts>) -> [ComparedFact] {
    func value(_ key: String, _ facts: ReplicaFacts) -> String? {
      facts.values.first { $0.key == key }?.value
    }
    let keys = Set((side.left.values + side.right.values).map(\.key)).sorted()
    return keys.map { key in
      let (one, other) = (value(key, side.left), value(key, side.right))
      return ComparedFact(
        one.map { "\(key)=\($0)" } ?? "\(key) unset",
        other.map { "\(key)=\($0)" } ?? "\(key) unset",
        differs: one != other)
    }
  }

  private func told(_ client: ClientFacts) -> String {
    if let request = client.outstanding {
      let again = client.retries > 0 ? ", sent \(client.retries + 1)x" : ""
      return "\(request) waits\(again)" + (client.queued > 0 ? " +\(client.queued)" : "")
    }
    guard let accepted = client.accepted, let result = client.result else { return "idle" }
    return "\(client.id)/\(accepted.number) accepted \(result)"
  }
}
