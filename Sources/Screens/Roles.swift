public import Cells
internal import PBFT

/// What a cell can mean on the pages.
extension Role {
  /// What is there but says nothing new.
  public static let quiet = Role(1)
  public static let header = Role(2)
  /// Something in the header that must not be missed.
  public static let alarm = Role(3)
  public static let frame = Role(4)
  /// The frame of what has the focus.
  public static let focus = Role(5)
  public static let prePrepare = Role(6)
  public static let prepare = Role(7)
  public static let commit = Role(8)
  public static let viewChange = Role(9)
  public static let fault = Role(10)
  /// Requests and replies.
  public static let client = Role(11)
  /// Checkpoints, and what helps others to catch up.
  public static let upkeep = Role(12)
  /// Executed, accepted, fulfilled.
  public static let done = Role(13)
  /// The replica that leads.
  public static let leader = Role(14)
  /// The small words that name a line.
  public static let label = Role(15)
  /// A key that can be pressed.
  public static let key = Role(16)
  /// What a lesson says.
  public static let lesson = Role(17)
  /// What the program answers to a key or a command.
  public static let notice = Role(18)
  /// What the last step has changed.
  public static let changed = Role(19)
  /// The digests that one number has seen, in order; a fifth looks like the first.
  public static let digestA = Role(20)
  public static let digestB = Role(21)
  public static let digestC = Role(22)
  public static let digestD = Role(23)

  /// Every meaning with its name, in order.
  public static let named: [(name: String, role: Role)] = [
    ("plain", .plain), ("quiet", .quiet), ("header", .header), ("alarm", .alarm),
    ("frame", .frame), ("focus", .focus), ("pre-prepare", .prePrepare), ("prepare", .prepare),
    ("commit", .commit), ("view-change", .viewChange), ("fault", .fault), ("client", .client),
    ("upkeep", .upkeep), ("done", .done), ("leader", .leader), ("label", .label), ("key", .key),
    ("lesson", .lesson), ("notice", .notice), ("changed", .changed),
    ("digest-a", .digestA), ("digest-b", .digestB), ("digest-c", .digestC), ("digest-d", .digestD),
  ]

  /// The colour of a kind of message.
  init(_ kind: Message.Kind) {
    switch kind {
    case .request, .reply: self = .client
    case .prePrepare: self = .prePrepare
    case .prepare: self = .prepare
    case .commit: self = .commit
    case .viewChange, .newView: self = .viewChange
    case .checkpoint, .status, .fetch, .data: self = .upkeep
    }
  }
}

extension Style {
  static let quiet = Style(.quiet)
  static let label = Style(.label)
  static let fault = Style(.fault, .bold)
  static let done = Style(.done)
}
