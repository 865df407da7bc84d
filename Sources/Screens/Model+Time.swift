internal import PBFT
internal import Simulation

/// Forward and back, each with its twin.
extension Model {
  /// The most events that one key goes through.
  private static var farthest: Int { 3_000 }

  mutating func forward() {
    isRunning = false
    guard advance() else { return }
  }

  mutating func back() {
    isRunning = false
    guard history.step > 0 else {
      notice = Notice(refusal: "this is the start; nothing was before")
      return
    }
    history.back()
  }

  /// One event forward: what is known already, or something new. False, with the reason, if there is none.
  @discardableResult
  mutating func advance() -> Bool {
    if history.step < history.end {
      history.forward()
      return true
    }
    guard world.next != nil else {
      notice = Notice(refusal: "nothing more happens by itself: n sends a new request")
      isRunning = false
      return false
    }
    do {
      _ = try history.perform(.step)
      return true
    } catch {
      notice = Notice(refusal: error.description)
      isRunning = false
      return false
    }
  }

  mutating func goToStart() {
    isRunning = false
    history.seek(0)
    lesson?.rewind(to: 0)
  }

  mutating func goToEnd() {
    isRunning = false
    guard history.step < history.end else {
      notice = Notice(refusal: "this is the end of what is known; → goes on")
      return
    }
    history.seek(history.end)
  }

  mutating func goToNextBranch() {
    isRunning = false
    guard history.branchCount > 1 else {
      notice = Notice(
        refusal: "there is one branch; go back and act, and the old future stays as another")
      return
    }
    history.visit(branch: (history.branch + 1) % history.branchCount)
  }

  // MARK: Landmarks

  mutating func forward(to kind: Landmark) {
    isRunning = false
    var seen = Landmark.Seen(history.recent(Self.window))
    for _ in 0..<Self.farthest {
      guard advance() else { return }
      if seen.isNew(kind, in: history.happenings(of: history.step)) { return }
    }
    notice = Notice(refusal: "no \(kind.word) within \(Self.farthest) events")
  }

  mutating func back(to kind: Landmark) {
    isRunning = false
    guard history.step > 0 else {
      notice = Notice(refusal: "this is the start; nothing was before")
      return
    }
    var seen = Landmark.Seen([])
    var marks: [Int] = []
    let recent = history.recent(Self.window)
    var index = 0
    while index < recent.count {
      let step = recent[index].step
      var end = index
      while end < recent.count, recent[end].step == step { end += 1 }
      if seen.isNew(kind, in: Array(recent[index..<end])) { marks.append(step) }
      index = end
    }
    history.seek(marks.last { $0 < history.step } ?? max(history.step - Self.window, 0))
  }

  /// How many events back landmarks are looked for.
  private static var window: Int { 600 }

  // MARK: Running

  mutating func runOrPause() {
    isRunning.toggle()
    if isRunning, history.step == history.end, world.next == nil {
      isRunning = false
      notice = Notice(refusal: "nothing more happens by itself: n sends a new request")
    }
  }

  mutating func tick() {
    guard isRunning else { return }
    for _ in 0..<speed.stepsPerTick {
      guard advance() else { return }
      for happening in history.happenings(of: history.step) {
        guard case .violation(let violation) = happening.kind else { continue }
        isRunning = false
        notice = Notice(refusal: "paused: \(violation.invariant.name) is violated")
        return
      }
    }
  }
}
