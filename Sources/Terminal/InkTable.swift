internal import CTerminal
internal import Cells

/// What inks are called on a terminal with so many colours.
struct InkTable {
  /// How many the terminal has; 0 for none.
  let colours: Int

  /// The table of a theme that is to be used.
  var depth: ColourDepth {
    switch colours {
    case 256...: .indexed256
    case 8...: .sixteen
    default: .none
    }
  }

  /// A cell with this ink and no glyph yet.
  func cell(_ ink: Ink) -> CTCell {
    var emphasis = ink.emphasis
    // Eight colours are made sixteen by bold.
    if case .index(8..<16) = ink.foreground, (8..<16).contains(colours) { emphasis.insert(.bold) }
    return CTCell(
      glyph: 32, foreground: number(of: ink.foreground), background: number(of: ink.background),
      emphasis: UInt32(emphasis.rawValue))
  }

  private func number(of colour: Colour) -> Int32 {
    guard case .index(let index) = colour, colours >= 8 else { return -1 }
    // Where colours are given as light, index 234 would be a blue.
    if colours > 256 { return Int32(bitPattern: RGB(paletteIndex: index).packed) }
    if Int(index) < colours { return Int32(index) }
    return index < 16 ? Int32(index) - 8 : -1
  }
}
