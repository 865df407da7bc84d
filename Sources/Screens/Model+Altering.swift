internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// Altering a message by hand.
extension Model {
  /// Opens the window of what can be made of the copy that is shown; before it is sent, goes to where it is.
  mutating func beginAltering() {
    if inspected.sending == nil, let later = inspected.later {
      act(.goTo(step: later, branch: nil))
      return
    }
    guard let id = inspected.id, let envelope = world.inFlight.first(where: { $0.id == id }) else {
      let reason = inspectedObstacle ?? "no message has been sent; n sends a new request"
      notice = Notice(refusal: reason)
      return
    }
    // The first that is possible; of a correct sender's message that is the last.
    let first = alterations(of: envelope).firstIndex { $0.obstacle == nil } ?? 0
    overlay = .alterations(message: id, choice: first)
    isRunning = false
  }

  /// What the window offers for a message now; nothing once it is not on its way any more.
  func alterations(of id: Int) -> [AlterationItem] {
    world.inFlight.first { $0.id == id }.map { alterations(of: $0) } ?? []
  }

  /// Whether the key meant the window; others do what they always do.
  mutating func takeInAlterations(_ key: Key, _ id: Int, _ choice: Int) -> Bool {
    let items = alterations(of: id)
    if let place = key.place(from: choice, of: items.count) {
      overlay = .alterations(message: id, choice: place)
      return true
    }
    switch key {
    case .enter: carryOutAlteration(id, choice)
    case .character(":"), .tab:
      guard items.indices.contains(choice) else { return true }
      edit(items[choice].command)
    default: return false
    }
    return true
  }

  /// Does what a line of the window says; its reason stays where it cannot be done.
  mutating func carryOutAlteration(_ id: Int, _ choice: Int) {
    let items = alterations(of: id)
    guard items.indices.contains(choice) else { return }
    if act(items[choice].command) { overlay = nil }
  }
}

/// The window of what can be made of a message.
extension Scene {
  func alterationChooser(_ id: Int, _ choice: Int) -> Chooser {
    let items = model.alterations(of: id)
    let chosen = min(max(choice, 0), max(items.count - 1, 0))
    let texts = items.map { item -> String in
      if case .alter(_, let alteration) = item.command { alteration.text } else { "" }
    }
    let width = (texts.map(\.columns).max() ?? 0) + 2
    let lines = zip(items, texts).enumerated().map { place, line in
      let (item, text) = line
      let spans =
        item.obstacle.map {
          [
            Span("\(self.text(glyphs.refused)) ", .quiet), Span(text.left(width), .quiet),
            Span("not now: \($0.reason)", .quiet),
          ]
        } ?? [Span("  "), Span(text.left(width), Style(.key)), Span(item.title)]
      return Chooser.Line(spans: spans, choice: place)
    }
    let to = world.inFlight.first { $0.id == id }.map { " on its way to \($0.to)" } ?? ""
    return Chooser(
      title: "Alter #\(id)\(to)", lines: lines, chosen: chosen,
      detail: items.indices.contains(chosen) ? detail(items[chosen]) : [],
      keys: "Enter does it, : edits it, Esc closes")
  }

  private func detail(_ item: AlterationItem) -> [[Span]] {
    var lines = [[Span(": ", .label), Span(item.command.text, Style(.key))]]
    if let obstacle = item.obstacle {
      lines.append([Span("not now: \(obstacle.description)", .fault)])
    }
    lines.append([Span(item.sentence)])
    return lines
  }
}
