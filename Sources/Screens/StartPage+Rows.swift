internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// What the rows of the page Start say, and what is said below about the chosen one.
extension Scene {
  func spans(_ row: StartRow, _ width: Int) -> [Span] {
    switch row {
    case .file(let path): return [Span("the file \(path)  ", Style(.key)), openNow]
    case .demo(let place): return spans(model.demos[place], width)
    case .setting(let setting):
      let value = setting.text(in: model.draft)
      let isChanged = value != setting.text(in: world.configuration)
      return self.setting(setting.word, value, setting.explanation, isChanged)
    case .pace:
      return self.setting("pace", model.speed.word, "how fast time goes while it runs", false)
    case .begin: return [Span(beginning(width), Style(.key))]
    }
  }

  private var openNow: Span { Span("open now", .done) }

  private func spans(_ demo: DemoFile, _ width: Int) -> [Span] {
    let names = model.demos.filter { $0.isOfRule == demo.isOfRule }.map(\.name.columns)
    let name = Span(demo.name.left((names.max() ?? 0) + 2), Style(.key))
    let isOpen = demo.path == model.openFile
    let end =
      isOpen
      ? [openNow]
      : demo.stops.map { [Span($0 == 1 ? "1 stop" : "\($0) stops", .quiet)] }
        ?? [Span("session", .quiet)]
    let room = max(width - name.columns - end.columns - 2, 0)
    let whole = title(demo)
    let title =
      whole.columns > room ? whole.prefix(max(room - 1, 0)) + text(glyphs.ellipsis) : whole
    return [name, Span(title.left(room + 2))] + end
  }

  /// What a demo says of itself; that it lacks its rule is said above it already.
  private func title(_ demo: DemoFile) -> String {
    let start = "Without \(demo.name): "
    guard demo.isOfRule, demo.title.hasPrefix(start) else { return demo.title }
    return String(demo.title.dropFirst(start.count))
  }

  private func setting(
    _ name: String, _ value: String, _ explanation: String, _ isChanged: Bool
  ) -> [Span] {
    [
      Span(name.left(11), Style(.key)),
      Span(
        (value + (isChanged ? " \(text(glyphs.changed))" : "")).left(16),
        isChanged ? Style(.changed, .bold) : .plain),
      Span(ascii(explanation), .quiet),
    ]
  }

  /// The row that begins anew, as much of the world in it as there is room for.
  private func beginning(_ width: Int) -> String {
    let draft = model.draft
    func told(_ settings: [Setting]) -> String {
      "Begin anew with "
        + settings.map { "\($0.word)=\($0.text(in: draft))" }.joined(separator: " ")
    }
    return fitting(
      width,
      [
        told([.replicas, .checkpoints, .log, .window, .timeout, .clients, .seed, .latency]),
        told([.replicas, .checkpoints, .log, .seed, .latency]),
        told([.replicas, .checkpoints, .log, .seed]),
      ])
  }

  /// What Enter does there, and the line that does the same.
  func startDetail(_ row: StartRow) -> [[Span]] {
    func line(_ text: String) -> [Span] { [Span(": ", .label), Span(text, Style(.key))] }
    let kept = [
      Span(
        model.isKept
          ? "What you did until now is kept: pbftscope resume --list finds it."
          : "What you did until now is not kept; save \"FILE\" keeps it.", .quiet)
    ]
    switch row {
    case .file: return [[Span("Enter opens it again, from its start.")], line("open again"), kept]
    case .demo(let place):
      let demo = model.demos[place]
      let isOpen = demo.path == model.openFile
      let title = [Span(demo.title, Style(.plain, .bold))]
      let enter =
        isOpen
        ? "It is open now; Enter restarts it. " : "Enter opens it; space leads from stop to stop. "
      return [title, [Span(enter)] + line(isOpen ? "open again" : "open \(demo.name)"), kept]
    case .setting(let setting):
      return [
        [Span(setting.word, Style(.plain, .bold)), Span(": \(ascii(setting.explanation)).")],
        [Span("Enter changes it for the next world, which the row Begin anew starts.")],
      ]
    case .pace:
      return [
        [Span("pace", Style(.plain, .bold)), Span(": \(model.speed.meaning).")],
        [Span("Enter changes it, at once; * and _ do so everywhere.")],
      ]
    case .begin:
      return [line("world \(model.draft.text)"), kept]
    }
  }
}
