/// A colour as light: red, green and blue, each 0 to 255.
public struct RGB: Hashable, Sendable {
  public let red: UInt8
  public let green: UInt8
  public let blue: UInt8

  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The 24 bits in one number, `0xRRGGBB`.
  public var packed: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }

  /// The colour at a place in the palette of 256.
  ///
  /// From 16 up it is the same everywhere: a cube with six steps a side, then 24 greys. The first sixteen
  /// are the user's; these are xterm's.
  public init(paletteIndex index: UInt8) {
    switch index {
    case 0..<16: self = Self.firstSixteen[Int(index)]
    case 16..<232:
      let cube = index - 16
      let step = { (level: UInt8) in level == 0 ? 0 : 55 + 40 * level }
      self.init(step(cube / 36), step(cube / 6 % 6), step(cube % 6))
    default:
      let grey = 8 + 10 * (index - 232)
      self.init(grey, grey, grey)
    }
  }

  private static let firstSixteen = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0),
    RGB(0, 0, 238), RGB(205, 0, 205), RGB(0, 205, 205), RGB(229, 229, 229),
    RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
    RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
  ]
}
