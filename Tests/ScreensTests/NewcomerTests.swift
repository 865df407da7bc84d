import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// Somebody who knows the paper and nothing of this program: what is asked for is done with the keys that the
/// screen names, and the screen says at the end what the replicas hold.
@Suite struct NewcomerTests {
  private func replica(_ stage: Stage, _ number: Int) -> Replica {
    stage.model.world.replicas[number]
  }

  /// `2.19`: the hundredths of a second in which the screen tells time.
  private func time(_ instant: Instant) -> String {
    let hundredths = (instant.microseconds + 5_000) / 10_000
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }

  private func timer(_ stage: Stage, of number: Int) -> Alarm? {
    stage.model.world.alarms.first {
      $0.owner == .replica(ReplicaID(number)) && $0.name == .viewChange
    }
  }

  @Test("a request is stepped to execution: ] until X is checked everywhere") func execution()
    throws
  {
    var stage = try Stage()
    #expect(stage.shows("] phase") && stage.shows("→ step"))
    var presses = 0
    while !stage.shows("accepted a"), presses < 20 {
      stage.press(.character("]"))
      presses += 1
    }
    // Pre-prepared, then prepared, committed and executed for the first time, and accepted: what is new each.
    #expect(stage.shows("alice/1 accepted a"), "\(presses) times ]:\n\(stage.text)")
    for number in 0..<4 { #expect(replica(stage, number).lastExecuted == SequenceNumber(1)) }
    #expect(stage.text.split(separator: "exec 1").count == 5, "\(stage.text)")
    stage.press(.character("]"))
    #expect(stage.shows("no such moment follows") && stage.shows("a new request"))
  }

  @Test("why R3 has not prepared number 2: 3 y, and the arrows to its cell") func why() throws {
    var stage = try Stage()
    #expect(stage.shows("y why"))
    stage.press(.character("n"))
    stage.press(.character("]"), times: 2)
    #expect(replica(stage, 0).log[SequenceNumber(2)]?.prePrepare != nil)
    #expect(replica(stage, 3).log[SequenceNumber(2)]?.prePrepare == nil)
    // Before R3 has heard of it at all, it can be asked about.
    stage.press(.character("3"), .character("y"), .down, .right)
    #expect(stage.shows("Why, at R3") && stage.shows("Why not: R3 has not prepared n2"))
    let copy = try #require(
      stage.model.world.inFlight.first {
        guard case .prePrepare(let proposal, _) = $0.message else { return false }
        return proposal.sequence == SequenceNumber(2) && $0.to == .replica(ReplicaID(3))
      })
    #expect(stage.shows("PRE-PREPARE from R0 to R3 arrives as #\(copy.id)"), "\(stage.text)")
    // And when it has, the votes are counted.
    stage.press(.escape)
    while replica(stage, 3).log[SequenceNumber(2)]?.prePrepare == nil { stage.press(.right) }
    stage.press(.character("y"), .down)
    let slot = try #require(replica(stage, 3).log[SequenceNumber(2)])
    let have = slot.matchingPrepares(in: replica(stage, 3).settings)
    #expect(have < 2 && stage.shows("Why not: R3 has not prepared n2"), "\(stage.text)")
    #expect(stage.shows("R3 holds \(have) of 2 PREPAREs for n2"), "\(stage.text)")
  }

