public import Language
public import Simulation

/// A page of the language that is gone through stop by stop.
public struct Lesson: Sendable {
  public let script: Script
  /// Where a stop was reached, and what was said on the way to it.
  struct Stop: Hashable, Sendable {
    let step: Int
    /// Its branch, as long as nobody forgets it.
    var branch: Int?
    /// Where its branch ended then; nil where nobody knows any more.
    var end: Int?
    let narration: String
  }

  /// The stops reached so far.
  var reached: [Stop] = []
  /// The stop that was gone to last.
  var visited: Int?
  /// The next line.
  var position = 0

  /// A lesson whose first stops have been reached already, at these moments; without them, a new one.
  public init(_ script: Script, reached: [Moment] = []) {
    self.script = script
    narrations = Self.narrations(script)
    let known = reached.prefix(narrations.count)
    self.reached = zip(known, narrations).map { moment, narration in
      Stop(step: moment.step, branch: moment.branch, narration: narration)
    }
    let stops = script.lines.indices.filter {
      if case .stop = script.lines[$0].statement { true } else { false }
    }
    position =
      known.isEmpty
      ? 0 : known.count <= stops.count ? stops[known.count - 1] + 1 : script.lines.count
  }

  /// The moments of the stops reached so far, for whoever saves them; a stop on a forgotten branch ends them.
  public var reachedMoments: [Moment] {
    reached.prefix { $0.branch != nil }.map { Moment(branch: $0.branch ?? 0, step: $0.step) }
  }

  /// Branches have been forgotten: those that are left have other numbers.
  mutating func renumber(_ names: [String], as history: History) {
    for index in reached.indices {
      reached[index].branch = reached[index].branch.flatMap {
        names.indices.contains($0) ? history.index(named: names[$0]) : nil
      }
    }
  }

  /// How many stops there are; the end of the page is one.
  public var total: Int { script.stopCount }

  /// What is said at each stop.
  let narrations: [String]

  private static func narrations(_ script: Script) -> [String] {
    var narrations = [""]
    for line in script.lines {
      switch line.statement {
      case .say(let text): narrations[narrations.count - 1] += text + " "
      case .stop(let caption):
        narrations[narrations.count - 1] += caption ?? ""
        narrations.append("")
      case .command, .time, .expect, .control: break
      }
    }
    return narrations.map { $0.hasSuffix(" ") ? String($0.dropLast()) : $0 }
  }

  /// The breakpoints that the lines played so far have set.
  var breakpoints: [Condition] {
    script.lines.prefix(position).reduce(into: []) { breakpoints, line in
      switch line.statement {
      case .time(.breakAt(let condition)): breakpoints.append(condition)
      case .time(.breakOff(let condition)):
        breakpoints.removeAll { condition == nil || $0 == condition }
      default: break
      }
    }
  }

  var isOver: Bool { position >= script.lines.count }

  /// The place of the last stop that was reached on the way to the present moment.
  ///
  /// On a branch that parted before a stop nobody has passed it.
  func lastPassed(in history: History) -> Int? {
    // Where several stops share a moment, the one that was gone to.
    if let visited, reached.indices.contains(visited), reached[visited].step == history.step,
      isPassed(reached[visited], in: history)
    {
      return visited
    }
    let passed = reached.indices.filter { isPassed(reached[$0], in: history) }
    return passed.max { (reached[$0].step, $0) < (reached[$1].step, $1) }
  }

  private func isPassed(_ stop: Stop, in history: History) -> Bool {
    guard let branch = stop.branch, history.branches.indices.contains(branch),
      stop.step <= history.step
    else { return false }
    return history.owner(of: Moment(branch: branch, step: stop.step))
      == history.owner(of: stop.step)
  }
}

