import Cells
import Foundation
import Language
import PBFT
import Screens
import Simulation
import Testing
import TmuxSupport

/// What is written down of a screen, whatever is pressed and typed on it, and in whatever order.
@Suite struct `The journal of whatever is done` {
  @Test(arguments: UInt64(1)...12)
  func `gives the same history, also after it has been resumed`(seed: UInt64) throws {
    var sitting = try JournalledModel(seed: seed)
    for round in 1...160 {
      sitting.act()
      // Mostly after each input, sometimes after several, as when keys are held.
      if round % 5 != 3 { sitting.record() }
      guard round % 40 == 0 else { continue }
      sitting.record()
      do {
        try sitting.checkThatItCanBeResumed()
      } catch {
        Issue.record("seed \(seed), round \(round): \(error)\n\(sitting.journal)")
        return
      }
    }
    #expect(sitting.mostBranches > 1, "seed \(seed)")
  }
}

/// A model that somebody plays with by chance, and its journal.
private struct JournalledModel {
  private(set) var model: Model
  private(set) var journal: String
  private var chance: SplitMix64
  private var page: Script
  private var writer = SessionWriter()
  private var saved: [String] = []
  private let limit: Int
  /// How many branches there were at some time.
  private(set) var mostBranches = 1

  init(seed: UInt64) throws {
    chance = SplitMix64(seed)
    limit = seed % 4 == 0 ? 60 : 5_000
    let demos = ["2-primary-crash.pbft", "5-what-if.pbft", nil]
    if let demo = demos[Int(seed % 3)] {
      page = try Script(parsing: try text(of: demo))
      page.configuration.scheme = .ideal
      model = Model(history: History(page.configuration, limit: limit), lesson: Lesson(page))
    } else {
      page = Script(configuration: Configuration(clientCount: 3, scheme: .ideal), lines: [])
      model = Model(history: History(page.configuration, limit: limit))
    }
    journal = SessionWriter.beginning(page, program: "0.1")
    _ = model.update(.resize(Size(columns: 100, rows: 30)))
    // Two stories, before chance has its way.
    for line in ["request alice append x 1", "step 12", "back 3", "crash R1"] { enter(line) }
    mostBranches = model.history.branches.count
  }

  // MARK: Playing

