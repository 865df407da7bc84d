internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// What the words of the linear mode do.
extension Model {
  mutating func perform(
    _ word: LinearWord, _ rest: [String], _ say: (String) -> Void
  ) -> Response {
    let scene = Scene(plain)
    switch word {
    case .next: return advanceInLines(say)
    case .previous:
      let response = follow(say) { $0.update(.key(.backspace)) }
      if notice == nil { sayNarration(say) }
      return response
    case .phase: return follow(say) { $0.perform(.next(.phase)) }
    case .event: return follow(say) { $0.perform(.next(.event)) }
    case .start: return jump("goto 0", say)
    case .end: return jump("goto end", say)
    case .whereAmI: scene.whereLines.map(LinearWord.inWords).forEach(say)
    case .replicas: scene.replicaLines.forEach(say)
    case .messages: scene.messageLines.forEach(say)
    case .faults: scene.faultLines.forEach(say)
    case .rules: ruleLines.forEach(say)
    case .branches: branchLines.forEach(say)
    case .notes: noteLines.forEach(say)
    case .state, .log, .quorums, .viewChange, .message, .rule: ask(word, rest, say)
    case .page: sayPage(rest, say)
    case .picture: return .picture
    case .open:
      guard !rest.isEmpty else {
        say("open what? for example open demos/2-primary-crash.pbft")
        return .none
      }
      return .open(rest.joined(separator: " "))
    case .brief, .full:
      tellsBriefly = word == .brief
      say(word.explanation)
    case .help: help(rest).forEach(say)
    case .quit: return .quit
    }
    return .none
  }

  /// To the lesson's next stop, or one event on.
  private mutating func advanceInLines(_ say: (String) -> Void) -> Response {
    guard lesson != nil else { return follow(say) { $0.update(.key(.right)) } }
    let known = lesson?.reached.count
    let response = follow(say) { $0.update(.key(.character(" "))) }
    if lesson?.reached.count != known || notice == nil { sayNarration(say) }
    return response
  }

  /// What the lesson says at the stop where one is.
  private func sayNarration(_ say: (String) -> Void) {
    guard let lesson, let stop = lesson.lastPassed(in: history) else { return }
    say("# stop \(stop + 1) of \(lesson.total): \(lesson.reached[stop].narration)")
  }

  /// The words that need to be told what is meant.
  private mutating func ask(_ word: LinearWord, _ rest: [String], _ say: (String) -> Void) {
    let vocabulary = Vocabulary(world.configuration)
    let first = rest.first ?? ""
    let number = Int(first.drop { $0 == "#" || $0 == "n" })
    let node = Principal(named: first, in: world)
    switch (word, node, number) {
    case (.state, .replica(let id), _):
      replica = id
      stateLines(of: id).forEach(say)
    case (.log, let node?, _):
      logLines(of: node, last: rest.dropFirst().first.flatMap { Int($0) } ?? 20).forEach(say)
    case (.quorums, _, let n?) where n > 0 && n <= 1 << 40:
      quorumLines(SequenceNumber(n)).forEach(say)
    case (.viewChange, _, _)
    where rest.isEmpty || number.map { (0...1 << 40).contains($0) } == true:
      viewChangeLines(number.map { View($0) }).forEach(say)
    case (.message, _, let id?): journeyLines(id).forEach(say)
    case (.rule, _, _):
      do throws(LanguageError) {
        let rule = try Rule(parsing: first)
        RulesPage.entry(of: rule).filter { !$0.isEmpty }.forEach(say)
        say(counted(rule))
      } catch {
        say("rule \(first): \(error.message)")
      }
    default:
      let last = vocabulary.replicaCount - 1
      let names =
        "R0 to R\(last), \(world.clients.map { $0.id.description }.joined(separator: ", "))"
      say(
        "expected \(word.pattern)"
          + (word == .state || word == .log ? "; there are \(names)" : ""))
    }
  }

  private func sayPage(_ rest: [String], _ say: (String) -> Void) {
    guard let name = rest.first, let page = Page(word: name) else {
      say("expected \(LinearWord.page.pattern); the pages are \(Page.words)")
      return
    }
    let sides = rest.dropFirst().first?.lowercased().split(separator: "x").compactMap { Int($0) }
    let size =
      sides.map { Size(columns: $0.first ?? 0, rows: $0.count == 2 ? $0[1] : 0) } ?? self.size
    guard (leastSize.columns...400).contains(size.columns),
      (leastSize.rows...200).contains(size.rows)
    else {
      say("expected a size from \(leastSize.columns)x\(leastSize.rows) to 400x200, such as 100x28")
      return
    }
    var model = plain
    model.show(page, at: size)
    model.lookUpAll()
    for row in draw(model, size).text.split(separator: "\n", omittingEmptySubsequences: false) {
      say(String(row))
    }
  }

  // MARK: Help

  private func help(_ words: [String]) -> [String] {
    guard !words.isEmpty else {
      let width = LinearWord.allCases.map(\.pattern.count).max() ?? 0
      return ["what keys do on the screen:"]
        + LinearWord.allCases.map { "  \($0.pattern.left(width))  \($0.explanation)" }
        + ["lines of the language; help WORD tells what follows:"]
        + languageHelp("")
        + [
          "  why         why each request waits; why R3 prepared 2: why a number has come so far",
          "  expect      whether a condition is so",
        ]
        + ["a condition, like R2 prepared 1, is answered with yes or no; # begins a remark"]
    }
    let line = words.joined(separator: " ")
    let own = LinearWord.allCases.filter { $0.rawValue == words[0].lowercased() }
      .map { "\($0.pattern): \($0.explanation)" }
    let keys = Keys.table.filter {
      $0.command?.split(separator: " ").first.map(String.init) == words[0]
    }
    .map { "\($0.command ?? ""): \($0.help)" }
    let follows = languageHelp(line + " ")
    let lines = own + keys + (follows.isEmpty ? [] : ["what may follow:"] + follows)
    if !lines.isEmpty { return lines }
    let begins = languageHelp(line)
    return begins.isEmpty ? ["nothing is known of \(line); help alone lists all words"] : begins
  }

  /// What could be typed after these words.
  private func languageHelp(_ line: String) -> [String] {
    var model = self
    model.prompt.replace(with: line)
    let candidates = model.candidates
    let width = min(candidates.map(\.text.count).max() ?? 0, 24)
    return candidates.map { "  \($0.text.left(width))  \($0.explanation)" }
  }
}

extension Principal {
  /// `R2`, `alice`; nil for nobody of this world.
  fileprivate init?(named name: String, in world: World) {
    let all =
      world.replicas.map { Principal.replica($0.id) } + world.clients.map { .client($0.id) }
    guard let found = all.first(where: { $0.description.lowercased() == name.lowercased() })
    else { return nil }
    self = found
  }
}
