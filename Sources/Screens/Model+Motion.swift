internal import Cells
internal import PBFT
internal import Simulation

/// Messages that travel along their lanes while time runs.
///
/// Between two events nothing happens, so nothing else moves: the frames between them show the same state, and the
/// messages on their way where they are by then.
public struct Motion: Hashable, Sendable {
  /// Which of the frames between this moment and the next event is shown; 0 is this moment.
  var frame = 0
  /// When the next event will happen.
  var next: Instant?
}

extension Speed {
  /// How many frames there are from one event to the next.
  fileprivate var frames: Int {
    switch self {
    case .slowest: 15
    case .slow: 8
    case .normal: 4
    case .fast: 2
    case .faster, .fastest: 1
    }
  }
}

extension Model {
  /// How many frames there are from this event to the next; one where nothing travels that could be seen.
  var frames: Int { motion.next == nil ? 1 : speed.frames }

  /// The instant that is shown of what travels; nil while nothing moves.
  var shownInstant: Instant? {
    guard hasMotion, run == .forwards, frames > 1, let next = motion.next else { return nil }
    let way = next.microseconds - world.now.microseconds
    return world.now + Duration(microseconds: way * motion.frame / frames)
  }

  /// Whether the tick was for a frame between two events.
  mutating func takeFrame() -> Bool {
    guard run == .forwards, motion.frame + 1 < frames else {
      motion.frame = 0
      return false
    }
    motion.frame += 1
    return true
  }

  /// After every input: whether something travels, and until when.
  mutating func settleMotion() {
    guard hasMotion, run == .forwards, speed.frames > 1, showsLadder,
      world.inFlight.contains(where: { !$0.isHeld })
    else {
      motion = Motion()
      return
    }
    // Between the frames of one step nothing has to be found out again.
    if motion.next != nil, motion.frame > 0 { return }
    motion.next = nextEvent
  }

  /// Whether a ladder is on the screen.
  private var showsLadder: Bool {
    guard page == .cluster else { return page == .ladder }
    let scene = Scene(self)
    let strip = scene.strip(Layout(size).body)
    return scene.clusterPlaces(strip.rest).ladder.rows >= 3
  }

  /// When the next event on this line happens, known already or not.
  private var nextEvent: Instant? {
    guard history.step < history.end else { return world.next?.due }
    var ahead = history
    ahead.seek(history.step + 1)
    return ahead.world.now
  }
}
