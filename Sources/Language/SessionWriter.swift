internal import PBFT
public import Simulation

/// Where a stop of a page was reached.
public struct ReachedStop: Hashable, Sendable {
  /// Counted from one.
  public let number: Int
  public let moment: Moment

  public init(_ number: Int, _ moment: Moment) {
    self.number = number
    self.moment = moment
  }
}

/// Tells a history line by line, so that a ``SessionReader`` gives it back.
///
/// A writer remembers how much it has told; the next time it tells only what is new. What a new writer tells
/// the first time is the whole session.
public struct SessionWriter: Sendable {
  /// There is a `state` line at every step that is a multiple of this, and after each part of a branch.
  public static let interval = 500

  /// What the reader knows of a branch.
  struct Told: Sendable {
    let id: Int
    let parent: Int?
    var name: String
    var end: Int
    var notes: [Note] = []
  }

  /// A moment; its branch is named by what lasts.
  struct Place: Hashable, Sendable {
    let branch: Int
    let step: Int
  }

  struct Stop: Hashable, Sendable {
    let number: Int
    let place: Place
  }

  /// Those of the history that the reader knows: the first ones, in the same order.
  var branches = [Told(id: 0, parent: nil, name: "main", end: 0)]
  /// Where the reader stands.
  var place = Place(branch: 0, step: 0)
  var breakpoints: [Condition] = []
  var stops: [Stop] = []
  /// What is being told.
  var lines: [String] = []

  /// A writer whose reader stands at the beginning of a world and knows nothing else.
  public init() {}

  /// A writer whose reader has read this history already.
  public init(continuing history: History, reached: [ReachedStop] = []) { take(history, reached) }

  /// The lines that bring a reader from what was told to what is now.
  public mutating func lines(_ history: History, reached: [ReachedStop] = []) -> [String] {
    lines = []
    tellForgotten(history)
    tellNames(history)
    for index in history.branches.indices { tellDeeds(of: index, history) }
    for index in history.branches.indices { tellNotes(of: index, history) }
    tellStops(Self.stops(reached, history))
    tellBreakpoints(history.breakpoints)
    go(to: Self.present(history))
    take(history, reached)
    return lines
  }

  /// The whole file of a session: the page that was played, or nothing but its world, and all that was done.
  public static func file(
    _ page: Script, _ history: History, reached: [ReachedStop] = [], program: String
  ) -> String {
    var writer = SessionWriter()
    let lines = writer.lines(history, reached: reached)
    return beginning(page, program: program) + lines.map { $0 + "\n" }.joined()
  }

  /// What stands before the lines of a session: the page, and the line `session`.
  public static func beginning(_ page: Script, program: String) -> String {
    var page = page
    page.session = nil
    return page.text + Session.heading(program: program) + "\n"
  }

  /// Remembers that all of this has been told.
  private mutating func take(_ history: History, _ reached: [ReachedStop]) {
    branches = history.branches.map { branch in
      Told(
        id: branch.id, parent: branch.parent.map { history.branches[$0].id }, name: branch.name,
        end: branch.end, notes: branch.notes)
    }
    place = Self.present(history)
    breakpoints = history.breakpoints
    stops = Self.stops(reached, history)
  }

  private static func present(_ history: History) -> Place {
    Place(branch: history.branches[history.branch].id, step: history.step)
  }

  /// The stops that lie on a branch that there still is.
  private static func stops(_ reached: [ReachedStop], _ history: History) -> [Stop] {
    reached.compactMap { stop in
      let moment = stop.moment
      guard history.branches.indices.contains(moment.branch),
        (0...history.branches[moment.branch].end).contains(moment.step)
      else { return nil }
      return Stop(
        number: stop.number,
        place: Place(branch: history.branches[moment.branch].id, step: moment.step))
    }
  }
}
