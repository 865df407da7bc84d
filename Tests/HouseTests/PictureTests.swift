import Cells
import Export
import Foundation
import Screens
import Testing

/// Pictures in files: of any moment, and those of the README.
@Suite struct `Pictures` {
  /// What `make pictures` reads: a name, and the arguments of `pbftscope shot`.
  static func list() throws -> [(name: String, arguments: String)] {
    try House.text(of: "demos/pictures/list").split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
      .map { line in
        let words = line.split(separator: " ", maxSplits: 1)
        return (String(words[0]), words.count > 1 ? String(words[1]) : "")
      }
  }

  @Test func `the pictures of the README are what the demos show now`() throws {
    let scratch = try Scratch()
    let list = try Self.list()
    #expect(list.count >= 2)
    for (name, arguments) in list {
      let path = "demos/pictures/\(name).svg"
      let isUpdate = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"
      let output = isUpdate ? path : "\(scratch.path)/\(name).svg"
      let result = try Program.run("shot \(arguments) -o \(output)")
      #expect(result.status == 0, "\(result.output)")
      guard !isUpdate else { continue }
      let drawn = try scratch.text(of: "\(name).svg")
      #expect(
        (try? House.text(of: path)) == drawn,
        "\(path) is not what is drawn now; make pictures draws it again")
    }
  }

  @Test func `every picture is listed, and the README shows it`() throws {
    let files = try House.folders(in: "demos/pictures").filter { $0 != "list" }
    let names = try Self.list().map { "\($0.name).svg" }
    #expect(files == names.sorted())
    let readme = try House.text(of: "README.md")
    for file in files { #expect(readme.contains("(demos/pictures/\(file))"), "\(file)") }
  }

  @Test func `a picture without a name for its file is text, of the size that was asked for`()
    throws
  {
    let demo = "demos/2-primary-crash.pbft"
    let result = try Program.run("shot \(demo) --size 80x24 --stop 4 --page ladder")
    #expect(result.status == 0)
    let rows = result.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(rows.count == 24)
    #expect(rows.allSatisfy { $0.unicodeScalars.count <= 80 })
    #expect(result.output.contains("R0 crashes"))
    let scratch = try Scratch()
    #expect(
      try Program.run(
        "shot \(demo) --size 80x24 --stop 4 --page ladder -o \(scratch.path)/x.txt"
      ).status == 0)
    #expect(try scratch.text(of: "x.txt") == result.output)
  }

  @Test func `any step and any page of it can be drawn`() throws {
    let demo = "demos/2-primary-crash.pbft"
    for at in ["0", "57", "end"] {
      let result = try Program.run("shot \(demo) --at \(at) --page lad --ascii")
      #expect(result.status == 0)
      #expect(result.output.contains(" \(at == "end" ? "182" : at)/182 "), "\(at)")
      #expect(result.output.unicodeScalars.allSatisfy { $0.isASCII })
    }
    // A key's window is in the picture too.
    #expect(try Program.run("shot \(demo) --keys '2 k'").output.contains("Keys and values"))
  }

  @Test(arguments: [
    ("--at 999", "expected a step from 0 to 182, or end"),
    ("--at=-1", "expected a step from 0 to 182, or end"),
    ("--size 3x3", "from 60x18 to 400x200"), ("--size 80", "like 100x28"),
    ("--page foo", "cluster, ladder, quorums, view-change, message, rules, timeline, start"),
    ("--theme pink", "dark, light, high-contrast, mono"),
    ("--stop 12", "has stops 1 to 9"), ("-o x.png", "ends in .svg or .txt"),
    ("--keys foo", "there is no key \"foo\""), ("-o /nowhere/x.svg", "/nowhere/x.svg"),
  ])
  func `what cannot be drawn is told in one line with what is possible`(
    arguments: String, part: String
  ) throws {
    let result = try Program.run("shot demos/2-primary-crash.pbft \(arguments)")
    #expect(result.status == 2, "\(result.output)")
    #expect(result.output.contains(part), "\(result.output)")
    #expect(result.output.split(separator: "\n").count == 1, "\(result.output)")
  }
}

/// What an SVG document is made of.
@Suite struct `An SVG document` {
  private func svg(_ buffer: CellBuffer, theme: Theme = .none) -> String {
    SVG.picture(buffer, theme: theme, title: "A <title>", description: "\"One\" & only")
  }

