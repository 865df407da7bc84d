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

  /// Where the messages on their way have to be by now.
  private func expected(_ stage: Stage) throws -> [Int: Set<Int>] {
    let scene = Scene(stage.model)
    let now = try #require(stage.model.shownInstant)
    let body = Layout(Size(columns: 160, rows: 45)).body
    let places = LadderPlaces(scene.strip(body).rest, hasHeading: false)
    let sheet = scene.ladderSheet(places.rows.rows)
    let lanes = scene.ladderLanes(places.rows, sheet.rungs)
    var expected: [Int: Set<Int>] = [:]
    for (row, rung) in sheet.rungs.enumerated() {
      for copy in rung.copies {
        guard let envelope = scene.inFlight.first(where: { $0.id == copy.id }),
          let due = envelope.due, let from = lanes.lane(of: envelope.from),
          let to = lanes.lane(of: envelope.to)
        else { continue }
        let share =
          Double(now.microseconds - envelope.sent.microseconds)
          / Double(due.microseconds - envelope.sent.microseconds)
        let x =
          lanes.x(from) + Int((Double(lanes.x(to) - lanes.x(from)) * share).rounded(.towardZero))
        #expect((0...1).contains(share))
        if x != lanes.x(from), x != lanes.x(to) {
          expected[places.rows.y + row, default: []].insert(x)
        }
      }
    }
    return expected
  }

  @Test("messages travel from their sender's lane to the recipient's, and nothing else changes")
  func travelling() throws {
    var stage = try running()
    var seen: Set<[Int: [Int]]> = []
    for _ in 0..<40 {
      let step = stage.model.history.step
      if stage.model.shownInstant != nil {
        let travellers = travellers(stage)
        #expect(travellers.mapValues { Set($0) } == (try expected(stage)))
        seen.insert(travellers)
      }
      let (frame, frames) = (stage.model.motion.frame, stage.model.frames)
      _ = stage.model.update(.tick)
      #expect((stage.model.history.step == step) == (frame + 1 < frames))
    }
    // Frame after frame something has moved.
    #expect(seen.count > 25)
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
