internal import Language
internal import PBFT
internal import Simulation

/// A run by itself, in either direction.
public enum Run: Hashable, Sendable {
  case forwards
  /// Down to the start, or to where a breakpoint became true or something was violated, whichever comes
  /// first; that is found out when the run begins.
  case backwards(stop: Stop?)

  /// A moment at which a breakpoint became true, or without one, at which something was violated.
  public struct Stop: Hashable, Sendable {
    let step: Int
    let condition: Condition?
  }
}

extension Model {
  /// Whether time moves by itself.
  public internal(set) var isRunning: Bool {
    get { run != nil }
    set { run = newValue ? .forwards : nil }
  }

  /// Runs forwards, or pauses if it does.
  mutating func runOrPause() {
    if run == .forwards {
      run = nil
    } else if history.step == history.end, world.next == nil {
      run = nil
      notice = Notice(refusal: nothingMore)
    } else {
      run = .forwards
    }
  }

  /// Runs backwards, or pauses if it does.
  mutating func runBackOrPause() {
    if case .backwards = run {
      run = nil
      return
    }
    guard history.step > 0 else {
      run = nil
      notice = Notice(refusal: "this is the start; nothing was before")
      return
    }
    let violated = (1..<max(history.step, 1)).last { history.marks(of: $0).contains(.violation) }
    let latest = history.latestMoment(
      becoming: history.breakpoints, before: history.step, from: violated ?? 0)
    let stop = latest.map { Run.Stop(step: $0.step, condition: $0.condition) }
    run = .backwards(stop: stop ?? violated.map { .init(step: $0, condition: nil) })
  }

  mutating func tick() {
    switch run {
    case nil: break
    case .forwards: if !takeFrame() { tickForwards() }
    case .backwards(let stop): tickBackwards(stop)
    }
  }

  private mutating func tickForwards() {
    for _ in 0..<speed.stepsPerTick {
      let step = history.step
      guard advance() else { return }
      keepNote(leaving: step, for: history.step)
      if history.stoppedAt != nil {
        run = nil
        tellStop()
      }
      // What must never happen is looked at before anything else does.
      if history.marks(of: history.step).contains(.violation) {
        run = nil
        tellViolation()
      }
      if run == nil { return }
    }
  }

  private mutating func tellViolation() {
    guard let gravest = world.gravestViolation else { return }
    notice = Notice(refusal: "paused: \(gravest.invariant.name) is violated")
  }

  /// What a run passes too fast to be read stays until the next key: the last note on the way.
  private mutating func keepNote(leaving step: Int, for next: Int) {
    let notes = history.notes(along: history.line(of: history.branch))
    let passed =
      next > step
      ? notes.last { step..<next ~= $0.step } : notes.first { (next + 1)..<(step + 1) ~= $0.step }
    if let passed { notice = Notice("step \(passed.step): \"\(passed.text)\"") }
  }

  private mutating func tickBackwards(_ stop: Run.Stop?) {
    let least = stop?.step ?? 0
    let step = history.step
    history.seek(max(least, step - speed.stepsPerTick))
    keepNote(leaving: step, for: history.step)
    guard history.step <= least else { return }
    run = nil
    switch stop {
    case nil: notice = Notice("this is the start")
    case .some(let stop):
      if let condition = stop.condition {
        notice = Notice("stopped at a breakpoint: \(condition.text)")
      } else {
        tellViolation()
      }
    }
  }
}
