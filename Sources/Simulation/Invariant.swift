/// What must hold at every moment, whatever at most f faulty replicas do.
///
/// A named value that the judge folds over the happenings as they come.
public enum Invariant: UInt8, Hashable, Sendable, CaseIterable {
  /// I1: no two correct replicas have different requests prepared in one view at one number.
  case preparedUnique
  /// I2: what is committed-local at one correct replica is prepared at f + 1 correct ones.
  case committedMeansPrepared
  /// I3: what was committed is in every later new view at its number.
  case committedSurvives
  /// Correct replicas execute the same requests in the same order.
  case agreement
  /// A request has one result, whichever correct replica executes it.
  case oneResult
  /// No correct replica executes a request twice.
  case exactlyOnce
  /// Only what a client has asked for and signed is executed.
  case onlyRequested
  /// The checkpoints that correct replicas take at one number are equal.
  case checkpointsEqual
  /// No correct replica takes in or executes a number outside its watermarks.
  case withinWindow
  /// What a correct client accepts is what correct replicas have executed.
  case clientAgrees
  /// A replica that restarts contradicts nothing that it said before.
  case restartConsistent

  /// The word of the language.
  public var name: String {
    switch self {
    case .preparedUnique: "prepared-unique"
    case .committedMeansPrepared: "committed-means-prepared"
    case .committedSurvives: "committed-survives"
    case .agreement: "agreement"
    case .oneResult: "one-result"
    case .exactlyOnce: "exactly-once"
    case .onlyRequested: "only-requested"
    case .checkpointsEqual: "checkpoints-equal"
    case .withinWindow: "within-window"
    case .clientAgrees: "client-agrees"
    case .restartConsistent: "restart-consistent"
    }
  }

  /// A few words.
  public var title: String { entry.title }
  /// Where the paper promises it.
  public var section: String { entry.section }
  /// What it means, in one plain sentence.
  public var sentence: String { entry.sentence }

  private var entry: (title: String, section: String, sentence: String) {
    switch self {
    case .preparedUnique:
      (
        "Prepared once", "4.2",
        "No two correct replicas have different requests prepared in one view at one number."
      )
    case .committedMeansPrepared:
      (
        "Committed means prepared", "4.2",
        "What is committed-local at one correct replica is prepared at f + 1 correct ones."
      )
    case .committedSurvives:
      (
        "Committed survives", "4.4",
        "What was committed is in every later new view, at its number."
      )
    case .agreement:
      (
        "Agreement", "3",
        "Correct replicas execute the same requests in the same order."
      )
    case .oneResult:
      (
        "One result", "3",
        "A request has one result, whichever correct replica executes it."
      )
    case .exactlyOnce:
      ("Exactly once", "4.1", "No correct replica executes a request twice.")
    case .onlyRequested:
      (
        "Only what was requested", "4.2",
        "Only what a client has asked for and signed is executed."
      )
    case .checkpointsEqual:
      (
        "Equal checkpoints", "4.3",
        "The checkpoints that correct replicas take at one number are equal."
      )
    case .withinWindow:
      (
        "Within the window", "4.3",
        "No correct replica takes in or executes a number outside its watermarks h and H."
      )
    case .clientAgrees:
      (
        "The client agrees", "4.1",
        "What a correct client accepts is what correct replicas have executed."
      )
    case .restartConsistent:
      (
        "Restart is consistent", "stable storage",
        "A replica that restarts contradicts nothing that it said before."
      )
    }
  }
}
