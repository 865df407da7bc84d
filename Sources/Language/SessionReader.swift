internal import PBFT
public import Simulation

/// Reads a session line by line and does again what it tells.
public struct SessionReader {
  /// A page, and what was done on it.
  public struct Loaded: Sendable {
    /// The page, with those lines of its session that were played.
    public internal(set) var script: Script
    public internal(set) var history: History
    public internal(set) var reached: [ReachedStop] = []
    /// How many lines of the session were played.
    public internal(set) var linesPlayed = 0
  }

  /// A `state` line that agreed.
  private struct Agreement {
    let line: Int
    let branch: Int
    let step: Int
  }

  private let text: String
  private let lines: [String]
  private let limit: Int
  private var page = PageReader()
  private var history: History
  private var stops: [SessionWriter.Stop] = []
  private var linesPlayed = 0
  private var agreements: [Agreement] = []

  /// Reads a page and its session, if it has one, into a history that keeps so many steps at most; of the
  /// session only what stands before a line, if one is named.
  ///
  /// - Throws: `SessionProblem`, with what could be loaded.
  public static func read(
    _ text: String, limit: Int = History.ordinaryLimit, upTo line: Int? = nil
  ) throws(SessionProblem) -> Loaded {
    var reader = SessionReader(text, limit)
    try reader.read(upTo: line ?? .max)
    return reader.loaded
  }

  private init(_ text: String, _ limit: Int) {
    self.text = text
    self.limit = limit
    lines = PageReader.lines(of: text)
    history = History(page.script.configuration, limit: limit)
  }

  private var loaded: Loaded {
    Loaded(
      script: page.script, history: history,
      reached: stops.compactMap { stop in
        history.branches.firstIndex { $0.id == stop.place.branch }.map {
          ReachedStop(stop.number, Moment(branch: $0, step: stop.place.step))
        }
      }, linesPlayed: linesPlayed)
  }

  private mutating func read(upTo end: Int) throws(SessionProblem) {
    for (index, line) in lines.enumerated() {
      let number = index + 1
      if number >= end, page.script.session != nil || PageReader.isHeading(line) { break }
      if page.script.session != nil, isCutOff(index) { throw cutOff(number) }
      let part: PageReader.Part
      do throws(LanguageError) {
        part = try page.read(line, number: number)
      } catch {
        throw problem(error, isInPage: page.script.session == nil && !PageReader.isHeading(line))
      }
      switch part {
      case .page: break
      // Only now is it certain what the world is.
      case .heading: history = History(page.script.configuration, limit: limit)
      case .entry(let entry):
        try play(entry, number)
        linesPlayed += 1
      }
    }
    guard page.script.session == nil else { return }
    history = History(page.script.configuration, limit: limit)
    if lines.contains(where: PageReader.isHeading) { return }
    do throws(LanguageError) { _ = try page.whole() } catch { throw problem(error, isInPage: true) }
  }

  /// Whether the last line lacks its end: then nobody knows what it was.
  private func isCutOff(_ index: Int) -> Bool {
    index == lines.count - 1 && lines[index].contains { $0 != " " && $0 != "\t" }
  }

  // MARK: Playing

  private mutating func play(_ entry: Session.Entry, _ number: Int) throws(SessionProblem) {
    switch entry {
    case .state(let step, let hash): try check(step, hash, number)
    case .reached(0): stops = []
    case .reached(let stop):
      guard stop <= page.script.stopCount else {
        throw problem(
          number, "there is no stop \(stop) on the page",
          help: "its last is stop \(page.script.stopCount)")
      }
      let branch = history.branches[history.branch].id
      stops.append(
        SessionWriter.Stop(
          number: stop, place: SessionWriter.Place(branch: branch, step: history.step)))
    case .command, .time:
      do throws(Refusal) {
        try history.carryOut(entry)
      } catch {
        let agreed = agreements.last.map {
          "the state agreed last at step \($0.step), line \($0.line)"
        }
        let help = [error.help, agreed ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
        throw problem(number, "`\(entry.text)`: \(error.reason)", help: help.isEmpty ? nil : help)
      }
      guard case .time(.forget) = entry else { return }
      let kept = Set(history.branches.map(\.id))
      stops.removeAll { !kept.contains($0.place.branch) }
    }
  }

  private mutating func check(
    _ step: Int, _ hash: StateHash, _ number: Int
  ) throws(SessionProblem) {
    let found = history.world.stateHash
    guard history.step == step, found == hash else {
      let difference =
        history.step == step
        ? "the state is \(Self.shown(found, hash)), not \(Self.shown(hash, found))"
        : "here is step \(history.step), not \(step)"
      let session = page.script.session
      throw problem(
        number, "\(difference) as it was saved: this program does something else \(since)",
        help: "it was saved by version \(session?.program ?? ""), or edited since (then take away "
          + "its `state` lines from here on)",
        upTo: (agreements.last?.line ?? session?.number ?? number) + 1)
    }
    agreements.append(
      Agreement(line: number, branch: history.branches[history.branch].id, step: step))
  }

  /// The first digits of a hash, or all where those of both are the same.
  private static func shown(_ hash: StateHash, _ other: StateHash) -> String {
    hash.short == other.short ? hash.description : hash.short + "…"
  }

  /// The last step of the present line at which the state is known to have agreed.
  private var since: String {
    let common = agreements.compactMap { agreement -> Int? in
      guard let branch = history.branches.firstIndex(where: { $0.id == agreement.branch }) else {
        return nil
      }
      return min(agreement.step, history.lastCommonStep(branch, history.branch), history.step)
    }
    return common.max().map { "since step \($0) (the last that agreed)" } ?? "from the start"
  }

  // MARK: Trouble

  private func cutOff(_ number: Int) -> SessionProblem {
    problem(
      number, "the last line is cut off: nothing ends it",
      help: "if it is whole, a line break behind it says so")
  }

  private func problem(_ error: LanguageError, isInPage: Bool) -> SessionProblem {
    SessionProblem(
      line: error.line, column: error.column, step: page.script.session.map { _ in history.step },
      problem: error.message, help: nil, upTo: error.line,
      loaded: isInPage ? nil : reread(upTo: error.line))
  }

  private func problem(
    _ line: Int, _ problem: String, help: String?, upTo: Int? = nil
  ) -> SessionProblem {
    SessionProblem(
      line: line, column: nil, step: history.step, problem: problem, help: help,
      upTo: upTo ?? line, loaded: reread(upTo: upTo ?? line))
  }

  /// What comes before a line: it was read without trouble, and a line may have been carried out in part.
  private func reread(upTo line: Int) -> Loaded? {
    try? Self.read(text, limit: limit, upTo: line)
  }
}