extension Model {
  /// To the next stop: one that was reached before, or on through the page.
  mutating func nextStop() {
    isRunning = false
    guard let lesson else { return }
    let next = lesson.lastPassed(in: history).map { $0 + 1 } ?? 0
    if next < lesson.reached.count {
      visit(next)
    } else if lesson.isOver {
      notice = Notice(refusal: "the lesson is over: . runs on, Backspace goes back, q quits")
    } else {
      let last = lesson.reached.indices.last
      if let last { visit(last) }
      playToStop()
      if let last, notice == nil { tellOfBranch(from: lesson.reached[last]) }
    }
  }

  /// Back to the stop before.
  mutating func previousStop() {
    isRunning = false
    guard let lesson else {
      notice = Notice(refusal: "no lesson is open; pbftscope demos/FILE opens one")
      return
    }
    guard let passed = lesson.lastPassed(in: history) else {
      goToStart()
      return
    }
    if lesson.reached[passed].step < history.step {
      visit(passed)
    } else if passed > 0 {
      visit(passed - 1)
    } else {
      goToStart()
    }
  }

  /// Where somebody has gone on from a stop by hand, the lesson goes on beside that.
  private mutating func tellOfBranch(from stop: Lesson.Stop) {
    guard let branch = stop.branch, let end = stop.end, history.branch != branch,
      history.branches.indices.contains(branch), history.branches[branch].end > end
    else { return }
    notice = Notice(
      "the lesson goes on as \(history.branches[history.branch].name); what you did there is kept on "
        + "\(history.branches[branch].name): o")
  }

  private mutating func visit(_ index: Int) {
    guard let stop = lesson?.reached[index] else { return }
    lesson?.visited = index
    guard let branch = stop.branch, history.branches.indices.contains(branch) else {
      notice = Notice(refusal: "the branch with this stop was forgotten; Home begins anew")
      return
    }
    if history.branch == branch {
      history.seek(stop.step)
    } else {
      history.go(to: branch, step: stop.step)
    }
  }

  /// Plays lines until one says stop; what goes wrong on the way is told, the first of it.
  ///
  /// A breakpoint of one's own must not cut the page's runs short: its next lines would come too early.
  /// So the page is played to its stop, and one is led to where the breakpoint became true.
  private mutating func playToStop() {
    guard let lesson else { return }
    let start = moment(history.step)
    let own = history.breakpoints.filter { !lesson.breakpoints.contains($0) }
    for condition in own { _ = try? history.perform(TimeCommand.breakOff(condition)) }
    playLines()
    for condition in own { _ = try? history.perform(TimeCommand.breakAt(condition)) }
    // What goes wrong is told where it went wrong.
    if !own.isEmpty, notice == nil, moment(start.step) == start {
      stopOnTheWay(from: start.step, own)
    }
  }

  /// Back to where one of these first became true after a step, if it did.
  private mutating func stopOnTheWay(from start: Int, _ conditions: [Condition]) {
    let stop = history.step
    history.seek(start)
    while history.step < stop, advance() {
      guard let condition = history.stoppedAt, conditions.contains(condition) else { continue }
      tellStop()
      return
    }
  }

  private mutating func playLines() {
    guard var lesson else { return }
    var said: [String] = []
    var trouble: String?
    func note(_ text: String, _ line: Script.Line) {
      if trouble == nil { trouble = "line \(line.number): \(text)" }
    }
    lines: while lesson.position < lesson.script.lines.count {
      let line = lesson.script.lines[lesson.position]
      lesson.position += 1
      do throws(Refusal) {
        switch line.statement {
        case .say(let text): said.append(text)
        case .stop(let caption):
          if let caption { said.append(caption) }
          break lines
        // On the screen the page is played as it stands, not its control.
        case .control: break
        case .expect(let condition):
          if !world.holds(condition) { note("expected \(condition.text)", line) }
        case .command(let command): try history.perform(command)
        case .time(let command): try history.perform(command)
        }
      } catch {
        note(error.description, line)
      }
    }
    if let trouble { notice = Notice(refusal: trouble) }
    lesson.reached.append(
      Lesson.Stop(
        step: history.step, branch: history.branch, end: history.end,
        narration: said.joined(separator: " ")))
    lesson.visited = lesson.reached.count - 1
    self.lesson = lesson
  }
}
