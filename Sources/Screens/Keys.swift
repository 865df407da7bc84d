public import Cells

/// One line of the key table: the footer, the help, the palette and the keyboard all come from it.
public struct KeyEntry: Hashable, Sendable {
  /// The chapters of the help, in order.
  public enum Group: String, Hashable, Sendable, CaseIterable {
    case time = "Time"
    case replica = "The focused replica"
    case message = "The selected message"
    case look = "Looking"
    case ladder = "The page Ladder"
    case quorums = "The page Quorums"
    case viewChange = "The page View change"
    case messagePage = "The page Message"
    case rules = "The page Rules"
    case timeline = "The page Timeline"
    case start = "The page Start"
    case program = "The program"

    /// The page on which the keys of a chapter mean this; nil for those that mean it everywhere.
    var page: Page? {
      switch self {
      case .ladder: .ladder
      case .quorums: .quorums
      case .viewChange: .viewChange
      case .messagePage: .message
      case .rules: .rules
      case .timeline: .timeline
      case .start: .start
      default: nil
      }
    }
  }

  public let keys: [Key]
  public let action: Action
  /// What the keys are called.
  public let label: String
  /// A word or two for the footer.
  public let hint: String
  /// A sentence for the help.
  public let help: String
  public let group: Group
  /// The command of the language that does the same, as a pattern.
  public let command: String?
  /// The lower, the earlier it gets a place in the footer; nil never.
  public let rank: Int?

  init(
    _ keys: [Key], _ label: String, _ action: Action, _ hint: String, _ help: String,
    in group: Group, command: String? = nil, rank: Int? = nil
  ) {
    self.keys = keys
    self.action = action
    self.label = label
    self.hint = hint
    self.help = help
    self.group = group
    self.command = command
    self.rank = rank
  }
}

/// The key table.
public enum Keys {
  public static let table: [KeyEntry] =
    time + replica + message + look + onPages.flatMap(\.entries) + program

  /// The keys that mean something of their own on a page.
  private static let onPages: [(page: Page, entries: [KeyEntry])] = [
    (.ladder, ladder), (.quorums, quorums), (.viewChange, viewChange), (.message, messagePage),
    (.rules, rules), (.timeline, timeline), (.start, start),
  ]

  /// What a key does on a page.
  public static func action(for key: Key, on page: Page = .cluster) -> Action? {
    if case .character(let digit) = key, digit.isASCII, let number = digit.wholeNumberValue {
      return .focus(number)
    }
    if let action = pageActions[page]?[key] { return action }
    return actions[key]
  }

  private static let actions = actions(of: table.filter { $0.group.page == nil })
  private static let pageActions = Dictionary(
    uniqueKeysWithValues: onPages.map { ($0.page, actions(of: $0.entries)) })

  private static func actions(of entries: [KeyEntry]) -> [Key: Action] {
    var actions: [Key: Action] = [:]
    for entry in entries { for key in entry.keys { actions[key] = entry.action } }
    return actions
  }

  /// The entry that tells of an action.
  static func entry(_ action: Action) -> KeyEntry? { table.first { $0.action == action } }

  private static let replica = [
    KeyEntry(
      [.character("b")], "b", .faults, "faults",
      "opens the menu of everything bad that can be done to it, and why not where it cannot",
      in: .replica, rank: 4),
    KeyEntry(
      (0...9).map { .character(Character(String($0))) }, "0-9", .focus(0), "focus",
      "focuses replica R0 to R9; Tab reaches all of them", in: .replica),
    KeyEntry(
      [.character("c")], "c", .crash, "crash", "crashes it, or restarts it if it is crashed",
      in: .replica, command: "crash R0", rank: 5),
    KeyEntry(
      [.character("r")], "r", .restart, "restart", "restarts it from its stable storage",
      in: .replica, command: "restart R0"),
    KeyEntry(
      [.character("e")], "e", .equivocate, "equivocate",
      "makes it tell one half this and the other that; once more: honest again; b has more of it",
      in: .replica, command: "equivocate R0", rank: 8),
    KeyEntry(
      [.character("u")], "u", .silence, "silence",
      "makes it send nothing and still receive; once more: honest again", in: .replica,
      command: "silence R0", rank: 11),
    KeyEntry(
      [.character("d")], "d", .delay, "delay",
      "delays all that it sends by 500 ms; once more: heals its links", in: .replica,
      command: "delay R0>* 500ms", rank: 7),
    KeyEntry(
      [.character("f")], "f", .fire, "fire timer", "its view-change timer runs out now",
      in: .replica, command: "fire R0 view-change"),
    KeyEntry(
      [.character("y")], "y", .why, "why",
      "why the last thing happened, and why each number has come as far as it has", in: .replica,
      rank: 4),
    KeyEntry(
      [.character("k")], "k", .state, "state",
      "shows its key-value state, its disk, its last replies and waiting requests",
      in: .replica,
      rank: 12),
  ]

