internal import ArgumentParser
internal import Cells
internal import Foundation
internal import Language
internal import Screens
internal import Simulation

/// `pbftscope shot FILE`: a picture of any moment without a screen.
struct Shot: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw one moment without a screen, as SVG or as text.",
    discussion: """
      A page of the language is played to its end, or to one of its stops; a session is shown where it was \
      saved. Without --output the picture goes to stdout as text.
      """)

  @Argument(help: "A page of the language, like demos/*.pbft, or a session.")
  var file: String

  @Option(help: "Which step of the line to draw, or end.")
  var at: String?

  @Option(help: "Play the page to this stop, counted from 1.")
  var stop: Int?

  @Option(help: "Columns and rows.")
  var size = "100x28"

  @Option(help: ArgumentHelp("Which page to draw: \(Page.words)."))
  var page = "cluster"

  @Option(help: "dark, light, high-contrast or mono.")
  var theme = "dark"

  @Flag(help: "Draw with ASCII only.")
  var ascii = false

  @Option(
    help: ArgumentHelp(
      "Keys that are pressed before the picture is made, with blanks between them: \"2 y down\"."))
  var keys = ""

  @Option(name: [.short, .long], help: "The file: x.svg or x.txt.")
  var output: String?

  func run() throws {
    let format = try makeFormat()
    let size = try makeSize()
    guard let page = Page(word: page) else {
      throw fail("--page \(page): there is no such page; there are \(Page.words)")
    }
    guard let theme = Themes.named(theme) else {
      throw fail(
        "--theme \(theme): there is no such theme; there are "
          + Themes.all.map(\.name).joined(separator: ", "))
    }
    let keys = try makeKeys()
    var model = try makeModel(theme)
    try goTo(&model)
    model.show(page, at: size)
    for key in keys { _ = model.update(.key(key)) }
    model.lookUpAll()
    let text = PictureFile.text(of: model, size, format)
    guard let output else {
      var writer = LineWriter(.standardOutput, name: "stdout")
      writer.write(String(text.dropLast()))
      return try writer.finish()
    }
    do throws(Mistake) {
      try SessionFile.write(text, to: SessionFile.place(of: output), mode: nil)
    } catch {
      throw fail(error.line)
    }
  }

  private func makeFormat() throws -> PictureFile.Format {
    guard let output else { return .txt }
    guard let format = PictureFile.Format(path: output) else {
      throw fail("--output \(output): expected a name that ends in .svg or .txt")
    }
    return format
  }

  private func makeSize() throws -> Size {
    let sides = size.split(separator: "x", omittingEmptySubsequences: false).compactMap { Int($0) }
    let (least, most) = (leastSize, Size(columns: 400, rows: 200))
    guard sides.count == 2, (least.columns...most.columns).contains(sides[0]),
      (least.rows...most.rows).contains(sides[1])
    else {
      throw fail(
        "--size \(size): expected columns and rows like 100x28, from \(least.columns)x\(least.rows) "
          + "to \(most.columns)x\(most.rows)")
    }
    return Size(columns: sides[0], rows: sides[1])
  }

  private func makeKeys() throws -> [Key] {
    try keys.split(separator: " ").map { word in
      if word.count == 1, let character = word.first { return .character(character) }
      guard let key = Self.named.first(where: { $0.name == word.lowercased() })?.key else {
        throw fail(
          "--keys: there is no key \"\(word)\"; expected single characters, or "
            + Self.named.map(\.name).joined(separator: ", "))
      }
      return key
    }
  }

  private static let named: [(name: String, key: Key)] = [
    ("up", .up), ("down", .down), ("left", .left), ("right", .right), ("home", .home),
    ("end", .end), ("pgup", .pageUp), ("pgdn", .pageDown), ("enter", .enter), ("esc", .escape),
    ("tab", .tab), ("space", .character(" ")), ("backspace", .backspace),
  ]

  /// The story, played as far as it is wanted.
  private func makeModel(_ theme: Theme) throws -> Model {
    let opened: SessionFile.Opened
    do throws(Mistake) {
      opened = try SessionFile.load(file, limit: History.ordinaryLimit, toLine: nil) {
        "`pbftscope \(shellWord(file)) --to-line \($0)`"
      }
    } catch {
      throw fail(error.line)
    }
    var model = Model(
      history: opened.history, lesson: opened.lesson, theme: theme,
      glyphs: ascii ? .ascii : .unicode)
    model.demos = findDemos(beside: file)
    model.openFile = demoPath(of: file, among: model.demos)
    if let stop {
      let total = opened.lesson?.total ?? 0
      guard (1...max(total, 1)).contains(stop), total > 0 else {
        let stops = total == 0 ? "no stops" : total == 1 ? "one stop" : "stops 1 to \(total)"
        throw fail("--stop \(stop): \(file) has \(stops)")
      }
    }
    guard stop != nil || opened.session == nil else { return model }
    if let problem = model.playLesson(to: stop) { throw fail("\(file): \(problem)") }
    return model
  }

  private func goTo(_ model: inout Model) throws {
    guard let at else { return }
    let end = model.history.end
    let step = at == "end" ? end : Int(at)
    guard let step, (0...end).contains(step) else {
      throw fail("--at \(at): expected a step from 0 to \(end), or end")
    }
    model.goTo(step: step)
  }
}
