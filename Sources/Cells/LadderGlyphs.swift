/// What became of a message, as the heads of arrows and their paths tell it.
///
/// Each has a shape of its own, so that nothing depends on colour.
public struct LadderGlyphs: Hashable, Sendable {
  /// Arrived and counted.
  public var arrivedRight: Unicode.Scalar
  public var arrivedLeft: Unicode.Scalar
  /// Arrived and kept for later.
  public var keptRight: Unicode.Scalar
  public var keptLeft: Unicode.Scalar
  /// Arrived when it did not matter any more.
  public var lateRight: Unicode.Scalar
  public var lateLeft: Unicode.Scalar
  /// Arrived, and a rule refused it.
  public var refused: Unicode.Scalar
  /// Lost on its way.
  public var lost: Unicode.Scalar
  /// A faulty sender kept it back; it never left.
  public var withheld: Unicode.Scalar
  /// Held on its link.
  public var held: Unicode.Scalar
  /// On its way.
  public var inFlight: Unicode.Scalar
  /// What became of it has not been looked up yet.
  public var unknown: Unicode.Scalar
  /// The start of a second copy that the network has made.
  public var copied: Unicode.Scalar
  /// The path of such a copy.
  public var copiedPath: Unicode.Scalar
  /// Before the head of a copy that was overtaken by one that was sent later on the same link.
  public var overtakenRight: Unicode.Scalar
  public var overtakenLeft: Unicode.Scalar

  static let unicode = LadderGlyphs(
    arrivedRight: "►", arrivedLeft: "◄", keptRight: "▻", keptLeft: "◅", lateRight: "▸",
    lateLeft: "◂", refused: "✗", lost: "⊘", withheld: "◇", held: "■", inFlight: "○",
    unknown: "?", copied: "◎", copiedPath: "═", overtakenRight: "»", overtakenLeft: "«")

  static let ascii = LadderGlyphs(
    arrivedRight: ">", arrivedLeft: "<", keptRight: ")", keptLeft: "(", lateRight: "}",
    lateLeft: "{", refused: "x", lost: "/", withheld: "_", held: "%", inFlight: "o",
    unknown: "?", copied: "&", copiedPath: "=", overtakenRight: "^", overtakenLeft: "^")

  /// Every glyph of the set.
  public var all: [Unicode.Scalar] {
    [
      arrivedRight, arrivedLeft, keptRight, keptLeft, lateRight, lateLeft, refused, lost, withheld,
      held, inFlight, unknown, copied, copiedPath, overtakenRight, overtakenLeft,
    ]
  }
}

extension Glyphs {
  /// What stands on a ladder.
  public var ladder: LadderGlyphs { isASCII ? .ascii : .unicode }
}
