/// What a cell means, such as "a vote that counts" or "selected": an index into a ``Theme``.
///
/// Cells says only what is plain. Whoever draws gives the other meanings their names, by extension:
///
/// ```swift
/// extension Role { static let prepare = Role(7) }
/// ```
public struct Role: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public init(_ rawValue: UInt8) { self.rawValue = rawValue }

  /// Ordinary text on the ordinary background.
  public static let plain = Role(0)
}

/// The ways to make text stand out that need no colour.
public struct Emphasis: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let bold = Emphasis(rawValue: 1)
  public static let reverse = Emphasis(rawValue: 2)
  public static let underline = Emphasis(rawValue: 4)
}

/// How a cell is to look: what it means, and what is emphasised beyond that.
public struct Style: Hashable, Sendable {
  public var role: Role
  public var emphasis: Emphasis

  public init(_ role: Role, _ emphasis: Emphasis = []) {
    self.role = role
    self.emphasis = emphasis
  }

  /// Ordinary text.
  public static let plain = Style(.plain)

  public var bold: Style { adding(.bold) }
  public var reverse: Style { adding(.reverse) }
  public var underline: Style { adding(.underline) }

  /// The same style with more emphasis.
  public func adding(_ more: Emphasis) -> Style { Style(role, emphasis.union(more)) }
}

/// A run of text in one style.
public struct Span: Hashable, Sendable {
  public var text: String
  public var style: Style

  public init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }

  /// The columns it takes.
  public var columns: Int { text.columns }
}

extension Span: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self.init(value) }
}

extension [Span] {
  /// The columns all of them take, side by side.
  public var columns: Int { reduce(0) { $0 + $1.columns } }

  /// The text without its styles.
  public var text: String { map(\.text).joined() }
}
