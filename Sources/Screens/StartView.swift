internal import Cells
internal import Language
internal import Simulation

/// What the page Start looks at.
public struct StartView: Hashable, Sendable {
  /// The demos that are there.
  var demos: [DemoFile] = []
  /// The file that is open.
  var file: String?
  /// What is done is written down, and stays when something else is opened.
  var isKept = true
  /// The chosen row, among those that can be chosen.
  var choice = 0
  /// What the next world is to be made of, where that has been changed here.
  var draft: Configuration?

  public init() {}
}

/// What the keys of the page Start do.
public enum StartAction: Hashable, Sendable {
  /// So many lines down, or up.
  case move(Int)
  /// Opens the chosen demo, changes the chosen setting, or begins anew.
  case choose
  /// A click on a row: chooses it, and does it where it is chosen already.
  case point(Int)
  /// A click on a value of the setting whose window is open.
  case pointAtValue(Int)
  /// The palette, for the name of a demo.
  case find
}

extension Keys {
  static let start: [KeyEntry] = [
    KeyEntry([.up], "↑", .onStart(.move(-1)), "choose", "the line above", in: .start),
    KeyEntry(
      [.down, .character("j")], "↓ j", .onStart(.move(1)), "choose", "the line below", in: .start,
      rank: 1),
    KeyEntry([.pageUp], "PgUp", .onStart(.move(-10)), "up", "ten lines up", in: .start),
    KeyEntry([.pageDown], "PgDn", .onStart(.move(10)), "down", "ten lines down", in: .start),
    KeyEntry(
      [.enter], "Enter", .onStart(.choose), "open, change",
      "opens the chosen demo, or again from its start; changes the chosen setting; begins anew",
      in: .start, command: "open again", rank: 0),
    KeyEntry(
      [.character("/")], "/", .onStart(.find), "by name", "a line for the name of a demo or a file",
      in: .start, command: "open 2-primary-crash", rank: 2),
  ]
}

/// One row of the page Start that can be chosen.
enum StartRow: Hashable {
  /// The file that is open, where it is none of the demos.
  case file(String)
  /// A demo by its place in the list.
  case demo(Int)
  case setting(Setting)
  case pace
  case begin
}

extension Model {
  /// The settings that the page offers; the rules have a page of their own.
  private static let settings: [Setting] = [
    .replicas, .checkpoints, .log, .window, .timeout, .clients, .seed, .latency, .primaries,
    .scheme,
  ]

  /// The chapters of the page, each with its rows.
  var startChapters: [(title: String, rows: [StartRow])] {
    let pages = demos.indices.filter { !demos[$0].isOfRule }.map(StartRow.demo)
    let rules = demos.indices.filter { demos[$0].isOfRule }.map(StartRow.demo)
    let isKnown = demos.contains { $0.path == openFile }
    let file = openFile.flatMap { isKnown ? nil : [StartRow.file($0)] } ?? []
    let own = Self.settings.map(StartRow.setting) + [.pace, .begin]
    return [("Demos", file + pages), ("A world of your own", own)]
      + (rules.isEmpty ? [] : [("What each rule is for: what breaks without it", rules)])
  }

  /// Everything that can be chosen, in order.
  var startRows: [StartRow] { startChapters.flatMap(\.rows) }

  var startRow: StartRow {
    let rows = startRows
    return rows[min(max(opening.choice, 0), rows.count - 1)]
  }

  /// What the next world is made of.
  var draft: Configuration { opening.draft ?? world.configuration }

  mutating func performOnStart(_ action: StartAction) -> Response {
    page = .start
    switch action {
    case .move(let distance):
      opening.choice = moved(opening.choice, by: distance, of: startRows.count, "line")
    case .choose: return chooseOnStart()
    case .point(let row):
      if opening.choice == row { return chooseOnStart() }
      opening.choice = row
    case .pointAtValue(let choice):
      guard case .setting(var window) = overlay else { return .none }
      if window.choice == choice { return takeValue(window) }
      window.choice = choice
      overlay = .setting(window)
    case .find: open("open ")
    }
    return .none
  }

  private mutating func chooseOnStart() -> Response {
    switch startRow {
    case .file(let path): return .open(path)
    case .demo(let place): return .open(demos[place].path)
    case .setting(let setting): overlay = .setting(SettingWindow(.world(setting), in: self))
    case .pace: overlay = .setting(SettingWindow(.pace, in: self))
    case .begin: return .begin(draft)
    }
    return .none
  }

  /// After every input: what was chosen is still there.
  mutating func settleStart() {
    guard opening.choice > 0 else { return }
    opening.choice = min(opening.choice, startRows.count - 1)
  }

  /// A line of the palette about files or worlds.
  mutating func carryOut(_ command: FileCommand) -> Response {
    switch command {
    case .save(let path): return .save(path)
    case .load(let path, let line): return .load(path, toLine: line)
    case .world(let configuration): return .begin(configuration)
    case .openAgain: return openFile.map { .open($0) } ?? .begin(world.configuration)
    case .open(let name):
      let known = demos.first { $0.name.lowercased() == name.lowercased() }
      guard known != nil || name.contains(where: { "./~".contains($0) }) else {
        prompt.refusal =
          "there is no demo \(name): write the name of one, or a file such as \"demos/\(name).pbft\""
        return .none
      }
      return .open(known?.path ?? name)
    }
  }
}
