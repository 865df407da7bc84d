/// How many colours the screen has.
public enum ColourDepth: Int, Comparable, CaseIterable, Sendable {
  /// Only bold, reverse and underline.
  case none
  /// The eight or sixteen colours that users set to their own taste.
  case sixteen
  /// The 256 of which all from 16 up look the same everywhere.
  case indexed256

  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// A place in the palette of 256 colours, or whatever the terminal's own colour is.
public enum Colour: Hashable, Sendable {
  case standard
  case index(UInt8)
}

/// What the terminal is told about a cell: two colours, and what to do besides.
public struct Ink: Hashable, Sendable {
  public var foreground: Colour
  public var background: Colour
  public var emphasis: Emphasis

  public init(
    _ foreground: Colour = .standard, on background: Colour = .standard, emphasis: Emphasis = []
  ) {
    self.foreground = foreground
    self.background = background
    self.emphasis = emphasis
  }

  /// The terminal's own colours.
  public static let standard = Ink()
}

/// What each role looks like, at each depth of colour.
///
/// The mechanism only: the tables come from whoever names the roles. A role without an entry looks as
/// ``Role/plain`` does, and an empty table is the terminal's own colours.
public struct Theme: Hashable, Sendable {
  public let name: String

  private let indexed256: [Ink]
  private let sixteen: [Ink]
  private let monochrome: [Ink]

  /// A theme; each table is indexed by ``Role/rawValue``.
  ///
  /// - Parameters:
  ///   - name: As the user calls it.
  ///   - indexed256: For 256 colours; should paint the background too, with indices from 16.
  ///   - sixteen: For eight or sixteen; should leave the background to the user.
  ///   - monochrome: For none.
  public init(
    name: String, indexed256: [Ink] = [], sixteen: [Ink] = [], monochrome: [Emphasis] = []
  ) {
    self.name = name
    self.indexed256 = indexed256
    self.sixteen = sixteen
    self.monochrome = monochrome.map { Ink(emphasis: $0) }
  }

  /// The terminal's own colours throughout.
  public static let none = Theme(name: "none")

  /// What a style looks like.
  ///
  /// Emphasis adds to the role's own, but reversing what is reversed already sets it upright: what is
  /// selected stands out from its surroundings either way.
  public func ink(for style: Style, depth: ColourDepth) -> Ink {
    let table =
      switch depth {
      case .none: monochrome
      case .sixteen: sixteen
      case .indexed256: indexed256
      }
    let index = Int(style.role.rawValue)
    var ink = index < table.count ? table[index] : table.first ?? .standard
    let reversed = ink.emphasis.symmetricDifference(style.emphasis).intersection(.reverse)
    ink.emphasis.formUnion(style.emphasis)
    ink.emphasis.remove(.reverse)
    ink.emphasis.formUnion(reversed)
    return ink
  }
}