  private static let message = [
    KeyEntry(
      [.up], "↑", .up, "select", "the message before, or the replica before", in: .message),
    KeyEntry(
      [.down, .character("j")], "↓ j", .down, "select",
      "the next message on its way, or the next replica", in: .message, rank: 14),
    KeyEntry(
      [.enter], "Enter", .inspect, "inspect", "every field of it, who signed it, and its fate",
      in: .message, rank: 9),
    KeyEntry(
      [.character("g")], "g", .deliver, "deliver", "it arrives now", in: .message,
      command: "deliver #1", rank: 13),
    KeyEntry(
      [.character("x")], "x", .drop, "drop", "it is lost", in: .message, command: "drop #1",
      rank: 8),
    KeyEntry(
      [.character("w")], "w", .hold, "hold", "it waits until it is released, or is released",
      in: .message, command: "hold #1"),
  ]

  private static let look =
    Page.allCases.map { page in
      KeyEntry(
        [.character(page.letter)], String(page.letter), .page(page),
        page.title, "the page \(page.title): \(page.purpose)", in: .look,
        rank: page == .ladder ? 17 : nil)
    } + [
      KeyEntry(
        [.tab], "Tab", .nextPane, "pane", "the next replica, then the messages in flight",
        in: .look),
      KeyEntry([.backTab], "S-Tab", .previousPane, "pane", "the pane before", in: .look),
      KeyEntry(
        [.character("z")], "z", .zoom, "zoom", "the pane with the focus alone; Esc leads back",
        in: .look, rank: 16),
      KeyEntry(
        [.character("+"), .character("=")], "+", .bigger, "bigger",
        "fewer things, larger: for the back row", in: .look, rank: 21),
      KeyEntry(
        [.character("-")], "-", .smaller, "smaller", "more things, smaller", in: .look),
      KeyEntry(
        [.character("t")], "t", .theme, "theme", "dark, light, high contrast, no colour",
        in: .look, rank: 18),
      KeyEntry(
        [.character("i")], "i", .glyphs, "ASCII", "only plain ASCII characters, or line drawing",
        in: .look),
      KeyEntry(
        [.character("m")], "m", .mouse, "mouse",
        "gives the mouse back to the terminal, which then selects text, or takes it", in: .look),
      KeyEntry(
        [.character("s")], "s", .picture, "picture",
        "saves what is on the screen, as SVG and as text, and says where", in: .look),
      KeyEntry(
        [.control("l")], "Ctrl-L", .redraw, "redraw", "draws the screen anew", in: .look),
    ]

  private static let rules = [
    KeyEntry([.up], "↑", .moveRule(-1), "rule", "the rule before", in: .rules),
    KeyEntry(
      [.down, .character("j")], "↓ j", .moveRule(1), "rule", "the next rule", in: .rules, rank: 1),
    KeyEntry([.pageUp], "PgUp", .moveRule(-10), "rules", "ten rules up", in: .rules),
    KeyEntry([.pageDown], "PgDn", .moveRule(10), "rules", "ten rules down", in: .rules),
    KeyEntry(
      [.enter], "Enter", .switchRule, "off/on",
      "switches the selected rule off from this moment on, or on again", in: .rules,
      command: "rule NAME off", rank: 0),
  ]

  private static let timeline = [
    KeyEntry([.up], "↑", .moveBranch(-1), "branch", "the branch above", in: .timeline),
    KeyEntry(
      [.down, .character("j")], "↓ j", .moveBranch(1), "branch", "the branch below", in: .timeline,
      rank: 1),
    KeyEntry(
      [.enter], "Enter", .goToBranch, "go there", "to the end of the chosen branch", in: .timeline,
      rank: 0),
  ]

  private static let program = [
    KeyEntry(
      [.character("n")], "n", .request, "request", "a client asks for something new", in: .program,
      command: "request alice append x a", rank: 6),
    KeyEntry(
      [.character("a")], "a", .load, "auto", "a request every so often; once more: no longer",
      in: .program, command: "load 300ms", rank: 19),
    KeyEntry(
      [.character(":")], ":", .palette, "cmd", "a line for any command, with completion",
      in: .program, rank: 3),
    KeyEntry(
      [.character("?"), .function(1)], "? F1", .help, "help", "these keys", in: .program),
    KeyEntry(
      [.function(3)], "F3", .legend, "legend", "every mark and letter of the screen",
      in: .program),
    KeyEntry(
      [.function(2)], "F2", .tour, "tour", "five first steps; once more or Esc: leaves them",
      in: .program),
    KeyEntry(
      [.escape], "Esc", .close, "close",
      "closes what lies over the page, or leads back to the page Cluster; never quits",
      in: .program),
    KeyEntry(
      [.character("q"), .control("c")], "q", .quit, "quit", "ends the program", in: .program),
  ]
}