  private func buffer(_ rows: [String], _ style: Style = .plain) -> CellBuffer {
    let columns = rows.map(\.columns).max() ?? 0
    var buffer = CellBuffer(size: Size(columns: columns, rows: rows.count))
    for (y, row) in rows.enumerated() { buffer.put(row, at: Position(x: 0, y: y), style: style) }
    return buffer
  }

  @Test func `every word has its own place and width, and is escaped`() {
    let text = svg(buffer(["a  R1>R2", " x&y \"b\""]))
    #expect(text.contains("<text x=\"0\" y=\"27\">a</text>"))
    #expect(text.contains("<text x=\"54\" y=\"27\" textLength=\"90\">R1&gt;R2</text>"))
    #expect(text.contains("<text x=\"18\" y=\"63\" textLength=\"54\">x&amp;y</text>"))
    #expect(text.contains("textLength=\"54\">&quot;b&quot;</text>"))
    #expect(text.contains("<title id=\"title\">A &lt;title&gt;</title>"))
    #expect(text.contains("<desc id=\"desc\">&quot;One&quot; &amp; only</desc>"))
  }

  @Test func `lines are drawn as long as they are, and meet at corners`() {
    let text = svg(buffer(["┌──┐", "│  │", "└──┘"]))
    #expect(text.contains("M9 18H63M9 90H63M9 18V90M63 18V90"))
    #expect(!text.contains("<text"))
  }

  @Test func `a background is one rectangle, whatever is written on it`() {
    var picture = buffer(["abcd", "efgh", "ijkl"])
    picture.restyle(Region(x: 1, y: 0, columns: 2, rows: 2)) { $0.reverse }
    let text = svg(picture)
    #expect(
      text.contains("<rect x=\"18\" y=\"0\" width=\"36\" height=\"72\" fill=\"#000000\"/>"))
    #expect(text.components(separatedBy: "<rect ").count == 3)
    #expect(text.contains("<g fill=\"#ffffff\">"))
  }

  @Test func `without colour it is black on white, with what else makes text stand out`() {
    var picture = buffer(["plain bold under"])
    picture.restyle(Region(x: 6, y: 0, columns: 4, rows: 1)) { $0.bold }
    picture.restyle(Region(x: 11, y: 0, columns: 5, rows: 1)) { $0.underline }
    let text = svg(picture, theme: Themes.mono)
    let colours = Set(text.matches(of: #/#[0-9a-f]{6}/#).map { String($0.output) })
    #expect(colours == ["#000000", "#ffffff"])
    #expect(text.contains("<g fill=\"#000000\" font-weight=\"bold\">\n<text x=\"108\""))
    #expect(text.contains("M198 31H288"))
  }

  @Test func `every glyph that is not of every font is drawn`() {
    let written: Set<Unicode.Scalar> = ["›", "≠", "…", "≤", "≥"]
    let others = Array("⊘▪┆┊▐▀▄▒◇╸╷".unicodeScalars)
    for glyph in Glyphs.unicode.all + others where !written.contains(glyph) {
      #expect(!svg(buffer([String(Character(glyph))])).contains("<text"), "\(glyph)")
    }
  }

  @Test(arguments: Themes.all.map(\.name))
  func `a theme has its colours, and the same cells give the same bytes`(name: String) throws {
    let theme = try #require(Themes.named(name))
    let picture = buffer(["R1 ● 2/2", "░█▌", "►──◄"], Style(.prepare))
    #expect(svg(picture, theme: theme) == svg(picture, theme: theme))
    let ink = theme.ink(for: Style(.prepare), depth: .indexed256)
    guard case .index(let index) = ink.foreground else {
      #expect(name == "mono")
      return
    }
    let digits = String(RGB(paletteIndex: index).packed, radix: 16)
    #expect(svg(picture, theme: theme).contains("fill=\"#\(digits)\""))
  }

  @Test func `nothing gives an empty picture, and no control character gets into the text`() {
    #expect(svg(CellBuffer(size: .zero)).hasSuffix("</svg>\n"))
    let text = SVG.picture(
      buffer(["x"]), theme: .none, title: "\u{1b}[31m\u{0}", description: "\u{9b}")
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 32 || $0 == "\n" })
    #expect(!text.unicodeScalars.contains("\u{9b}"))
  }
}
