import Cells
import Language
import PBFT
import Simulation
import Testing

@testable import Screens

@Suite("The page Ladder") struct LadderPageTests {
  /// Selects every rung from the newest to the first; returns them in that order.
  private func climb(_ stage: inout Stage) -> [Rung] {
    var climbed: [Rung] = []
    if let newest = stage.model.seenOnLadder(1).last { climbed.append(newest.rung) }
    while true {
      stage.press(.up)
      guard stage.model.notice == nil, let place = stage.model.ladder.selected,
        let rung = stage.model.seenOnLadder(9).first(where: { $0.rung.place == place })?.rung
      else { return climbed }
      climbed.append(rung)
    }
  }

  private func stage(_ history: History) throws -> Stage {
    var stage = try Stage()
    stage.model = Model(history: history)
    stage.press(.character("L"))
    return stage
  }

  /// Fails where the rungs that are seen say anything else than the long way has found out.
  private func compare(
    _ model: Model, _ facts: [Int: LadderStorm.Fact], rows: Int = 40, _ seed: UInt64
  ) {
    for (rung, outcomes) in model.seenOnLadder(rows) {
      for (copy, outcome) in zip(rung.copies, outcomes) {
        let fact = facts[copy.id]
        #expect(
          outcome.fate == fact?.fate && copy.to == fact?.to && rung.from == fact?.from
            && rung.message == fact?.message,
          "seed \(seed): #\(copy.id) \(outcome.fate), really \(fact?.description ?? "unknown")")
        #expect(outcome.isOvertaken == fact?.isOvertaken, "seed \(seed): #\(copy.id)")
        if outcome.fate.isLast { #expect(outcome.time == fact?.time, "seed \(seed): #\(copy.id)") }
        if case .repeated(_, let other) = rung.content { #expect(fact?.repeats == other) }
      }
    }
  }

  @Test(
    "every copy of every message stands on one rung, from the newest to the first, with what became of it",
    arguments: [1, 2, 3] as [UInt64])
  func whole(seed: UInt64) throws {
    // More than one piece of the history.
    let storm = try LadderStorm(seed: seed, steps: seed == 1 ? 1_100 : 250)
    var stage = try stage(storm.history)
    let facts = LadderStorm.facts(of: storm.history)
    let rungs = climb(&stage)
    let copies = rungs.flatMap { $0.copies.map(\.id) }
    #expect(copies.count == facts.count && Set(copies) == Set(facts.keys), "seed \(seed)")
    #expect(zip(rungs, rungs.dropFirst()).allSatisfy { $0.place > $1.place })
    // Screen by screen from the top.
    var seen: Set<Int> = []
    while stage.model.ladder.selected != nil {
      compare(stage.model, facts, seed)
      seen.formUnion(stage.model.seenOnLadder(40).flatMap { $0.rung.copies.map(\.id) })
      for _ in 0..<20 where stage.model.ladder.selected != nil { stage.press(.down) }
    }
    #expect(seen == Set(facts.keys), "seed \(seed)")
    guard seed == 1 else { return }
    // Everything that can become of a message has.
    let fates = Set(facts.values.map(\.fate))
    #expect(fates.isSuperset(of: [.arrived, .lost, .late]), "seed \(seed): \(fates)")
    #expect(facts.values.contains { $0.isOvertaken } && facts.values.contains { $0.repeats != nil })
  }

  @Test("whatever one does in time, the rungs that are seen are those of that moment")
  func travelling() throws {
    for seed in 4...5 as ClosedRange<UInt64> {
      var storm = try LadderStorm(seed: seed, steps: 250)
      var stage = try stage(storm.history)
      for _ in 0..<20 {
        switch storm.below(6) {
        case 0: stage.command("goto \(storm.below(stage.model.history.end))")
        case 1: stage.press(.left, times: 3)
        case 2: stage.press(.up, times: 7)
        case 3: stage.press(.character("n"))
        case 4: stage.press(.character("o"))
        default: stage.press(.right, times: 4)
        }
        compare(stage.model, LadderStorm.facts(of: stage.model.history), seed)
        #expect(
          stage.model.seenOnLadder(40).allSatisfy { $0.rung.place.step <= stage.model.world.step })
      }
    }
  }

