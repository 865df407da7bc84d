internal import Language
internal import PBFT
internal import Simulation

/// One row of a ladder: a message to all its recipients, or something that happened at one place.
struct Rung: Sendable {
  enum Content: Sendable {
    case message(Message)
    /// The network delivers the copy with this number a second time.
    case repeated(Message, of: Int)
    indirect case event(Happening.Kind)
  }

  /// One copy of its message.
  struct Copy: Hashable, Sendable {
    let id: Int
    let to: Principal
  }

  let place: RungPlace
  let time: Instant
  /// Who sent it, or where it happened; nil where it is of the whole world.
  let from: Principal?
  let content: Content
  var copies: [Copy] = []

  var message: Message? {
    switch content {
    case .message(let message), .repeated(let message, _): message
    case .event: nil
    }
  }
}

/// Where a rung is on its line: the step, and which of the rungs of that step it is.
public struct RungPlace: Hashable, Comparable, Sendable {
  public let step: Int
  public let index: Int

  public static func < (one: Self, other: Self) -> Bool {
    (one.step, one.index) < (other.step, other.index)
  }
}

/// What became of a copy up to a moment.
struct Outcome: Hashable, Sendable {
  enum Fate: Hashable, Sendable, CaseIterable {
    case onItsWay, held, arrived, kept, late, refused, lost
    /// A faulty sender kept it back: it never left.
    case withheld
    /// It has not been looked up yet.
    case unknown

    /// Whether nothing more becomes of it.
    var isLast: Bool { self != .onItsWay && self != .held && self != .unknown }
    /// Whether it has reached its recipient.
    var hasArrived: Bool { self == .arrived || self == .kept || self == .late || self == .refused }
  }

  var fate: Fate
  /// When it was decided; nil while it is not.
  var time: Instant?
  var step: Int?
  /// One that was sent later on the same link arrived before it.
  var isOvertaken = false
  /// It was altered on its way.
  var isAltered = false
}

extension Happening.Loss {
  /// What has become of a message that was lost like this.
  var fate: Outcome.Fate { self == .withheld ? .withheld : .lost }
}

extension SentCopy.Fate {
  /// The same without times and reasons.
  var outcome: Outcome.Fate {
    switch self {
    case .onItsWay: .onItsWay
    case .held: .held
    case .lost(let loss, _): loss.fate
    case .arrived(let finding, _): finding.fate
    }
  }
}

extension Finding {
  /// What has become of a message of which this was found.
  var fate: Outcome.Fate {
    switch verdict {
    case .accepted: .arrived
    case .kept: .kept
    case .refused: isTooLate ? .late : .refused
    }
  }

  /// Whether it was refused only because it did not matter any more.
  private var isTooLate: Bool {
    switch rule {
    // Only an answer to what was asked for is taken, and one is enough (§4.3).
    case .dataWanted, .requestNewest, .viewChangeCurrent, .viewChangeOnce, .newViewCurrent: true
    // A message of the three phases counts only in the view it was sent in (§4.2): a view that has passed.
    case .sameView, .active: (values[.view] ?? .max) < (values[.ownView] ?? .min)
    // h < n <= H (§4.2): what is not above h is stable already.
    case .withinWatermarks: (values[.n] ?? .max) <= (values[.low] ?? .min)
    default: rule.isCourtesy
    }
  }
}
