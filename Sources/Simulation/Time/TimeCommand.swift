public import PBFT

/// What a person does with a history rather than with its world: one line of the language each.
public indirect enum TimeCommand: Hashable, Sendable {
  // Forward verbs and their twins
  /// `step 12`: so many steps forward, along what is known and then on.
  case forward(Int)
  /// `back`, `back 12`: so many steps back.
  case back(Int)
  /// `back 500ms`: to the last moment that is at least so long ago; the twin of `run 500ms`.
  case backFor(Duration)
  /// `back until CONDITION`: to the latest earlier moment at which it became true; the twin of `run until`.
  case backUntil(Condition)
  /// `next view`: on to the next such moment.
  case next(Landmark)
  /// `back view`: back to the previous such moment.
  case previous(Landmark)

  // Anywhere
  /// `goto 41`, `goto 41 of crash-R2`: to a moment; nil is the end: `goto end`, `goto crash-R2`.
  case goTo(step: Int?, branch: String?)

  // What is kept with a history
  /// `name calm`: the present branch is called so.
  case name(String)
  /// `note "…"`: attaches a sentence to the present moment; an empty one takes it away.
  case note(String)
  /// `break CONDITION`: runs stop, in either direction, where it becomes true.
  case breakAt(Condition)
  /// `break off CONDITION`, `break off` for all (nil).
  case breakOff(Condition?)
  /// `forget crash-R2`: a branch and all that parted from it.
  case forget(String)
}

extension TimeCommand {
  /// The most new events that a way to a landmark goes through.
  public static let farthest = 3_000
}

/// A sentence attached to a moment.
public struct Note: Hashable, Sendable {
  /// The longest text of a note, in bytes of UTF-8.
  public static let longestText = 1_000

  public let step: Int
  public let text: String

  public init(step: Int, text: String) {
    self.step = step
    self.text = text
  }
}

/// A place in the tree of everything that happened.
public struct Moment: Hashable, Sendable {
  public let branch: Int
  public let step: Int

  public init(branch: Int, step: Int) {
    self.branch = branch
    self.step = step
  }
}
