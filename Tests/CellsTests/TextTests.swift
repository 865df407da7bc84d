import Cells
import Testing

@Suite struct `Text in a buffer` {
  @Test func `text goes where it is put, and says how far it went`() {
    var buffer = CellBuffer(size: Size(columns: 12, rows: 3))

    let used = buffer.put("R0 primary", at: Position(x: 1, y: 1))

    #expect(used == 10)
    #expect(buffer.text == "\n R0 primary\n")
  }

  @Test func `what does not fit is cut at every edge`() {
    var buffer = CellBuffer(size: Size(columns: 4, rows: 1))

    #expect(buffer.put("abcdef", at: Position(x: -1, y: 0)) == 5)
    #expect(buffer.put("xyz", at: Position(x: 3, y: 0)) == 1)
    #expect(buffer.put("above", at: Position(x: 0, y: -1)) == 4)

    #expect(buffer.text == "bcdx")
  }

  @Test(arguments: [
    (10, "primary   |"), (7, "primary   |"), (6, "prima~    |"), (1, "~         |"),
    (0, "          |"), (-3, "          |"),
  ])
  func `an ellipsis stands for what was cut`(width: Int, picture: String) {
    var buffer = CellBuffer(size: Size(columns: 11, rows: 1))
    buffer[10, 0] = Cell("|")

    buffer.put("primary", at: .zero, maxWidth: width, ellipsis: "~")

    #expect(buffer.text == picture)
  }

  @Test(arguments: ["\n", "\t", "\u{1B}", "\u{7F}", "界", "\u{301}", "⚡", "😀", "\u{200D}", "\u{AD}"])
  func `a scalar that is not one column wide cannot garble the row`(text: String) {
    var buffer = CellBuffer(size: Size(columns: 4, rows: 1))

    let used = buffer.put("e" + text, at: .zero)

    #expect(used == 2)
    #expect(buffer.text == "e?")
  }

  @Test func `runs keep their styles`() {
    var buffer = CellBuffer(size: Size(columns: 12, rows: 1))
    let vote = Style(Role(3))

    buffer.put(["n1 ", Span("●●", vote), Span("○", vote.bold)], at: .zero)

    #expect(buffer.text == "n1 ●●○")
    #expect(
      buffer.styleMap == """
           aab
        a = role 3
        b = role 3 bold
        """)
  }

  @Test func `runs can be pushed to the right`() {
    var buffer = CellBuffer(size: Size(columns: 16, rows: 1))

    let used = buffer.put(["? help", "  q quit"], endingAt: 16, y: 0)

    #expect(used == 14)
    #expect(buffer.text == "  ? help  q quit")
  }

  @Test func `text is wrapped between words, and styles go along`() {
    let loud = Style(Role(1))
    let spans: [Span] = ["R1 has 2 of ", Span("2f = 2 matching", loud), " PREPAREs"]

    let lines = spans.wrapped(width: 14)

    #expect(lines.map(\.text) == ["R1 has 2 of 2f", "= 2 matching", "PREPAREs"])
    #expect(lines[0] == ["R1 has 2 of ", Span("2f", loud)])
    #expect([Span("abcdefgh")].wrapped(width: 3).map(\.text) == ["abc", "def", "gh"])
    #expect([Span("  two words")].wrapped(width: 5).map(\.text) == ["  two", "words"])
    #expect([Span("any")].wrapped(width: 0).isEmpty)
  }
}
