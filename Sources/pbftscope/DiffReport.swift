/// What two runs have in common, and where they part, in words.
struct DiffReport {
  let one: DiffSide
  let other: DiffSide
  let parting: Parting

  init(_ one: DiffSide, _ other: DiffSide, _ parting: Parting) {
    self.one = one
    self.other = other
    self.parting = parting
  }

  /// What the worlds do not have in common; nil where they are the same.
  static func worlds(_ one: DiffSide, _ other: DiffSide) -> String? {
    // Another version of the program may well do the same.
    let names = TraceFields.differing(one.header, other.header).filter { $0 != "program" }
    guard !names.isEmpty else { return nil }
    let told = names.map { values($0, one.header, other.header) }
    return "the worlds differ: " + told.joined(separator: "; ")
  }

  /// `seed 1 in A, 2 in B`.
  private static func values(_ name: String, _ one: TraceFields, _ other: TraceFields) -> String {
    var (first, second) = (one[name] ?? "none", other[name] ?? "none")
    // What is long is told from where it begins to differ.
    if first.count > 40 || second.count > 40 {
      let common = zip(first, second).prefix { $0 == $1 }.count
      let start = max(0, common - 12)
      let dots = start > 0 ? "…" : ""
      first = dots + TraceFields.short(String(first.dropFirst(start)))
      second = dots + TraceFields.short(String(second.dropFirst(start)))
    }
    return "\(name) \(TraceFields.short(first)) in A, \(TraceFields.short(second)) in B"
  }

  /// `143 steps`.
  var length: String {
    let steps = max(one.steps ?? 0, other.steps ?? 0, parting.lastStep)
    return steps == 1 ? "1 step" : "\(steps) steps"
  }

  /// Where they part, and what was before; nil where they do not.
  var difference: [String]? {
    switch (parting.one, parting.other) {
    case (let first?, let second?): return parted(first, second)
    case (nil, let more?): return [ending(one, other, tell(more))] + before
    case (let more?, nil): return [ending(other, one, tell(more))] + before
    case (nil, nil): return silentEnd
    }
  }

  private func parted(_ first: DiffSide.Entry, _ second: DiffSide.Entry) -> [String] {
    let places = [(one, first), (other, second)].compactMap { side, entry in
      entry.line.map { "\(side.name) line \($0)" }
    }
    let steps =
      first.step == second.step
      ? "step \(first.step)" : "step \(first.step) of A and step \(second.step) of B"
    let place = places.isEmpty ? "" : " (\(places.joined(separator: ", ")))"
    var lines = [
      "first difference at \(steps)\(place):", "A: \(tell(first))", "B: \(tell(second))",
    ]
    if let fields = first.fields, let others = second.fields, fields["kind"] == others["kind"] {
      let names = TraceFields.differing(fields, others).filter { $0 != "step" }
      let told = names.prefix(4).map { Self.values($0, fields, others) }
      let more = names.count > 4 ? ["and \(names.count - 4) more"] : []
      if !names.isEmpty { lines.append("different: " + (told + more).joined(separator: "; ")) }
    }
    return lines + before
  }

  private func ending(_ short: DiffSide, _ long: DiffSide, _ more: String) -> String {
    "\(short.name) ends at step \(short.steps ?? parting.lastStep); \(long.name) goes on: \(more)"
  }

  /// Two pages may differ in steps at their end at which nothing happens but that time passes.
  private var silentEnd: [String]? {
    guard let steps = one.steps, let others = other.steps, steps != others else { return nil }
    let (short, long) = steps < others ? (one, other) : (other, one)
    return [ending(short, long, "time passes, to step \(max(steps, others))")] + before
  }

  private var before: [String] {
    guard !parting.before.isEmpty else { return [] }
    return ["just before, in both:"] + parting.before.map { "   \(tell($0))" }
  }

  /// Two pages are told as `run --plain` tells them; what is compared with a trace, in the words of the trace.
  private func tell(_ entry: DiffSide.Entry) -> String {
    if one.isPage, other.isPage, let telling = entry.telling {
      return String(telling.drop { $0 == " " })
    }
    return entry.fields?.telling ?? String(decoding: entry.bytes, as: UTF8.self)
  }

  /// The branches that only one of two sessions has, or that go on in another way; nil where all are the same.
  var branches: [String]? {
    guard let ours = one.branches, let theirs = other.branches else { return nil }
    func missing(_ some: [Playback.Twig], in others: [Playback.Twig]) -> String {
      some.map(\.name).filter { name in !others.contains { $0.name == name } }
        .joined(separator: ", ")
    }
    var told = [("A", missing(ours, in: theirs)), ("B", missing(theirs, in: ours))]
      .filter { !$0.1.isEmpty }.map { "only \($0.0) has \($0.1)" }
    for branch in ours {
      guard let its = theirs.first(where: { $0.name == branch.name }), its != branch else {
        continue
      }
      told.append("\(branch.name) \(Self.tell(branch)) in A, \(Self.tell(its)) in B")
    }
    if told.isEmpty { return nil }
    return [
      "the present lines are the same: \(length); branches differ: "
        + told.joined(separator: "; ")
    ]
  }

  private static func tell(_ branch: Playback.Twig) -> String {
    "goes from step \(branch.fork) to \(branch.end) and state \(branch.hash)"
  }
}