  @Test("a jump in a long history looks up little, and what a filter finds is looked up bit by bit")
  func bounded() throws {
    let storm = try LadderStorm(seed: 9, steps: 8_000)
    var stage = try stage(storm.history)
    stage.press(.character("C"))
    stage.command("goto 3000")
    stage.press(.character("L"))
    #expect(stage.model.ladder.book.pieces.count <= LadderView.budget)
    stage.command("goto 7000")
    #expect(stage.model.ladder.book.pieces.count <= 2 * LadderView.budget)
    compare(stage.model, LadderStorm.facts(of: stage.model.history), 9)
    stage.press(.character("/"), .down, .right, .escape)
    var known = stage.model.ladder.book.pieces.count
    var ticks = 0
    while stage.model.ladder.isLookingUp {
      #expect(stage.model.tickInterval != nil)
      _ = stage.model.update(.tick)
      let now = stage.model.ladder.book.pieces.count
      #expect(now <= known + LadderView.budget)
      (known, ticks) = (now, ticks + 1)
      if ticks > 10 { break }
    }
    // Nothing is burnt when everything is known.
    #expect(!stage.model.ladder.isLookingUp && stage.model.tickInterval == nil)
    var whole = LadderPiece(from: 1)
    stage.model.history.visit(1...7_000) { whole.append($0) }
    let filter = stage.model.ladder.filter
    #expect(stage.model.ladder.count == whole.rungs.count { filter.matches($0) })
    #expect(stage.model.ladder.count ?? 0 > 0)
  }

  @Test("a filter shows the rungs that a plain search finds, and counts them")
  func filters() throws {
    let storm = try LadderStorm(seed: 7, steps: 1_050)
    var stage = try stage(storm.history)
    let all = climb(&stage)
    stage.press(.escape)
    func expectOnly(_ matches: (Rung) -> Bool) {
      let wanted = all.filter(matches)
      for _ in 0..<20 where stage.model.ladder.isLookingUp { _ = stage.model.update(.tick) }
      #expect(stage.model.ladder.count == wanted.count && !wanted.isEmpty)
      #expect(climb(&stage).map(\.place) == wanted.map(\.place))
      stage.press(.escape)
    }
    func choose(_ line: LadderFilterLine, _ key: Key = .enter) throws {
      let place = try #require(stage.model.ladderFilterLines.firstIndex(of: line))
      stage.press(.character("/"), .home)
      stage.press(.down, times: place)
      stage.press(key, .escape)
    }
    try choose(.kind(.message(.prepare)))
    expectOnly { $0.message?.kind == .prepare }
    try choose(.kind(.message(.commit)))
    expectOnly { $0.message?.kind == .prepare || $0.message?.kind == .commit }
    let three = Principal.replica(ReplicaID(3))
    try choose(.place(three))
    try choose(.sequence, .right)
    try choose(.sequence, .right)
    #expect(stage.model.ladder.filter.text == "P C of n2 at R3")
    expectOnly { rung in
      (rung.message?.kind == .prepare || rung.message?.kind == .commit)
        && rung.message?.sequence?.number == 2
        && (rung.from == three || rung.copies.contains { $0.to == three })
    }
    #expect(stage.shows("only P C of n2 at R3: "))
    try choose(.everything)
    try choose(.view, .right)
    try choose(.kind(.message(.prepare)), .right)
    expectOnly { $0.message?.kind == .prepare && $0.message?.view == View(0) }
    // Esc shows all again, and only then leads away.
    stage.press(.escape)
    #expect(stage.model.page == .ladder && !stage.model.ladder.filter.isActive)
    try choose(.kind(.events))
    expectOnly { $0.message == nil }
  }

  @Test("a number that nobody has proposed is refused, with the reason") func nonsense() throws {
    var stage = try Moment.changed.stage()
    stage.press(.character("L"), .character("/"), .down)
    stage.press(.left)
    #expect(stage.model.notice?.isRefusal == true && stage.model.ladder.filter.sequence == nil)
    stage.press(.right, times: 3)
    #expect(stage.model.ladder.filter.sequence?.number == 2)
    #expect(stage.model.notice?.text == "no number has been proposed above n2")
    stage.press(.enter)
    #expect(stage.model.ladder.filter.sequence == nil)
    // Digits are for replicas, here too.
    stage.press(.character("2"))
    #expect(stage.model.replica == ReplicaID(2))
  }

