import Cells
import Testing

@Suite struct `Regions` {
  let screen = Region(size: Size(columns: 80, rows: 24))

  @Test func `splitting gives two parts that make the whole`() {
    let (footer, page) = screen.split(bottom: 1)
    let (side, main) = page.split(right: 20)

    #expect(footer == Region(x: 0, y: 23, columns: 80, rows: 1))
    #expect(side == Region(x: 60, y: 0, columns: 20, rows: 23))
    #expect(main == Region(x: 0, y: 0, columns: 60, rows: 23))
  }

  @Test func `more than there is cannot be cut off`() {
    #expect(screen.split(top: 100).top == screen)
    #expect(screen.split(top: 100).rest.isEmpty)
    #expect(screen.split(left: -5).rest == screen)
    #expect(screen.inset(by: 12).isEmpty)
    #expect(screen.row(24).isEmpty)
  }

  @Test(arguments: 0...100, 1...7)
  func `columns share the width fairly and leave the gaps`(width: Int, count: Int) {
    let region = Region(x: 3, y: 0, columns: width, rows: 1)

    let parts = region.columns(count, gap: 1)

    let widths = parts.map(\.columns)
    #expect(parts.count == count)
    #expect((widths.max() ?? 0) - (widths.min() ?? 0) <= 1)
    #expect(parts.allSatisfy { region.intersection($0).columns == $0.columns })
    if width >= count * 2 { #expect(widths.reduce(count - 1, +) == width) }
  }

  @Test func `four panes at 80 columns are twenty wide`() {
    #expect(screen.columns(4).map(\.x) == [0, 20, 40, 60])
    #expect(screen.rows(5).map(\.rows) == [5, 5, 5, 5, 4])
  }

  @Test func `a dialogue is centred and never larger than the screen`() {
    #expect(
      screen.centred(Size(columns: 40, rows: 10)) == Region(x: 20, y: 7, columns: 40, rows: 10))
    #expect(screen.centred(Size(columns: 100, rows: 100)) == screen)
  }

  @Test func `a region contains its corner but not its end`() {
    #expect(screen.contains(.zero) && screen.contains(Position(x: 79, y: 23)))
    #expect(!screen.contains(Position(x: 80, y: 0)))
  }
}
