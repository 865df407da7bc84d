internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// Forward and back, each with its twin.
extension Model {
  /// Carries out what concerns the history itself.
  ///
  /// False, with the reason as the notice, if it cannot be done.
  @discardableResult
  mutating func act(_ command: TimeCommand) -> Bool {
    isRunning = false
    let names = history.branches.map(\.name)
    let note = history.note(at: history.step)
    do {
      try history.perform(command)
    } catch {
      notice = Notice(refusal: error.description)
      return false
    }
    if case .forget = command {
      lesson?.renumber(names, as: history)
      branchChoice = history.index(named: names[branchChoice]) ?? history.branch
    }
    if case .note(let text) = command, let note, !text.isEmpty {
      notice = Notice("it stands in the place of \"\(note)\"")
    } else if let told = told(command) {
      notice = Notice(told)
    }
    tellStop()
    return true
  }

  /// What cannot be seen at once of what has been done.
  private func told(_ command: TimeCommand) -> String? {
    switch command {
    case .note(let text): text.isEmpty ? "the note at step \(history.step) is gone" : nil
    case .name(let name): "this branch is called \(name)"
    case .breakAt(let condition): "runs stop where this becomes true: \(condition.text)"
    case .breakOff(let condition):
      condition.map { "runs no longer stop at this: \($0.text)" } ?? "there are no breakpoints now"
    case .forget(let name): "\(name) is forgotten, and all that parted from it"
    case .forward, .back, .backFor, .backUntil, .next, .previous, .goTo: nil
    }
  }

  /// Tells which breakpoint was reached, if one was.
  mutating func tellStop() {
    if let condition = history.stoppedAt {
      notice = Notice("stopped at a breakpoint: \(condition.text)")
    }
  }

  mutating func forward() {
    isRunning = false
    if advance() { tellStop() }
  }

  /// One event forward: what is known already, or something new.
  ///
  /// False, with the reason as the notice, if there is none.
  @discardableResult
  mutating func advance() -> Bool {
    guard history.step < history.end || world.next != nil else {
      notice = Notice(refusal: nothingMore)
      isRunning = false
      return false
    }
    do {
      try history.advance()
      return true
    } catch {
      notice = Notice(refusal: error.description)
      isRunning = false
      return false
    }
  }

  /// Why time does not go on, and what makes it.
  var nothingMore: String {
    lesson.map { !$0.isOver } == true
      ? "nothing more happens by itself: space leads on to the lesson's next stop"
      : "nothing more happens by itself: n sends a new request"
  }

  mutating func goToStart() {
    if history.step == 0 { notice = Notice(refusal: "this is the start; nothing was before") }
    act(.goTo(step: 0, branch: nil))
  }

  mutating func goToEnd() {
    isRunning = false
    guard history.step < history.end else {
      notice = Notice(refusal: "this is the end of what is known; → goes on")
      return
    }
    act(.goTo(step: nil, branch: nil))
  }

  mutating func goToNextBranch() {
    isRunning = false
    guard history.branches.count > 1 else {
      notice = Notice(
        refusal: "there is one branch; go back and act, and the old future stays as another")
      return
    }
    go(to: (history.branch + 1) % history.branches.count)
  }

  /// To the end of a branch, and tells which it is.
  mutating func go(to branch: Int) {
    let name = history.branches[branch].name
    guard act(.goTo(step: nil, branch: name)) else { return }
    notice = Notice("\(name): branch \(branch + 1) of \(history.branches.count)")
  }

  // MARK: The bar

  /// To the next or the previous cell of the bar; at least one step.
  mutating func moveOnBar(by distance: Int) {
    isRunning = false
    let bar = bar
    let cell = bar.cell(of: history.step)
    if distance > 0 {
      guard history.step < history.end else {
        notice = Notice(refusal: "this is the end of what is known; → goes on")
        return
      }
      var next = cell + 1
      while bar.steps(of: next) == nil, next < bar.columns - 1 { next += 1 }
      history.seek(max(history.step + 1, bar.steps(of: next)?.lowerBound ?? history.end))
    } else {
      guard history.step > 0 else {
        notice = Notice(refusal: "this is the start; nothing was before")
        return
      }
      var next = cell - 1
      while bar.steps(of: next) == nil, next > 0 { next -= 1 }
      history.seek(min(history.step - 1, bar.steps(of: next)?.lowerBound ?? 0))
    }
  }

  /// To the moment under the pointer, whose button is held.
  mutating func scrub(to position: Position) {
    guard hasRoom(in: size) else { return }
    let scene = Scene(self)
    let place = scene.timelinePlaces(Layout(size).timeline).bar
    let step = scene.timelineBar(place).step(at: position.x - place.x)
    if step != history.step { act(.goTo(step: step, branch: nil)) }
  }

  /// The bar as it is drawn; before the size is known, as on a screen of 80 columns.
  private var bar: TimelineBar {
    let size = size.isEmpty ? Size(columns: 80, rows: 24) : size
    let scene = Scene(self)
    return scene.timelineBar(scene.timelinePlaces(Layout(size).timeline).bar)
  }
}
