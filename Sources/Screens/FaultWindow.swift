internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// The window of the fault menu.
extension Scene {
  func faultChooser(_ choice: Int) -> Chooser {
    let items = model.faultItems
    let chosen = min(max(choice, 0), max(items.count - 1, 0))
    let wordWidth = (items.map(\.word.columns).max() ?? 0) + 2
    var lines: [Chooser.Line] = []
    var group: String?
    for (index, item) in items.enumerated() {
      if item.group != group {
        group = item.group
        lines.append(.init(spans: [Span(item.group, Style(.label, .bold))], choice: nil))
      }
      lines.append(.init(spans: line(item, wordWidth), choice: index))
    }
    return Chooser(
      title: "Faults of \(model.replica)", lines: lines, chosen: chosen,
      detail: items.indices.contains(chosen) ? detail(items[chosen]) : [],
      keys: "Enter does it, : edits it, 0-9 R0-R9, Esc closes")
  }

  private func line(_ item: FaultItem, _ wordWidth: Int) -> [Span] {
    let word = item.word.left(wordWidth)
    if item.isOn {
      let mark = Span("\(text(glyphs.received)) ", .fault)
      return [mark, Span(word, .fault), Span(item.title + " (now)", .fault)]
    }
    if item.obstacle == nil, item.delay != nil {
      return [
        Span("\(text(glyphs.kept)) ", .quiet), Span(word, Style(.key)),
        Span(item.title + " (later)", .quiet),
      ]
    }
    guard let obstacle = item.obstacle else {
      return [Span("  "), Span(word, Style(.key)), Span(item.title)]
    }
    return [
      Span("\(text(glyphs.refused)) ", .quiet), Span(word, .quiet),
      Span("not now: \(obstacle.reason)", .quiet),
    ]
  }

  private func detail(_ item: FaultItem) -> [[Span]] {
    var lines = [[Span(": ", .label), Span(item.command.text, Style(.key))]]
    if let obstacle = item.obstacle, !item.isOn {
      lines.append([Span("not now: \(obstacle.description)", .fault)])
    }
    if item.obstacle == nil, let delay = item.delay {
      lines.append([Span("later: \(delay)", .fault)])
    }
    lines.append([Span(item.sentence)])
    return lines
  }
}

extension Model {
  /// What the fault menu offers for the focused replica now.
  var faultItems: [FaultItem] { FaultMenu.items(for: replica, in: world) }

  /// Whether the key meant the fault menu; others do what they always do.
  mutating func takeInFaults(_ key: Key, _ choice: Int) -> Bool {
    if let place = key.place(from: choice, of: FaultMenu.kinds(in: world).count) {
      overlay = .faults(choice: place)
      return true
    }
    switch key {
    case .enter:
      let items = faultItems
      guard items.indices.contains(choice) else { return true }
      let item = items[choice]
      if act(item.command, explaining: item.delay) { overlay = nil }
    case .character(":"), .tab:
      let items = faultItems
      guard items.indices.contains(choice) else { return true }
      edit(items[choice].command)
    default: return false
    }
    return true
  }

  /// Puts a command into the palette, to be changed before it is carried out.
  mutating func edit(_ command: Command) { open(command.text) }

  /// Opens the palette with the beginning of a line.
  mutating func open(_ text: String) {
    prompt = Prompt()
    prompt.replace(with: text)
    overlay = .palette
  }
}