  @Test("a selected rung stays selected while time moves, and the newest is followed at the foot")
  func selection() throws {
    var stage = try Moment.request.stage()
    stage.press(.character("L"))
    stage.press(.up, times: 3)
    let place = try #require(stage.model.ladder.selected)
    for key: Key in [.right, .right, .left, .right, .character("]")] {
      stage.press(key)
      #expect(stage.model.ladder.selected == place)
      let sheet = Scene(stage.model).ladderSheet(9)
      #expect(sheet.selected == place && sheet.rungs.contains { $0.place == place })
    }
    stage.press(.down, times: 40)
    #expect(stage.model.ladder.selected == nil)
    stage.press(.right, times: 5)
    let newest = stage.model.seenOnLadder(5).last?.rung
    let last = Scene(stage.model).lastRungs(atMost: 5).rungs.last
    #expect(newest?.place == last?.place && newest != nil)
  }

  @Test("Enter opens the page Message with the copy on its way, and a click what lies there")
  func opening() throws {
    var stage = try Moment.request.stage()
    _ = stage.model.update(.resize(Size(columns: 100, rows: 28)))
    stage.press(.character("L"))
    let inFlight = stage.model.world.inFlight.map(\.id)
    let row = stage.model.seenOnLadder(9).last {
      $0.rung.copies.contains { inFlight.contains($0.id) }
    }
    let rung = try #require(row?.rung)
    stage.model.ladder.selected = rung.place
    stage.press(.character("t"), .enter)
    #expect(stage.model.page == .message)
    #expect(stage.model.inspected.id == rung.copies.first { inFlight.contains($0.id) }?.id)
    stage.press(.escape)
    #expect(stage.model.page == .ladder)
    // Every head and every row, wherever they are.
    let picture = stage.picture(100, 28)
    for y in 0..<28 {
      for x in 0..<100 where picture[x, y].glyph == "►" || picture[x, y].glyph == "○" {
        var other = stage
        _ = other.model.update(.mouse(Mouse(.left, at: Position(x: x, y: y))))
        guard other.model.page == .message, let id = other.model.inspected.id else { continue }
        let seen = stage.model.seenOnLadder(20).first { $0.rung.copies.contains { $0.id == id } }
        #expect(seen != nil)
      }
    }
  }

  @Test("what becomes of a message has a shape of its own, in both sets of characters")
  func shapes() throws {
    for glyphs in [Glyphs.unicode, .ascii] {
      var model = try Stage().model
      model.glyphs = glyphs
      let scene = Scene(model)
      for isRight in [true, false] {
        let heads = Outcome.Fate.allCases.map { scene.glyph(of: $0, isRight: isRight) }
        #expect(Set(heads).count == heads.count)
      }
      let marks = scene.ladderMarks
      #expect(Set(marks.map(\.right)).count == marks.count)
      #expect(
        glyphs.ladder.all.allSatisfy { $0.isOneColumnWide && !$0.properties.isEmoji || $0.isASCII })
    }
    #expect(Glyphs.ascii.ladder.all.allSatisfy { $0.isASCII })
  }

  @Test("lanes never overlap, whatever the size and however many replicas") func lanes() throws {
    for count in [4, 7, 13] {
      let storm = try LadderStorm(seed: 8, replicas: count, steps: 120)
      var stage = try stage(storm.history)
      for columns in [60, 64, 72, 80, 100, 160, 300] {
        let places = LadderPlaces(
          Region(x: 0, y: 0, columns: columns, rows: 20), hasHeading: false)
        let scene = Scene(stage.model)
        let lanes = scene.ladderLanes(places.rows, scene.ladderSheet(20).rungs)
        let columnsOfLanes = lanes.owners.indices.map { lanes.x($0) }
        #expect(zip(columnsOfLanes, columnsOfLanes.dropFirst()).allSatisfy { $1 - $0 >= 2 })
        #expect(columnsOfLanes[0] >= 7 && (columnsOfLanes.last ?? 0) < lanes.labels.x)
        #expect(lanes.labels.columns >= 8, "\(count) at \(columns)")
        // Every replica's name is there.
        let picture = stage.picture(columns, 24)
        let heads = picture.lines(of: picture.region)[2]
        for replica in 0..<count { #expect(heads.contains("\(replica)"), "\(heads)") }
        stage.press(.character("i"))
        let plain = stage.picture(columns, 24).text
        #expect(plain.unicodeScalars.allSatisfy { $0.isASCII })
        stage.press(.character("i"))
      }
    }
  }
}
