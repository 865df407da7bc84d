import PBFT
import Simulation
import Testing

/// Two moments side by side.
@Suite struct ComparisonTests {
  /// Ten requests; a crash of R2 after step 20 on one branch, none on the other; both go on to the same time.
  private static func history() throws -> History {
    var history = History(Configuration(scheme: .ideal))
    try history.perform(.load(every: .milliseconds(100)))
    try history.perform(.run(.seconds(1)))
    history.seek(20)
    try history.perform(.crash(r2))
    try history.perform(.run(.seconds(2)))
    return history
  }

  @Test("a moment does not differ from itself, nor from where two branches part") func same()
    throws
  {
    let history = try Self.history()
    for step in [0, 7, 20, history.end] {
      let moment = Moment(branch: 1, step: step)
      #expect(Comparison(history, moment, moment).isEqual)
    }
    let moments = Comparison.moments(history, branches: 0, 1, after: 0)
    #expect(moments.left.step == 20 && moments.right.step == 20)
    let parting = Comparison(history, moments.left, moments.right)
    #expect(parting.parting == 20 && parting.isEqual)
  }

  @Test("the first step after the parting differs in the crash and in nothing else") func crash()
    throws
  {
    let history = try Self.history()
    let moments = Comparison.moments(history, branches: 0, 1, after: 1)
    let comparison = Comparison(history, moments.left, moments.right)
    #expect(!comparison.isEqual)
    let crashed = comparison.replicas[r2.index]
    #expect(!crashed.left.isCrashed && crashed.right.isCrashed && crashed.differs(\.isCrashed))
    for side in comparison.replicas {
      #expect(!side.differs(\.view) && !side.differs(\.values) && !side.differs(\.low))
    }
  }

  @Test("every fact is that of the world at its moment", arguments: [nil, 5, 40, 10_000])
  func facts(_ steps: Int?) throws {
    let history = try Self.history()
    let moments = Comparison.moments(history, branches: 1, 0, after: steps)
    let comparison = Comparison(history, moments.left, moments.right)
    for (moment, isLeft) in [(moments.left, true), (moments.right, false)] {
      #expect(moment.step <= history.branches[moment.branch].end)
      let world = history.world(at: moment)
      for (side, replica) in zip(comparison.replicas, world.replicas) {
        let facts = isLeft ? side.left : side.right
        #expect(facts.id == replica.id && facts.view == replica.view)
        #expect(facts.executed == replica.lastExecuted && facts.isActive == replica.isActive)
        #expect(facts.low == replica.low && facts.high == replica.high)
        #expect(facts.isCrashed == world.isCrashed(replica.id))
        #expect(facts.values.map(\.value) == replica.state.store.entries.map(\.value))
        #expect(facts.state == replica.state.digest)
        for number in facts.numbers {
          let slot = try #require(replica.log[number.sequence])
          #expect(number.phase == slot.phase(in: world.settings))
          #expect(number.digest == slot.prePrepare?.digest)
          #expect(number.isExecuted == (number.sequence <= replica.lastExecuted))
        }
      }
      for (side, client) in zip(comparison.clients, world.clients) {
        let facts = isLeft ? side.left : side.right
        #expect(facts.outstanding == client.outstanding && facts.retries == client.retries)
        #expect(facts.result == client.accepted?.result)
      }
      let summary = isLeft ? comparison.summaries.left : comparison.summaries.right
      #expect(summary.time == world.now && summary.violations == world.violations.count)
    }
  }

  @Test("left and right may be exchanged") func exchanged() throws {
    let history = try Self.history()
    let moments = Comparison.moments(history, branches: 0, 1, after: nil)
    let one = Comparison(history, moments.left, moments.right)
    let other = Comparison(history, moments.right, moments.left)
    #expect(one.parting == other.parting && one.summaries.left == other.summaries.right)
    #expect(one.replicas.map(\.left) == other.replicas.map(\.right))
  }

  @Test("the marks along a line, by stretches, are those of its steps one by one") func line()
    throws
  {
    let history = try Self.history()
    for branch in history.branches.indices {
      let line = history.line(of: branch)
      var there = history
      there.go(to: branch)
      let end = there.end
      for (first, last) in [(0, end), (1, 1), (15, 25), (60, 130), (63, 64), (end, end)] {
        let range = first...min(max(last, first), end)
        let byHand = range.reduce(into: StepMarks()) { $0.formUnion(there.marks(of: $1)) }
        #expect(history.marks(in: range, along: line) == byHand, "\(range) of branch \(branch)")
      }
    }
    #expect(history.forks(along: history.line(of: 0)) == [20])
    #expect(history.forks(along: history.line(of: 1)) == [20])
  }
}
