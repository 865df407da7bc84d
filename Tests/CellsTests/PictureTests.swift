import Cells
import Testing

@Suite struct `Pictures` {
  @Test func `a box is a frame with a title and returns its inside`() {
    var buffer = CellBuffer(size: Size(columns: 20, rows: 8))

    let inside = buffer.box(
      Region(x: 0, y: 0, columns: 20, rows: 4), title: ["R1 ★ primary"],
      lines: Glyphs.unicode.light)
    buffer.put("v1 h0 H10", at: inside.origin)
    buffer.box(
      Region(x: 0, y: 4, columns: 10, rows: 4), title: ["too long for it"],
      lines: Glyphs.unicode.heavy, ellipsis: "…")
    buffer.box(Region(x: 10, y: 4, columns: 10, rows: 4), lines: Glyphs.ascii.light)

    #expect(
      buffer.text == """
        ┌─R1 ★ primary─────┐
        │v1 h0 H10         │
        │                  │
        └──────────────────┘
        ┏━too l…━┓+--------+
        ┃        ┃|        |
        ┃        ┃|        |
        ┗━━━━━━━━┛+--------+
        """)
  }

  @Test(arguments: -1...4, -1...4)
  func `a box of any size can be drawn`(columns: Int, rows: Int) {
    var buffer = CellBuffer(size: Size(columns: 3, rows: 3))

    let inside = buffer.box(
      Region(x: 1, y: 1, columns: columns, rows: rows), title: ["title"], lines: Glyphs.ascii.light)

    #expect(inside.columns == max(columns - 2, 0) || rows < 1)
    #expect(buffer[0, 0] == .blank)
  }

  @Test func `a part of a tall picture is scrolled into a pane`() {
    var list = CellBuffer(size: Size(columns: 5, rows: 10))
    for y in 0..<10 { list.put("row \(y)", at: Position(x: 0, y: y)) }
    var buffer = CellBuffer(size: Size(columns: 7, rows: 4), filledWith: Cell("."))

    buffer.blit(
      list, part: Region(x: 0, y: 6, columns: 5, rows: 2), at: Position(x: 1, y: 1))

    #expect(buffer.text == ".......\n.row 6.\n.row 7.\n.......")
  }

  @Test func `restyling a row leaves its text`() {
    var buffer = CellBuffer(size: Size(columns: 4, rows: 2))
    buffer.put("abcd", at: .zero, style: Style(Role(2)))

    buffer.restyle(Region(x: 0, y: 0, columns: 2, rows: 1)) { $0.reverse }

    #expect(buffer.text == "abcd\n")
    #expect(buffer.styleMap == "aabb\n\na = role 2 reverse\nb = role 2")
  }

  @Test(arguments: [0, 1, 3, 200], [0, 1, 2, 60])
  func `nothing traps at any size, wherever it is drawn`(columns: Int, rows: Int) {
    var buffer = CellBuffer(size: Size(columns: columns, rows: rows), filledWith: Cell("x"))
    let everywhere = [Int.min, -3, 0, 1, 59, Int.max]
    for x in everywhere {
      for y in everywhere {
        let place = Position(x: x, y: y)
        let region = Region(x: x, y: y, columns: y, rows: x)
        buffer.put("text", at: place, ellipsis: "~")
        buffer.fill(region)
        buffer.box(region.inset(by: x), title: ["t"], lines: Glyphs.ascii.light)
        buffer.horizontalLine(at: place, length: y, glyph: "-")
        buffer.verticalLine(at: place, length: x, glyph: "|")
        buffer.blit(buffer, part: region, at: place)
        buffer[x, y] = .blank
      }
    }

    #expect(buffer.cells.count == columns * rows)
    #expect(buffer.row(rows).isEmpty && buffer.row(-1).isEmpty)
  }
}
