/// The pieces of which frames, rules and trees are made, in one weight.
public struct LineGlyphs: Hashable, Sendable {
  public var horizontal: Unicode.Scalar
  public var vertical: Unicode.Scalar
  public var topLeft: Unicode.Scalar
  public var topRight: Unicode.Scalar
  public var bottomLeft: Unicode.Scalar
  public var bottomRight: Unicode.Scalar
  /// A line that goes on to the right from a vertical one: `├`.
  public var teeRight: Unicode.Scalar
  /// A line that goes on to the left from a vertical one: `┤`.
  public var teeLeft: Unicode.Scalar
  /// A line that goes on downwards from a horizontal one: `┬`.
  public var teeDown: Unicode.Scalar
  /// A line that goes on upwards from a horizontal one: `┴`.
  public var teeUp: Unicode.Scalar
  public var cross: Unicode.Scalar

  static let light = LineGlyphs("─│┌┐└┘├┤┬┴┼")
  static let heavy = LineGlyphs("━┃┏┓┗┛┣┫┳┻╋")
  static let ascii = LineGlyphs("-|+++++++++")
  static let asciiHeavy = LineGlyphs("=|#########")

  /// Eleven pieces in the order of the properties above.
  private init(_ pieces: StaticString) {
    let all = Array(pieces.description.unicodeScalars)
    precondition(all.count == 11, "a set of line pieces has 11, not \(all.count)")
    (horizontal, vertical, cross) = (all[0], all[1], all[10])
    (topLeft, topRight, bottomLeft, bottomRight) = (all[2], all[3], all[4], all[5])
    (teeRight, teeLeft, teeDown, teeUp) = (all[6], all[7], all[8], all[9])
  }
}

/// Every special character the program draws, by what it stands for.
///
/// Code that draws takes its glyphs from a value of this type and never writes one itself, so the
/// whole program can be drawn with plain ASCII: for the Linux console, for locale C, and for terminals
/// set up for Chinese, Japanese or Korean, which show box drawing and dots two columns wide.
///
/// The Unicode set has only what is in the common fonts of terminals and what no terminal takes for an
/// emoji. That rules out the skull, the warning sign, the heavy check mark, the lightning, and the
/// triangles of media players; braille is in hardly any font.
public struct Glyphs: Hashable, Sendable {
  /// Whether every glyph is below 128.
  public var isASCII: Bool

  public var light: LineGlyphs
  /// For what has the focus.
  public var heavy: LineGlyphs

  // MARK: Votes and phases

  /// Received, and it counts.
  public var received: Unicode.Scalar
  /// Received and kept, but it does not count, being for another digest.
  public var kept: Unicode.Scalar
  /// Not received.
  public var empty: Unicode.Scalar
  /// Refused by a rule.
  public var refused: Unicode.Scalar
  /// Executed, accepted, fulfilled.
  public var done: Unicode.Scalar

  // MARK: Replicas

  /// The leader of the view.
  public var primary: Unicode.Scalar
  /// Stopped, and answering nothing.
  public var crashed: Unicode.Scalar
  /// Under an adversary's control.
  public var faulty: Unicode.Scalar
  /// A request's origin.
  public var client: Unicode.Scalar

  // MARK: Messages

  /// Sent to the right; on a ladder, the head of an arrow.
  public var arrowRight: Unicode.Scalar
  /// Sent to the left; in a log, received.
  public var arrowLeft: Unicode.Scalar
  public var arrowUp: Unicode.Scalar
  public var arrowDown: Unicode.Scalar
  /// Sent and not yet received.
  public var inFlight: Unicode.Scalar
  /// Kept back on a link until somebody lets it go.
  public var held: Unicode.Scalar
  /// Never arrives.
  public var lost: Unicode.Scalar
  /// The path of a message where the link is cut or slow.
  public var dashed: Unicode.Scalar

  // MARK: Running

  public var running: Unicode.Scalar
  public var paused: Unicode.Scalar
  /// Here is the present, or the point one is looking at.
  public var here: Unicode.Scalar
  /// Another moment worth going to.
  public var mark: Unicode.Scalar
  /// Stands before what the last step has changed.
  public var changed: Unicode.Scalar

  // MARK: Writing

  /// Is not what it is on the other side.
  public var differs: Unicode.Scalar
  /// Stands for text that was cut off.
  public var ellipsis: Unicode.Scalar
  /// Separates items on one line.
  public var separator: Unicode.Scalar
  /// The place where typed text goes.
  public var cursor: Unicode.Scalar
  /// The left edge of what a lesson says.
  public var margin: Unicode.Scalar
  /// The filled part of a bar.
  public var full: Unicode.Scalar
  /// The part of a bar that is not filled yet.
  public var shade: Unicode.Scalar
  /// At most; two columns in ASCII.
  public var lessOrEqual: String
  /// At least; two columns in ASCII.
  public var greaterOrEqual: String
}

extension Glyphs {
  /// For terminals that speak UTF-8.
  public static let unicode = Glyphs(
    isASCII: false, light: .light, heavy: .heavy,
    received: "●", kept: "○", empty: "·", refused: "✗", done: "✓",
    primary: "★", crashed: "✗", faulty: "◆", client: "□",
    arrowRight: "►", arrowLeft: "◄", arrowUp: "▲", arrowDown: "▼",
    inFlight: "○", held: "■", lost: "⊘", dashed: "╌",
    running: "►", paused: "■", here: "●", mark: "•", changed: "›",
    differs: "≠",
    ellipsis: "…", separator: "·", cursor: "█", margin: "▌", full: "█", shade: "░",
    lessOrEqual: "≤", greaterOrEqual: "≥")

  /// For all others; every glyph is below 128.
  public static let ascii = Glyphs(
    isASCII: true, light: .ascii, heavy: .asciiHeavy,
    received: "*", kept: "o", empty: ".", refused: "x", done: "+",
    primary: "*", crashed: "x", faulty: "!", client: "c",
    arrowRight: ">", arrowLeft: "<", arrowUp: "^", arrowDown: "v",
    inFlight: "o", held: "%", lost: "/", dashed: "~",
    running: ">", paused: "#", here: "@", mark: ",", changed: ">",
    differs: "!",
    ellipsis: "~", separator: ".", cursor: "_", margin: "|", full: "#", shade: ".",
    lessOrEqual: "<=", greaterOrEqual: ">=")

  /// Every glyph of the set that is one character, lines included.
  public var all: [Unicode.Scalar] {
    [light, heavy].flatMap(\.all) + [
      received, kept, empty, refused, done, primary, crashed, faulty, client,
      arrowRight, arrowLeft, arrowUp, arrowDown, inFlight, held, lost, dashed,
      running, paused, here, mark, changed, differs,
      ellipsis, separator, cursor, margin, full, shade,
    ]
  }
}

extension LineGlyphs {
  var all: [Unicode.Scalar] {
    [
      horizontal, vertical, topLeft, topRight, bottomLeft, bottomRight,
      teeRight, teeLeft, teeDown, teeUp, cross,
    ]
  }
}
