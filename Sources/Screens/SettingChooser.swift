internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// How the values of a setting are shown.
extension Scene {
  func settingChooser(_ window: SettingWindow) -> Chooser {
    let width = (window.values.map(\.text.columns).max() ?? 0) + 2
    let present = model.value(of: window.subject)
    var lines: [Chooser.Line] = []
    for (index, value) in window.values.enumerated() {
      lines.append(.init(spans: line(value, present, width, window), choice: index))
    }
    if window.takesText {
      let typed = window.typed + text(glyphs.cursor)
      lines.append(
        .init(
          spans: [Span("  another: ", .label), Span(typed, Style(.key))],
          choice: window.values.count))
    }
    return Chooser(
      title: window.name, lines: lines, chosen: window.choice, detail: detail(window),
      keys: window.takesText
        ? "Enter takes it, or type another, Esc closes" : "Enter takes it, Esc closes")
  }

  private func line(
    _ value: Completion, _ present: String, _ width: Int, _ window: SettingWindow
  ) -> [Span] {
    let word = value.text.left(width)
    if value.text == present {
      return [
        Span("\(text(glyphs.done)) ", .done), Span(word, Style(.key)), Span(value.explanation),
      ]
    }
    if model.obstacle(to: value.text, window.subject) != nil {
      return [
        Span("\(text(glyphs.refused)) ", .quiet), Span(word, .quiet),
        Span(value.explanation, .quiet),
      ]
    }
    return [Span("  "), Span(word, Style(.key)), Span(value.explanation)]
  }

  private func detail(_ window: SettingWindow) -> [[Span]] {
    let first = [Span(ascii(window.explanation))]
    guard let value = window.value(window.choice) else { return [first] }
    if let obstacle = model.obstacle(to: value, window.subject) {
      return [first, [Span("not so: \(obstacle)", .fault)]]
    }
    return [first]
  }
}
