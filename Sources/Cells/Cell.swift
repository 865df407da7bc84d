/// One character on the screen: a glyph that is always one column wide, and its style.
public struct Cell: Hashable, Sendable {
  public let glyph: Unicode.Scalar
  public var style: Style

  /// A cell; a glyph that is not one column wide everywhere becomes `?`.
  public init(_ glyph: Unicode.Scalar, _ style: Style = .plain) {
    self.glyph = glyph.isOneColumnWide ? glyph : "?"
    self.style = style
  }

  /// Nothing, on the ordinary background.
  public static let blank = Cell(" ")
}
