import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// The marks of a moment are those of the step that led to it, whichever way one has come.
@Suite struct ChangeTravelTests {
  /// What is drawn at a moment: more at some moments than at others, to be done in time.
  private static func pictures(_ stage: Stage) -> [CellBuffer] {
    var pictures = [stage.picture(80, 24)]
    guard stage.model.history.step % 11 == 0 else { return pictures }
    pictures += [stage.picture(60, 18), stage.picture(120, 36)]
    var other = stage
    for key: Key in [.character("k"), .character("y"), .escape, .character("R")] {
      other.press(key)
      pictures.append(other.picture(80, 24))
    }
    return pictures
  }

  @Test("forward, back and from afar, every cell looks the same", arguments: Demo.allCases)
  func sameEitherWay(_ demo: Demo) throws {
    var stage = try demo.played()
    let end = stage.model.history.end
    stage.press(.home)
    var forward = [Self.pictures(stage)]
    while stage.model.history.step < end {
      stage.press(.right)
      forward.append(Self.pictures(stage))
    }
    #expect(forward.count > 50)
    #expect(forward.dropFirst().contains { !$0[0].marks.isEmpty })
    for step in stride(from: end - 1, through: 0, by: -1) {
      stage.press(.left)
      try #require(stage.model.history.step == step)
      #expect(Self.pictures(stage) == forward[step], "step \(step)")
    }
    // From landmark to landmark one arrives from afar.
    for (start, keys): (Key, [Key]) in [
      (.end, [.character("["), .character("{")]), (.home, [.character("]"), .character("}")]),
    ] {
      stage.press(start)
      for key in keys + keys + keys + keys {
        stage.press(key)
        let step = stage.model.history.step
        // A refusal would stand over what is waited for; beyond the end nothing is known.
        guard stage.model.notice == nil, stage.model.history.end == end else { break }
        #expect(Self.pictures(stage) == forward[step], "step \(step) by \(key)")
      }
    }
  }

  @Test("a lesson that is played the first time is marked as when one comes back to it")
  func firstTime() throws {
    for demo in Demo.allCases {
      // With signatures that are computed, which a replay does not do again.
      let lesson = try demo.lesson
      var model = Model(history: History(lesson.script.configuration), lesson: lesson)
      var seen: [(step: Int, marks: [Mark])] = []
      for _ in 0..<30 {
        _ = model.update(.key(.character(" ")))
        seen.append((model.history.step, Self.paneMarks(model)))
      }
      for (step, marks) in seen {
        _ = model.update(.key(.home))
        while model.history.step < step { _ = model.update(.key(.right)) }
        #expect(Self.paneMarks(model) == marks, "\(demo) step \(step)")
      }
    }
  }

  @Test("whatever way one takes, the marks are those of a straight one", arguments: 1...8)
  func anyWay(_ seed: UInt64) throws {
    var random = SplitMix64(seed)
    var stage = try Moment.request.stage()
    let keys: [Key] = [
      .right, .right, .right, .left, .left, .character("]"), .character("["), .character("}"),
      .character("{"), .character("o"), .home, .end, .character("c"), .character("n"),
    ]
    var (branches, marked) = (0, 0)
    for _ in 0..<60 {
      let key = keys[Int.random(in: keys.indices, using: &random)]
      stage.press(key)
      // A model that is made at this moment finds out by itself what was before.
      let straight = Self.paneMarks(Model(history: stage.model.history))
      #expect(Self.paneMarks(stage.model) == straight, "seed \(seed), \(key)")
      branches = max(branches, stage.model.history.branches.count)
      marked += straight.isEmpty ? 0 : 1
    }
    #expect(branches > 1 && marked > 10, "seed \(seed): \(branches) branches, \(marked) marked")
  }

