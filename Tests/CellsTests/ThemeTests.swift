import Cells
import Testing

@Suite struct `Themes and glyphs` {
  let theme = Theme(
    name: "dark",
    indexed256: [Ink(.index(255), on: .index(234)), Ink(.index(75), on: .index(234))],
    sixteen: [.standard, Ink(.index(4))], monochrome: [[], .reverse])

  @Test func `a role looks as its entry says, at each depth`() {
    let proposal = Style(Role(1))

    #expect(theme.ink(for: proposal, depth: .indexed256) == Ink(.index(75), on: .index(234)))
    #expect(theme.ink(for: proposal, depth: .sixteen) == Ink(.index(4)))
    #expect(theme.ink(for: proposal, depth: .none) == Ink(emphasis: .reverse))
  }

  @Test func `a role without an entry looks plain`() {
    #expect(theme.ink(for: Style(Role(200)), depth: .indexed256).foreground == .index(255))
    #expect(Theme.none.ink(for: Style(Role(200)), depth: .sixteen) == .standard)
  }

  @Test func `what is selected stands out even from what is reversed`() {
    let alarm = Style(Role(1))

    #expect(theme.ink(for: alarm.reverse, depth: .none).emphasis == [])
    #expect(theme.ink(for: Style.plain.reverse, depth: .none).emphasis == .reverse)
    #expect(theme.ink(for: alarm.bold, depth: .none).emphasis == [.bold, .reverse])
  }

  @Test func `a style takes two bytes`() {
    #expect(MemoryLayout<Style>.size == 2)
    #expect(MemoryLayout<Cell>.stride == 8)
  }

  @Test func `the palette's cube and greys are where xterm has them`() {
    #expect(RGB(paletteIndex: 75).packed == 0x5F_AFFF)
    #expect(RGB(paletteIndex: 16).packed == 0)
    #expect(RGB(paletteIndex: 231).packed == 0xFF_FFFF)
    #expect(RGB(paletteIndex: 234).packed == 0x1C_1C1C)
  }

  @Test func `the ASCII set is ASCII, and both sets are complete and one column wide`() {
    #expect(Glyphs.ascii.all.allSatisfy { $0.isASCII && $0 != " " })
    #expect(Glyphs.unicode.all.allSatisfy { $0.isOneColumnWide })
    #expect(Glyphs.unicode.all.allSatisfy { !$0.properties.isEmoji })
    let properties = Mirror(reflecting: Glyphs.unicode).children
    let single = properties.filter { $0.value is Unicode.Scalar }.count
    #expect(Glyphs.unicode.all.count == single + 2 * 11)
  }

  @Test(arguments: [Glyphs.unicode, .ascii])
  func `marks that may stand in one place differ`(glyphs: Glyphs) {
    let votes = [glyphs.received, glyphs.kept, glyphs.empty, glyphs.refused, glyphs.done]
    #expect(Set(votes).count == votes.count)
    let replicas = [glyphs.primary, glyphs.crashed, glyphs.faulty]
    #expect(Set(replicas).count == replicas.count)
    let envelopes = [glyphs.inFlight, glyphs.held, glyphs.lost, glyphs.arrowRight]
    #expect(Set(envelopes).count == envelopes.count)
    #expect(glyphs.running != glyphs.paused && glyphs.here != glyphs.mark)
  }

  @Test func `ASCII boxes make ASCII pictures`() {
    var buffer = CellBuffer(size: Size(columns: 6, rows: 3))
    buffer.box(buffer.region, lines: Glyphs.ascii.heavy)
    #expect(buffer.isASCII)
    buffer[1, 1] = Cell(Glyphs.unicode.received)
    #expect(!buffer.isASCII)
  }
}
