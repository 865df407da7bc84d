import Cells
import Foundation
import Screens
import Testing

/// Every page at every size, in one file each: what it says, what each cell means, and what is left of that
/// without colour and without line drawing.
@Suite struct PagesTests {
  static let sizes = [(64, 20), (80, 24), (100, 28), (160, 45), (300, 100)]

  @Test(
    "every page as text, as meanings, without colour and in plain ASCII", arguments: Page.allCases)
  func page(_ page: Page) throws {
    var stage = try Moment.changed.stage()
    let letters: [Page: Character] = [
      .cluster: "C", .ladder: "L", .quorums: "Q", .viewChange: "V", .message: "M", .rules: "R",
      .timeline: "T", .start: "S",
    ]
    stage.press(.character(try #require(letters[page])), .function(12))
    #expect(stage.model.page == page)
    for (columns, rows) in Self.sizes {
      let picture = stage.picture(columns, rows)
      stage.press(.character("i"), .function(12))
      let ascii = stage.picture(columns, rows)
      stage.press(.character("i"), .function(12))
      #expect(ascii.isASCII)
      // The two differ in their characters alone.
      #expect(picture.size == ascii.size)
      let sheet = [
        picture.text, "=== what each cell means", picture.styleMap(naming: roleName),
        "=== without colour: b bold, r reverse, u underline", picture.emphasisMap,
        "=== in plain ASCII", ascii.text,
      ]
      try expectGolden(sheet.joined(separator: "\n"), "page-\(page)-\(columns)x\(rows)")
    }
  }

  @Test("a theme changes no character and no meaning", arguments: Page.allCases)
  func themes(_ page: Page) throws {
    var stage = try Moment.changing.stage()
    let first = stage.picture(100, 28)
    for _ in Themes.all {
      stage.press(.character("t"), .function(12))
      #expect(stage.picture(100, 28) == first)
    }
  }

  private func roleName(_ role: Role) -> String {
    Role.named.first { $0.role == role }?.name ?? "role \(role.rawValue)"
  }
}

extension CellBuffer {
  /// How the picture looks without colour: a letter for each cell that is emphasised.
  fileprivate var emphasisMap: String {
    (0..<size.rows).map { y in
      var line = String(row(y).map { cell in Self.letter(Themes.mono, cell.style) })
      while line.last == " " { line.removeLast() }
      return line
    }
    .joined(separator: "\n")
  }

  /// Several at once are one capital: B bold and reverse, U underlined and more.
  private static func letter(_ theme: Theme, _ style: Style) -> Character {
    let emphasis = theme.ink(for: style, depth: .none).emphasis
    switch emphasis {
    case []: return " "
    case .bold: return "b"
    case .reverse: return "r"
    case .underline: return "u"
    case [.bold, .reverse]: return "B"
    default: return "U"
    }
  }
}
