import PBFT
import Simulation
import Testing

@Suite struct `Running on where one has run before` {
  private func start() throws -> History {
    var history = History(Configuration(seed: 7, scheme: .ideal))
    try history.perform(.request(alice, .append(key: "x", value: "a")))
    return history
  }

  /// One request, and twice 130 ms: each run ends between two events, which is a moment of its own.
  private func story() throws -> History {
    var history = try start()
    try history.perform(.run(.milliseconds(130)))
    try history.perform(.run(.milliseconds(130)))
    return history
  }

  @Test func `one long run goes along two short ones`() throws {
    var history = try story()
    let (end, world) = (history.end, history.world)
    history.seek(1)
    try history.perform(.run(.milliseconds(260)))
    #expect(history.branches.count == 1 && history.step == end && history.world == world)
    history.seek(1)
    let condition = Condition.time(world.now)
    try history.perform(.runUntil(condition, within: .seconds(1)))
    #expect(history.branches.count == 1 && history.step == end && history.world == world)
    // Further than what is known there is something new, at the end of the same line.
    history.seek(1)
    try history.perform(.run(.seconds(1)))
    #expect(history.branches.count == 1 && history.end > end)
  }

  @Test func `a breakpoint at the end of a short run stops a long one, in both directions`() throws
  {
    var history = try story()
    let pause = Condition.time(Instant(microseconds: 130_000))
    let place = try #require((0...history.end).first { history.world(at: $0).holds(pause) })
    #expect(history.world(at: place).now == Instant(microseconds: 130_000))
    try history.perform(.breakAt(pause))
    history.seek(1)
    try history.perform(.run(.milliseconds(260)))
    #expect(history.step == place && history.stoppedAt == pause)
    try history.perform(.goTo(step: nil, branch: nil))
    try history.perform(.backFor(.milliseconds(260)))
    #expect(history.step == place && history.stoppedAt == pause)
  }

  @Test func `a run until what never comes stops at a breakpoint, in both directions`() throws {
    var history = try story()
    let never = Condition.crashed(r3)
    let prepared = Condition.phase(.prePrepared, n1, nil, .replica(r1))
    let place = try #require((0...history.end).first { history.world(at: $0).holds(prepared) })
    try #require(1 < place && place < history.end)
    try history.perform(.breakAt(prepared))
    history.seek(1)
    try history.perform(.runUntil(never, within: .seconds(1)))
    #expect(history.step == place && history.stoppedAt == prepared)
    history.seek(history.end)
    try history.perform(.backUntil(never))
    #expect(history.step == place && history.stoppedAt == prepared)
    // Where both become true at one moment, both directions say so.
    history.seek(1)
    try history.perform(.runUntil(prepared, within: .seconds(1)))
    #expect(history.step == place && history.stoppedAt == prepared)
    history.seek(history.end)
    try history.perform(.backUntil(prepared))
    #expect(history.step == place && history.stoppedAt == prepared)
    // Behind it there is neither.
    #expect(throws: Refusal("it did not become true before step \(place)")) {
      try history.perform(.backUntil(never))
    }
    #expect(history.step == place && history.stoppedAt == nil)
  }

  @Test func `what only a person makes is not waited for`() throws {
    var history = try start()
    try history.perform(.load(every: .milliseconds(100)))
    try history.perform(.note("here"))
    try history.perform(.crash(r3))
    try history.perform(.forward(4))
    let (end, world) = (history.end, history.world)
    for (landmark, known, help) in [
      (Landmark.note, 2, "`note` attaches one"), (.fault, 3, "`crash R2` makes one, for example"),
    ] {
      history.seek(0)
      try history.perform(.next(landmark))
      #expect(history.step == known)
      history.seek(end)
      #expect(throws: Refusal("no such moment follows up to step \(end)", help: help)) {
        try history.perform(.next(landmark))
      }
      #expect(history.end == end && history.world == world)
    }
  }

  @Test func `a moment is looked for no further back than one asks`() throws {
    var history = try start()
    try history.perform(.load(every: .milliseconds(50)))
    try history.perform(.forward(2 * History.stride + 100))
    let end = history.end
    let conditions = [1, 2].map { Condition.executed(SequenceNumber($0), nil, .anyCorrect) }
    let place = try #require(
      history.latestMoment(becoming: conditions, before: end)?.step)
    for (earliest, found) in [(0, place), (place, place), (place + 1, nil), (end, nil)] {
      let moment = history.latestMoment(becoming: conditions, before: end, from: earliest)
      #expect(moment?.step == found, "from \(earliest)")
    }
  }

  @Test func `two lines end where they end, however far one asks to look`() throws {
    var history = try story()
    history.seek(3)
    try history.perform(.crash(r2))
    for steps in [Int.max, .max - 3, 1_000_000] {
      let moments = Comparison.moments(history, branches: 0, 1, after: steps)
      #expect(moments.left.step == history.branches[0].end && moments.right.step == 4)
    }
  }
}