  @Test("a pane of a replica that nothing happened to has no mark", arguments: Demo.allCases)
  func quiet(_ demo: Demo) throws {
    var stage = try demo.played()
    stage.press(.home)
    var (quiet, marked) = (0, 0)
    while stage.model.history.step < stage.model.history.end {
      stage.press(.right)
      let picture = stage.picture(80, 24)
      let happenings = stage.model.history.recent.last ?? []
      for (pane, id) in zip(picture.panes(4), stage.model.cluster.replicas) {
        let marks = picture.marks(in: pane)
        if happenings.contains(where: { $0.touches(id) }) {
          marked += marks.isEmpty ? 0 : 1
        } else {
          quiet += 1
          #expect(marks.isEmpty, "\(id) at step \(stage.model.history.step): \(marks)")
        }
      }
    }
    #expect(quiet > 100 && marked > 50, "\(quiet) quiet, \(marked) marked")
  }

  @Test(
    "a row of numbers or phases is marked exactly when it tells something else",
    arguments: Demo.allCases)
  func rows(_ demo: Demo) throws {
    var stage = try demo.played()
    stage.press(.home)
    var then = Self.told(stage)
    var (changed, kept) = (0, 0)
    while stage.model.history.step < stage.model.history.end {
      stage.press(.right)
      let now = Self.told(stage)
      for (index, rows) in now.enumerated() {
        for (name, row) in rows {
          // A row that appears with nothing in it tells nothing; a timer may be set anew.
          let old = then[index][name]?.text ?? Self.empty(name)
          let isSame = old == row.text
          if isSame { kept += 1 } else { changed += 1 }
          let isTimerOnly = name == "view" && row.marks.allSatisfy { $0.hasPrefix("T") }
          #expect(
            isSame ? row.marks.isEmpty || isTimerOnly : !row.marks.isEmpty,
            "step \(stage.model.history.step), R\(index): \(old) → \(row.text), \(row.marks)")
        }
      }
      then = now
    }
    #expect(changed > 40 && kept > 400, "\(changed) changed, \(kept) kept")
  }

  private struct Row {
    let text: String
    let marks: [String]
  }

  private static func empty(_ name: String) -> String { name + " · ·" }

  /// The rows of numbers and phases of each pane by what they begin with, without timers and blanks.
  private static func told(_ stage: Stage) -> [[String: Row]] {
    let picture = stage.picture(160, 45)
    return picture.panes(4).map { pane in
      var rows: [String: Row] = [:]
      let inside = pane.inset(by: 1)
      for (place, line) in picture.lines(of: inside).enumerated() {
        var words = line.split(separator: " ").map(String.init)
        if words.last?.hasPrefix("T") == true { words.removeLast() }
        guard let first = words.first, words.count > 1 else { continue }
        let name = first == "to" ? "view" : first
        guard name == "view" || name == "h" || Int(name) != nil else { continue }
        let marks = picture.marks(in: inside.row(place)).map(\.text)
        rows[name] = Row(text: words.joined(separator: " "), marks: marks)
      }
      return rows
    }
  }

  /// What is marked in the panes, whatever has the focus.
  private static func paneMarks(_ model: Model) -> [Mark] {
    let picture = draw(model, Size(columns: 100, rows: 28))
    return picture.panes(4).flatMap { picture.marks(in: $0) }
  }
}

extension Happening {
  /// Whether it may show at a replica: it happened there, or it is a person's doing.
  fileprivate func touches(_ id: ReplicaID) -> Bool {
    switch kind.ofEither {
    case .command, .fault: true
    case .send(_, _, .replica(id), _, _), .receive(_, _, _, .replica(id), _): true
    case .judgedLater(id, _, _), .rule(.replica(id), _), .phase(id, _, _, _, _, _): true
    case .execute(id, _, _, _, _, _), .executedBatch(id, _, _), .stable(id, _, _, _, _): true
    case .transfer(id, _, _), .view(id, _, _, _), .crash(id), .restart(id), .write(id, _): true
    case .timerSet(.replica(id), _, _), .timerFired(.replica(id), _): true
    case .timerStopped(.replica(id), _): true
    default: false
    }
  }
}
