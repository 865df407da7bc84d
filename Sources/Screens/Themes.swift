public import Cells

/// The looks that `t` goes through.
///
/// The colours of the phases were chosen by measurement: far apart for every kind of colour blindness, and
/// in good contrast with their background. Nothing is told by colour alone.
public enum Themes {
  public static let all = [dark, light, highContrast, mono]

  /// The theme with this name, or nil.
  public static func named(_ name: String) -> Theme? { all.first { $0.name == name } }

  public static let dark = Theme(
    name: "dark",
    indexed256: table(
      paper: 234,
      Colours(
        plain: 252, quiet: 246, headerText: 255, headerPaper: 24, frame: 243, focus: 255,
        prePrepare: 75, prepare: 178, commit: 49, viewChange: 225, fault: 167, client: 250,
        upkeep: 147, leader: 220, label: 110, key: 222, lesson: 230,
        changed: 231, changedPaper: 94,
        digests: [33, 154, 225, 101])),
    sixteen: sixteen, monochrome: monochrome)

  public static let light = Theme(
    name: "light",
    indexed256: table(
      paper: 231,
      Colours(
        plain: 234, quiet: 241, headerText: 231, headerPaper: 24, frame: 244, focus: 16,
        prePrepare: 27, prepare: 130, commit: 23, viewChange: 54, fault: 88, client: 238,
        upkeep: 60, leader: 94, label: 24, key: 94, lesson: 18,
        changed: 16, changedPaper: 172,
        digests: [26, 131, 52, 17])),
    sixteen: sixteen, monochrome: monochrome)

  public static let highContrast = Theme(
    name: "high-contrast",
    indexed256: table(
      paper: 16,
      Colours(
        plain: 231, quiet: 251, headerText: 16, headerPaper: 231, frame: 250, focus: 231,
        prePrepare: 75, prepare: 226, commit: 49, viewChange: 225, fault: 203, client: 231,
        upkeep: 189, leader: 220, label: 231, key: 228, lesson: 231,
        changed: 16, changedPaper: 226,
        digests: [51, 178, 141, 230])),
    sixteen: sixteen, monochrome: monochrome)

  /// No colour at all, whatever the screen has.
  public static let mono = Theme(
    name: "mono", indexed256: monochrome.map { Ink(emphasis: $0) },
    sixteen: monochrome.map { Ink(emphasis: $0) }, monochrome: monochrome)

  /// Places in the palette of 256, all from 16 up, which are the same everywhere.
  private struct Colours {
    let plain, quiet, headerText, headerPaper, frame, focus: UInt8
    let prePrepare, prepare, commit, viewChange, fault, client: UInt8
    let upkeep, leader, label, key, lesson: UInt8
    /// Text gone over with a marker.
    let changed, changedPaper: UInt8
    /// Four, one for each digest that a number has seen.
    let digests: [UInt8]
  }

  /// The inks in the order of the roles.
  private static func table(paper: UInt8, _ colours: Colours) -> [Ink] {
    func ink(_ colour: UInt8, _ emphasis: Emphasis = []) -> Ink {
      Ink(.index(colour), on: .index(paper), emphasis: emphasis)
    }
    return [
      ink(colours.plain), ink(colours.quiet),
      Ink(.index(colours.headerText), on: .index(colours.headerPaper), emphasis: .bold),
      Ink(.index(paper), on: .index(colours.fault), emphasis: .bold),
      ink(colours.frame), ink(colours.focus, .bold),
      ink(colours.prePrepare), ink(colours.prepare), ink(colours.commit),
      ink(colours.viewChange), ink(colours.fault, .bold), ink(colours.client),
      ink(colours.upkeep), ink(colours.commit), ink(colours.leader, .bold),
      ink(colours.label), ink(colours.key, .bold), ink(colours.lesson, .bold),
      ink(colours.key), Ink(.index(colours.changed), on: .index(colours.changedPaper)),
    ] + colours.digests.map { ink($0, .bold) }
  }

  /// For eight or sixteen colours: the background stays the user's.
  private static let sixteen: [Ink] = [
    Ink(), Ink(), Ink(emphasis: [.reverse, .bold]), Ink(.index(1), emphasis: [.reverse, .bold]),
    Ink(), Ink(emphasis: .bold),
    Ink(.index(6), emphasis: .bold), Ink(.index(3)), Ink(.index(2)),
    Ink(.index(5), emphasis: .bold),
    Ink(.index(1), emphasis: .bold), Ink(), Ink(.index(4)), Ink(.index(2)),
    Ink(.index(3), emphasis: .bold), Ink(.index(6)), Ink(emphasis: .bold), Ink(emphasis: .bold),
    Ink(.index(3)), Ink(emphasis: .reverse),
    Ink(.index(6), emphasis: .bold), Ink(.index(3), emphasis: .bold),
    Ink(.index(5), emphasis: .bold), Ink(.index(2), emphasis: .bold),
  ]

  /// Without colour: phases are told apart by letters and shapes.
  private static let monochrome: [Emphasis] = [
    [], [], [.reverse, .bold], [.reverse, .bold, .underline], [], .bold,
    [], [], [], [], .bold, [], [], [], .bold, .underline, .bold, .bold, .bold,
    .reverse,
    .bold, .underline, [.bold, .underline], [],
  ]
}
