internal import PBFT
internal import Simulation

/// Forward and back, each with its twin.
extension Model {
  /// The most events that one key goes through.
  private static var farthest: Int { 3_000 }

  mutating func forward() {
    isRunning = false
    advance()
  }

  mutating func back() {
    isRunning = false
    guard history.step > 0 else {
      notice = Notice(refusal: "this is the start; nothing was before")
      return
    }
    history.back()
  }

  /// One event forward: what is known already, or something new.
  ///
  /// False, with the reason as the notice, if there is none.
  @discardableResult
  mutating func advance() -> Bool {
    if history.step < history.end {
      history.seek(history.step + 1)
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
    guard history.branches.count > 1 else {
      notice = Notice(
        refusal: "there is one branch; go back and act, and the old future stays as another")
      return
    }
    history.go(to: (history.branch + 1) % history.branches.count)
    notice = Notice("branch \(history.branch + 1) of \(history.branches.count)")
  }

  // MARK: Landmarks

  mutating func forward(to kind: Landmark) {
    isRunning = false
    var seen = Landmark.Seen(Array(history.recent.joined()))
    for _ in 0..<Self.farthest {
      guard advance() else { return }
      if seen.isNew(kind, in: history.recent.last ?? []) { return }
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
    var first = history.step
    for happenings in history.recent {
      guard let step = happenings.first?.step else { continue }
      first = min(first, step)
      if seen.isNew(kind, in: happenings) { marks.append(step) }
    }
    history.seek(marks.last { $0 < history.step } ?? first - 1)
  }

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
      for happening in history.recent.last ?? [] {
        guard case .violation(let violation) = happening.kind else { continue }
        isRunning = false
        notice = Notice(refusal: "paused: \(violation.invariant.name) is violated")
        return
      }
    }
  }
}
