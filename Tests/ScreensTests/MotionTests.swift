import Cells
import Language
import PBFT
import Simulation
import Testing

@testable import Screens

@Suite("Motion with meaning") struct MotionTests {
  private func running() throws -> Stage {
    var stage = try Moment.request.stage()
    stage.press(.home, .character("L"), .right)
    stage.press(.right, times: 3)
    stage.press(.character("."))
    return stage
  }

  /// The columns of what travels on each row of the ladder.
  private func travellers(_ stage: Stage) -> [Int: [Int]] {
    var still = stage
    still.model.hasMotion = false
    let (moving, resting) = (stage.picture(160, 45), still.picture(160, 45))
    var places: [Int: [Int]] = [:]
    for y in 0..<45 {
      for x in 0..<160 where moving[x, y] != resting[x, y] {
        #expect(moving[x, y].glyph == "●")
        places[y, default: []].append(x)
      }
    }
    return places
  }

  @Test("messages travel from their sender's lane to the recipient's, and nothing else changes")
  func travelling() throws {
    var stage = try running()
    var moved = 0
    for _ in 0..<60 {
      let step = stage.model.history.step
      let before = travellers(stage)
      let frames = stage.model.frames
      _ = stage.model.update(.tick)
      guard stage.model.history.step == step else { continue }
      #expect(frames > 1)
      let after = travellers(stage)
      // Each goes on, away from where it was sent: a lane farther from the start at every frame, or where it was.
      for (row, places) in before {
        guard let later = after[row], later.count == places.count else { continue }
        if later != places { moved += 1 }
      }
    }
    #expect(moved > 5)
  }

  @Test("where a message is shown is how much of its way is behind it") func progress() throws {
    var stage = try running()
    var last: [Int: Int] = [:]
    for _ in 0..<40 {
      let now = stage.model.shownInstant ?? stage.model.world.now
      #expect(now >= stage.model.world.now)
      if let next = stage.model.motion.next { #expect(now <= next) }
      for envelope in stage.model.world.inFlight {
        let gone = now.microseconds - envelope.sent.microseconds
        #expect(gone >= last[envelope.id] ?? 0)
        last[envelope.id] = gone
      }
      _ = stage.model.update(.tick)
      guard stage.model.run != nil else { break }
    }
    #expect(last.count > 5)
  }

  @Test("the pace is the same with and without motion") func pace() throws {
    for speed in Speed.allCases {
      var stage = try running()
      stage.model.speed = speed
      _ = stage.model.update(.resize(Size(columns: 80, rows: 24)))
      let interval = try #require(stage.model.tickInterval)
      #expect(interval.microseconds * stage.model.frames <= speed.interval.microseconds)
      let (step, frames) = (stage.model.history.step, stage.model.frames)
      for _ in 0..<frames - 1 { _ = stage.model.update(.tick) }
      #expect(stage.model.history.step == step)
      _ = stage.model.update(.tick)
      #expect(stage.model.history.step == step + speed.stepsPerTick)
    }
  }

  @Test("paused, stepped by hand, without motion and where no ladder is, nothing moves")
  func stillness() throws {
    var stage = try running()
    _ = stage.model.update(.tick)
    #expect(stage.model.shownInstant != nil)
    var quiet = stage
    quiet.model.hasMotion = false
    _ = quiet.model.update(.tick)
    #expect(quiet.model.shownInstant == nil && quiet.model.frames == 1)
    var rules = stage
    rules.press(.character("R"))
    #expect(rules.model.shownInstant == nil && rules.model.frames == 1)
    stage.press(.character("."))
    #expect(stage.model.tickInterval == nil && stage.model.shownInstant == nil)
    #expect(travellers(stage).isEmpty)
    let picture = stage.picture(160, 45)
    _ = stage.model.update(.tick)
    #expect(stage.picture(160, 45) == picture)
    stage.press(.right)
    #expect(travellers(stage).isEmpty && stage.model.tickInterval == nil)
  }
}