  private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &chance) }
  private mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

  mutating func act() {
    switch below(10) {
    case 0...4:
      let keys: [Key] = [
        .right, .right, .right, .left, .home, .end, .up, .down, .tab, .backspace, .pageUp,
        .pageDown, .enter, .escape, .character(" "), .character(" "),
      ]
      let characters = Array("abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123[]{}<>,.;+-")
      press(below(2) == 0 ? pick(keys) : .character(pick(characters)))
    case 5:
      for _ in 0..<below(30) { _ = model.update(.tick) }
    case 6:
      let place = Position(x: below(100), y: below(30))
      _ = model.update(.mouse(Mouse(.left, at: place)))
      _ = model.update(.mouse(Mouse(.left, .release, at: place)))
    case 7: enter(line())
    case 8: enterSuggested()
    default: saveOrLoad()
    }
    mostBranches = max(mostBranches, model.history.branches.count)
  }

  private mutating func press(_ key: Key) { _ = model.update(.key(key)) }

  private mutating func enter(_ line: String) {
    press(.escape)
    press(.escape)
    press(.character(":"))
    for character in line { press(.character(character)) }
    press(.enter)
    press(.escape)
  }

  /// A line whose words the palette has proposed.
  private mutating func enterSuggested() {
    let words = [
      "request", "deliver", "drop", "duplicate", "hold", "release", "alter", "load", "crash",
      "restart", "fire", "delay", "cut", "lose", "heal", "partition", "rule", "silence",
      "equivocate", "misbehave", "honest", "twin", "forge", "run", "step", "back", "next", "goto",
      "break", "forget", "corrupt", "amnesia",
    ]
    press(.escape)
    press(.escape)
    press(.character(":"))
    for character in pick(words) + " " { press(.character(character)) }
    for _ in 0..<1 + below(5) {
      for _ in 0..<below(6) { press(.down) }
      press(.tab)
    }
    press(.enter)
    press(.escape)
  }

  private mutating func line() -> String {
    let branch = pick(model.history.branches)
    let name = pick(["a", "B", "b", "main", "Main", "crash-R1", "step", "x-1", "aside-1"])
    let note = pick([
      "", "here", #"\"\\ \n\t"#, "é", "e\u{301}", "\u{301}", #"\u{7}\u{0}"#, "# none", "∅ 漢",
      #"\u{2028}\u{feff}"#, "goto 0", "session 1",
    ])
    return pick([
      "name \(name)", "name \(name)", "note \"\(note)\"", "note \"\(note)\"",
      "forget \(branch.name)", "goto \(below(branch.end + 2)) of \(branch.name)",
      "goto \(branch.name)", "goto \(below(model.history.end + 1))", "step \(1 + below(60))",
      "back \(1 + below(20))", "back 30ms", "run \(1 + below(400))ms", "run 1us", "run 7us",
      "break R1 prepared \(1 + below(3))", "break not idle", "break violated",
      "break time \(below(900))ms", "break off", "break off not idle", "back until R1 prepared 1",
      "run until executed 2 at any correct within 2s", "request alice append \"x y\" \"\(note)\"",
      "request bob put # \"\(note)\"", "load 150ms", "load off", "next view", "back fault",
    ])
  }

  /// Another session, or one of this page that was saved before, takes the place of this one.
  private mutating func saveOrLoad() {
    guard below(3) == 0, let text = saved.randomElement(using: &chance),
      let loaded = try? SessionReader.read(text, limit: limit)
    else {
      saved.append(SessionWriter.file(page, model.history, reached: reached, program: "0.1"))
      return
    }
    // What this journal says to its end must hold all the same.
    record()
    open(loaded, journal: text)
  }

  private mutating func open(_ loaded: SessionReader.Loaded, journal text: String) {
    let lesson =
      loaded.script.lines.isEmpty
      ? nil : Lesson(loaded.script, reached: loaded.reached.map(\.moment))
    model.open(loaded.history, lesson)
    writer = SessionWriter(continuing: model.history, reached: reached)
    journal = text
  }

  // MARK: Writing down

  private var reached: [ReachedStop] {
    (model.lesson?.reachedMoments ?? []).enumerated().map { ReachedStop($0.offset + 1, $0.element) }
  }

  mutating func record() {
    journal += writer.lines(model.history, reached: reached).map { $0 + "\n" }.joined()
  }

  mutating func checkThatItCanBeResumed() throws {
    let whole = SessionWriter.file(page, model.history, reached: reached, program: "0.1")
    for text in [journal, whole] {
      let loaded = try SessionReader.read(text, limit: limit)
      let difference = Self.difference(model.history, loaded.history)
      if let difference { throw Disagreement(description: difference) }
      if loaded.reached != reached { throw Disagreement(description: "other stops") }
      #expect(
        SessionWriter.file(page, loaded.history, reached: reached, program: "0.1") == whole)
    }
    if below(2) == 0 { open(try SessionReader.read(journal, limit: limit), journal: journal) }
  }

  private struct Disagreement: Error, CustomStringConvertible { let description: String }

  /// What of two histories is not the same; nil where all is.
  private static func difference(_ one: History, _ other: History) -> String? {
    guard one.branches.map(\.name) == other.branches.map(\.name) else {
      return "branches \(other.branches.map(\.name)), not \(one.branches.map(\.name))"
    }
    for (index, (branch, its)) in zip(one.branches, other.branches).enumerated() {
      let end = Moment(branch: index, step: branch.end)
      guard branch.parent == its.parent, branch.fork == its.fork, branch.end == its.end,
        branch.marks == its.marks, one.world(at: end) == other.world(at: end)
      else { return "\(branch.name) is another" }
      let texts = (branch.notes.map(\.text.utf8.count), its.notes.map(\.text.utf8.count))
      if branch.notes != its.notes || texts.0 != texts.1 { return "\(branch.name) has other notes" }
    }
    if one.breakpoints != other.breakpoints { return "other breakpoints" }
    guard one.branch == other.branch, one.step == other.step, one.world == other.world else {
      return "another moment"
    }
    return one.stepCount == other.stepCount ? nil : "another count of steps"
  }
}

private func text(of demo: String) throws -> String {
  try String(contentsOfFile: checkedOut("demos/\(demo)"), encoding: .utf8)
}
