internal import PBFT
internal import Simulation

/// The first steps of somebody who has never seen the program: each says what to press, and is passed by doing it.
public struct Tour: Hashable, Sendable {
  /// The step that is shown, from 0.
  public internal(set) var step = 0

  /// What is said at each step.
  static let texts = [
    "Press → (the right arrow): one event happens, and the line \"why\" says why. ← takes it back.",
    "Press ]: on to where a number reaches its next phase: PP, prepared (P), committed (C), executed (X).",
    "Break something: c crashes the replica in the heavy frame; digits choose another one.",
    "Press n: a client asks for something new. Who is to order it now?",
    "Capitals choose pages. Press V: it tells which timers will notice the crash, and when.",
    "Press ): on to where the next view begins. O is what it proposes again, and because of what.",
  ]
}

extension Model {
  /// Begins the tour, or leaves it.
  public mutating func toggleTour() {
    guard tour == nil else {
      leaveTour()
      return
    }
    guard lesson == nil else {
      notice = Notice(refusal: "a lesson is open; the tour needs a world of its own: S begins anew")
      return
    }
    (tour, page, overlay) = (Tour(), .cluster, nil)
  }

  mutating func leaveTour() {
    tour = nil
    notice = Notice("the tour is left; F2 begins it anew, ? shows the keys, S the demos")
  }

  /// To the next step of the tour without doing what this one asks for, or back.
  mutating func turnTour(by distance: Int) {
    guard let step = tour?.step else { return }
    guard step + distance >= 0 else {
      notice = Notice(refusal: "this is the first step of the tour; Esc leaves it")
      return
    }
    if step + distance < Tour.texts.count { tour?.step += distance } else { endTour() }
  }

  private mutating func endTour() {
    tour = nil
    notice = Notice(
      "that was the tour: S has the demos, b more faults, y says why, ? lists all keys")
  }

  /// After every key: whether it was what the step asks for.
  mutating func settleTour(_ action: Action) {
    // What was refused has to be read first; space goes on without it.
    guard let step = tour?.step, notice?.isRefusal != true else { return }
    let isDone =
      switch step {
      case 0: (action == .forward || action == .turn(1)) && history.step > 0
      case 1: action == .next(.phase)
      case 2: cluster.replicas.contains(where: world.isCrashed)
      case 3: action == .request
      case 4: page == .viewChange
      default: action == .next(.view)
      }
    if isDone { turnTour(by: 1) }
  }
}
