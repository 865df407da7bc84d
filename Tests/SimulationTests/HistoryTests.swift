import PBFT
import Simulation
import Testing

@Suite struct `A history is a tree with names, notes, breakpoints and an end` {
  private func story(limit: Int = History.ordinaryLimit) throws -> History {
    var history = History(Configuration(seed: 7, scheme: .ideal), limit: limit)
    try history.perform(.request(alice, .append(key: "x", value: "a")))
    try history.perform(.run(.seconds(1)))
    return history
  }

  private func names(_ history: History) -> [String] { history.branches.map(\.name) }

  // MARK: Branches

  @Test func `a branch is called after what began it, and no two have one name`() throws {
    var history = try story()
    try history.perform(.goTo(step: 3, branch: nil))
    try history.perform(.crash(r2))
    try history.perform(.goTo(step: 5, branch: "main"))
    try history.perform(.crash(r2))
    try history.perform(.goTo(step: 5, branch: "main"))
    try history.perform(.misbehave(r0, Misconduct(.skipNumber)))
    try history.perform(.goTo(step: 5, branch: "main"))
    try history.perform(.drop(.number(9)))
    #expect(names(history) == ["main", "crash-R2", "crash-R2-2", "skip-number-R0", "drop-9"])
    try history.perform(.name("lost"))
    #expect(names(history).last == "lost" && history.branch == 4)
    #expect(throws: Refusal("another branch is called Crash-R2")) {
      try history.perform(.name("Crash-R2"))
    }
    #expect(
      throws: Refusal(
        "there is no branch drop-9", help: "there are " + names(history).joined(separator: ", "))
    ) { try history.perform(.goTo(step: nil, branch: "drop-9")) }
  }

  @Test func `the same command again re-enters the branch that has it, from whatever line`() throws
  {
    var history = try story()
    history.seek(4)
    try history.perform(.crash(r0))
    try history.perform(.run(.seconds(3)))
    let end = history.end
    history.go(to: 0, step: 4)
    try history.perform(.crash(r1))
    #expect(names(history) == ["main", "crash-R0", "crash-R1"])
    // From the first line, and from the line of a branch that parted at the same moment.
    for line in [0, 2] {
      history.go(to: line, step: 4)
      try history.perform(.crash(r0))
      #expect(history.branch == 1 && history.step == 5 && history.end == end)
    }
    // Before the fork a branch's line is its parent's: what is done there parts from the parent.
    history.go(to: 2, step: 2)
    try history.perform(.crash(r3))
    #expect(history.branches[3].parent == 0 && history.branches[3].fork == 2)
    history.go(to: 2, step: 2)
    try history.perform(.step)
    #expect(history.branch == 2 && history.branches.count == 4)
  }

  @Test func `two lines have in common what was before they parted`() throws {
    var history = try story()
    history.seek(6)
    try history.perform(.crash(r0))
    try history.perform(.run(.seconds(1)))
    history.seek(9)
    try history.perform(.restart(r0))
    history.go(to: 0, step: 2)
    try history.perform(.crash(r1))
    #expect(history.lastCommonStep(0, 1) == 6)
    #expect(history.lastCommonStep(1, 2) == 9)
    #expect(history.lastCommonStep(2, 0) == 6)
    #expect(history.lastCommonStep(3, 2) == 2)
    #expect(history.lastCommonStep(2, 2) == history.branches[2].end)
    for (one, other) in [(0, 1), (1, 2), (2, 0), (3, 2)] {
      let step = history.lastCommonStep(one, other)
      let worlds = [one, other].map { branch in
        (0...1).map { history.world(at: Moment(branch: branch, step: step + $0)) }
      }
      #expect(worlds[0][0] == worlds[1][0] && worlds[0][1] != worlds[1][1])
    }
  }

  @Test func `a summary tells the highest view, what was executed, and what was violated`() throws {
    var history = try story()
    #expect(history.summary(of: 0).view == View(0) && history.summary(of: 0).executed == n1)
    history.seek(1)
    try history.perform(.crash(r0))
    try history.perform(.runUntil(.executed(n1, nil, .anyCorrect), within: .seconds(30)))
    history.go(to: 0)
    let summary = history.summary(of: 1)
    #expect(summary.view == View(1) && summary.executed == n1 && summary.violations == 0)
    #expect(summary.time > history.summary(of: 0).time)
  }

  @Test func `a branch that is forgotten takes with it what parted from it, and nothing else`()
    throws
  {
    var history = try story()
    let count = history.stepCount
    history.seek(4)
    try history.perform(.crash(r0))
    try history.perform(.run(.seconds(1)))
    history.seek(7)
    try history.perform(.restart(r0))
    #expect(
      throws: Refusal("the present moment is on crash-R0", help: "go to another branch first")
    ) {
      try history.perform(.forget("crash-R0"))
    }
    history.go(to: 0, step: 6)
    try history.perform(.crash(r3))
    try history.perform(.run(.seconds(1)))
    let kept = history.world
    try history.perform(.forget("crash-R0"))
    #expect(names(history) == ["main", "crash-R3"] && history.branch == 1)
    #expect(history.world == kept && history.world(at: history.end) == kept)
    #expect(history.stepCount == count + history.end - 6)
    #expect(throws: Refusal("the first branch holds the beginning")) {
      try history.perform(.forget("main"))
    }
  }

  // MARK: Its end

  @Test func `a history that is full says so, and goes on once a branch is forgotten`() throws {
    var history = try story(limit: 40)
    let first = history.end
    try #require(first < 40)
    history.seek(4)
    try history.perform(.crash(r0))
    let full = Refusal(
      "the history is full: it keeps 40 steps",
      help: "forget a branch, or save the session and open it with a larger --history-limit")
    #expect(throws: full) { try history.perform(.run(.seconds(30))) }
    #expect(history.stepCount == 40)
    let here = history.world
    #expect(throws: full) { try history.perform(.crash(r1)) }
    #expect(history.world == here)
    // What is known can still be gone through.
    history.go(to: 0, step: 2)
    try history.perform(.step)
    #expect(history.step == 3 && history.branch == 0)
    try history.perform(.forget("crash-R0"))
    try history.perform(.crash(r1))
    #expect(history.stepCount == first + 1)
  }

  @Test func `what never becomes true is not waited for for ever`() throws {
    var history = try story()
    try history.perform(.load(every: .milliseconds(40)))
    let step = history.step
    let tooMany = Refusal(
      "the condition did not become true within 100000 events", help: "`within` gives it more")
    #expect(throws: tooMany) { try history.perform(.runUntil(.violated(nil), within: nil)) }
    #expect(history.step == step + World.patienceInEvents)
  }

  // MARK: Notes

  @Test func `a note belongs to its moment, on every line that passes there`() throws {
    var history = try story()
    history.seek(5)
    try history.perform(.note("here it begins"))
    try history.perform(.goTo(step: 8, branch: nil))
    try history.perform(.crash(r0))
    try history.perform(.note("and here it ends"))
    #expect(history.note(at: 5) == "here it begins" && history.note(at: 9) == "and here it ends")
    try history.perform(.previous(.note))
    #expect(history.step == 5 && history.branch == 1)
    try history.perform(.goTo(step: nil, branch: "main"))
    #expect(history.note(at: 5) == "here it begins" && history.note(at: 9) == nil)
    try history.perform(.goTo(step: 0, branch: nil))
    try history.perform(.next(.note))
    #expect(history.step == 5)
    try history.perform(.note("here it really begins"))
    #expect(history.branches[0].notes.map(\.text) == ["here it really begins"])
    try history.perform(.note(""))
    #expect(history.note(at: 5) == nil)
    #expect(throws: Refusal("no such moment was before step 5")) {
      try history.perform(.previous(.note))
    }
  }

  // MARK: Breakpoints

  @Test func `a breakpoint stops runs in both directions at the same moments`() throws {
    var history = try story()
    let prepared = Condition.phase(.prepared, n1, nil, .replica(r1))
    let executed = Condition.executed(n1, nil, .anyCorrect)
    let places = [prepared, executed].map { condition in
      (0...history.end).first { history.world(at: $0).holds(condition) }
    }
    let (first, second) = (try #require(places[0]), try #require(places[1]))
    try #require(0 < first && first < second)
    try history.perform(.breakAt(prepared))
    try history.perform(.breakAt(executed))
    try history.perform(.breakAt(prepared))
    #expect(history.breakpoints == [prepared, executed])
    history.seek(1)
    for place in [first, second] {
      try history.perform(.run(.seconds(1)))
      #expect(history.step == place && history.stoppedAt != nil)
    }
    try history.perform(.goTo(step: nil, branch: nil))
    #expect(history.stoppedAt == nil)
    for (place, condition) in [(second, executed), (first, prepared)] {
      try history.perform(.backFor(.seconds(9)))
      #expect(history.step == place && history.stoppedAt == condition)
    }
    try history.perform(.backFor(.seconds(9)))
    // The last moment at that time: the request was made at once.
    #expect(history.step == 1 && history.stoppedAt == nil)
    // So many steps are so many steps.
    try history.perform(.forward(second))
    #expect(history.step == second + 1 && history.stoppedAt == nil)
    try history.perform(.breakOff(executed))
    try history.perform(.backFor(.seconds(9)))
    #expect(history.step == first)
    #expect(throws: Refusal("there is no such breakpoint", help: "`break off` takes all away")) {
      try history.perform(.breakOff(executed))
    }
    try history.perform(.breakOff(nil))
    #expect(history.breakpoints.isEmpty)
  }

  @Test func `running on in the past ends where nothing more is due, and parts from nothing`()
    throws
  {
    var history = try story()
    history.seek(2)
    try history.perform(.run(.milliseconds(1)))
    #expect(history.branches.count == 1)
    try history.perform(.run(.milliseconds(500)))
    #expect(history.branches.count == 1 && history.world.now <= Instant(microseconds: 1_000_000))
  }

  @Test func `what cannot be gone back to is said`() throws {
    var history = try story()
    let end = history.end
    #expect(
      throws: Refusal("there are only \(end) steps before this one", help: "`goto 0` is the start")
    ) {
      try history.perform(.back(end + 1))
    }
    #expect(throws: Refusal("main ends at step \(end)", help: "`step` goes on from there")) {
      try history.perform(.goTo(step: end + 1, branch: nil))
    }
    #expect(throws: Refusal("it did not become true before step \(end)")) {
      try history.perform(.backUntil(.violated(nil)))
    }
    #expect(history.step == end)
    history.seek(0)
    for command: TimeCommand in [
      .back(1), .backFor(.seconds(1)), .backUntil(.idle), .previous(.phase), .previous(.at(r0)),
    ] {
      #expect(throws: Refusal("this is the start; nothing was before")) {
        try history.perform(command)
      }
    }
    #expect(throws: Refusal.self) { try history.perform(.next(.at(ReplicaID(9)))) }
  }

  @Test func `every event at a replica is found from both sides`() throws {
    var history = try story()
    var forwards: [Int] = []
    history.seek(0)
    while (try? history.perform(.next(.at(r3)))) != nil, history.step <= history.end {
      forwards.append(history.step)
      if forwards.count > 200 { break }
    }
    let expected = (1...history.end).filter { step in
      history.happenings(of: step).contains { happening in
        if case .receive(_, _, _, .replica(r3), _) = happening.kind { return true }
        if case .timerFired(.replica(r3), _) = happening.kind { return true }
        return false
      }
    }
    #expect(forwards == expected && !expected.isEmpty)
    history.seek(history.end)
    if forwards.last == history.end { forwards.removeLast() }
    for step in forwards.reversed() {
      try history.perform(.previous(.at(r3)))
      #expect(history.step == step)
    }
  }
}