  @Test("the primary crashes, and the timer that will notice is told: c V") func crash() throws {
    var stage = try Stage()
    stage.press(.right, times: 4)
    stage.press(.character("c"))
    #expect(stage.model.world.isCrashed(ReplicaID(0)))
    #expect(stage.shows("R0 crashed") && stage.shows("c again restarts it"))
    stage.press(.character("V"))
    for number in 1...3 {
      guard let timer = timer(stage, of: number) else { continue }
      #expect(
        stage.shows(
          "R\(number)   works in view 0, has not asked; it waits for alice/1 until \(time(timer.due))"
        ),
        "\(stage.text)")
    }
    #expect((1...3).contains { timer(stage, of: $0) != nil })
  }

  @Test("whose timer ends the wait is said whole below every page, never what helps alone")
  func waits() throws {
    var stage = try Stage()
    stage.press(.character("c"))
    // alice asks everybody, and the backups begin to wait.
    while !(1...3).allSatisfy({ timer(stage, of: $0) != nil }) { stage.press(.right) }
    let first = try #require(
      (1...3).compactMap { timer(stage, of: $0) }.min { $0.due < $1.due })
    let line = try #require(stage.text.split(separator: "\n").first { $0.hasPrefix(" waits ") })
    #expect(line.contains("primary R0 is crashed"), "\(line)")
    #expect(line.contains("timer") && line.contains("\(time(first.due)) s"), "\(line)")
    #expect(!line.contains("…") && !line.contains("restart"), "\(line)")
    // With two requests, too.
    stage.press(.character("n"), .right)
    let both = try #require(stage.text.split(separator: "\n").first { $0.hasPrefix(" waits ") })
    #expect(both.contains("bob/1 waits too") && !both.contains("…"), "\(both)")
  }

  @Test("what the new primary proposes again and why: c n V )") func proposal() throws {
    var stage = try Stage()
    stage.press(.character("]"), times: 2)
    stage.press(.character("c"), .character("n"), .character("V"), .character(")"))
    let newView = try #require(replica(stage, 1).newView)
    #expect(newView.prePrepares.map(\.sequence) == [SequenceNumber(1)])
    #expect(
      newView.prePrepares[0].digest == replica(stage, 2).log[SequenceNumber(1)]?.prePrepare?.digest)
    let members = newView.viewChanges.map { "\($0.replica)" }.sorted().joined(separator: " ")
    #expect(stage.shows("NEW-VIEW of R1") && stage.shows("V = {\(members)}"), "\(stage.text)")
    #expect(stage.shows("1  a v0 \(members)  a  the only digest proved"), "\(stage.text)")
    #expect(stage.shows("view 1  R1 leads"))
  }

  @Test("R0 tells R3 alone something else: b, down to it, Enter, n") func equivocation() throws {
    var stage = try Stage()
    #expect(stage.shows("b faults"))
    stage.press(.character("b"))
    var presses = 0
    while !stage.shows(": equivocate R0 alice/1>R1,R2 bob/1>R3"), presses < 20 {
      stage.press(.down)
      presses += 1
    }
    #expect(
      stage.shows("one backup is told another story") && stage.shows("n sends"), "\(stage.text)")
    stage.press(.enter)
    #expect(stage.model.overlay == nil && stage.shows("it needs bob/1 first; n sends"))
    stage.press(.character("n"))
    stage.press(.character("]"), times: 4)
    let told = (1...3).map { number in
      replica(stage, number).log[SequenceNumber(1)]?.prePrepare?.digest
    }
    #expect(told[0] != nil && told[0] == told[1])
    #expect(told[2] != nil && told[2] != told[0])
    // The panes show it: a at R1 and R2, b at R3, under the same number.
    let row = try #require(stage.text.split(separator: "\n").first { $0.contains("1 b ●") })
    #expect(
      row.split(separator: "1 a ●").count - 1 == 3 && row.split(separator: "1 b ●").count == 2,
      "\(row)")
    #expect(stage.shows("R0 ★ ◆ faulty"))
    stage.press(.character("b"))
    for _ in 0..<presses { stage.press(.down) }
    #expect(stage.shows("another story (now)"), "\(stage.text)")
  }

  @Test("the last backup is the one that is deceived, of any number", arguments: [4, 7, 13])
  func deceived(_ replicas: Int) throws {
    var stage = try Stage(replicas: replicas)
    stage.press(.character("b"))
    stage.press(.down, times: 7)
    stage.press(.enter)
    let order = stage.model.world.misbehaviours(of: ReplicaID(0)).map(\.order).last
    guard case .equivocation(let plan) = order else {
      Issue.record("\(stage.text)")
      return
    }
    #expect(plan.shares.map { "\($0.request)" } == ["alice/1", "bob/1"])
    let backups = (1..<replicas).map { ReplicaID($0) }
    #expect(plan.shares.map(\.replicas) == [backups.dropLast(), [backups[replicas - 2]]])
  }

  @Test("ten steps back, and something else is tried: ← x, and o shows both futures") func other()
    throws
  {
    var stage = try Stage()
    stage.press(.right, times: 14)
    let future = stage.model.history.end
    stage.press(.left, times: 10)
    #expect(stage.model.history.step == future - 10)
    stage.press(.character("x"))
    #expect(stage.model.history.branches.count == 2)
    #expect(stage.shows("a new branch; the old future is kept: o"), "\(stage.text)")
    stage.press(.character("o"))
    #expect(stage.model.history.branch == 0 && stage.model.history.step == future)
    #expect(stage.shows("main: branch 1 of 2"))
    stage.press(.character("T"))
    #expect(stage.shows("parted from main") || stage.shows("main") && stage.shows("drop"))
  }

  @Test("a view that is asked for is not one that anybody leads") func header() throws {
    var stage = try Stage()
    stage.press(.right, times: 5)
    stage.press(.character("c"), .character("n"))
    var seen: [String] = []
    while seen.last != "view 1  R1 leads", stage.model.history.step < 300 {
      stage.press(.right)
      let world = stage.model.world
      let live = (1...3).map { world.replicas[$0] }
      let entered = live.contains { $0.view == View(1) && $0.isActive }
      let asked = live.contains { $0.view == View(1) }
      let said =
        entered ? "view 1  R1 leads" : asked ? "view 0 ► 1  R1 to lead" : "view 0  R0 crashed"
      #expect(stage.shows(said), "step \(stage.model.history.step): \(said)\n\(stage.text)")
      if seen.last != said { seen.append(said) }
    }
    #expect(seen == ["view 0  R0 crashed", "view 0 ► 1  R1 to lead", "view 1  R1 leads"])
  }

  @Test("a presenter's remote leads through a lesson and back") func remote() throws {
    let script = try Script(
      parsing: """
        title "A page"
        request alice append x a
        step 3
        stop "first"
        crash R0
        run 500ms
        stop "second"
        """)
    var stage = try Stage(lesson: Lesson(script))
    stage.press(.right)
    #expect(stage.shows("space leads on to the lesson's next stop"), "\(stage.text)")
    stage.press(.pageDown)
    #expect(stage.shows("1/2 first") && stage.model.history.step == 4, "\(stage.text)")
    stage.press(.pageDown)
    let end = stage.model.history.step
    #expect(stage.shows("2/2 second") && stage.model.world.isCrashed(ReplicaID(0)))
    stage.press(.pageUp)
    #expect(stage.shows("1/2 first") && stage.model.history.step == 4)
    stage.press(.pageDown, .escape)
    #expect(stage.model.history.step == end && stage.model.lesson != nil)
    stage.press(.function(5), .character("."))
    #expect(stage.model.history.end == end && stage.model.history.branches.count == 1)
  }

  @Test("the words after alice/1> are taken without a blank before them") func open() throws {
    var stage = try Stage()
    stage.type(":equivocate R0 al")
    stage.press(.tab)
    #expect(stage.model.prompt.text == "equivocate R0 alice/1>")
    stage.type("R")
    stage.press(.down, .down, .tab)
    #expect(stage.model.prompt.text == "equivocate R0 alice/1>R1 ")
  }
}
