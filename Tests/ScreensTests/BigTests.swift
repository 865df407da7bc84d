import Cells
import PBFT
import Screens
import Simulation
import Testing

/// Fewer things, larger: what is seen from the back row.
@Suite struct BigTests {
  /// What projectors give at 28 points, and larger screens.
  static let sizes = [(44, 16), (55, 17), (83, 22), (100, 28), (160, 45), (300, 100)]

  @Test("the page at every size of a projector", arguments: Moment.allCases)
  func page(_ moment: Moment) throws {
    var stage = try moment.stage()
    stage.press(.character("+"), .f12)
    for (columns, rows) in Self.sizes.dropLast() {
      try expectGolden(
        stage.picture(columns, rows), "big-\(moment.rawValue)-\(columns)x\(rows)")
    }
    stage.press(.character("i"))
    let ascii = stage.picture(83, 22)
    #expect(ascii.isASCII)
    try expectGolden(ascii, "big-\(moment.rawValue)-83x22-ascii")
  }

  @Test("the line of time is dragged and turned where only large panes fit") func time() throws {
    var stage = try Moment.changed.stage()
    let end = stage.model.history.step
    _ = stage.model.update(.resize(Size(columns: 55, rows: 17)))
    func drag(_ stage: inout Stage) {
      _ = stage.model.update(.mouse(Mouse(.left, .press, at: Position(x: 30, y: 15))))
      _ = stage.model.update(.mouse(Mouse(.left, .drag, at: Position(x: 26, y: 15))))
    }
    var small = stage
    drag(&small)
    #expect(small.model.history.step == end, "what is too small shows no line of time")
    stage.press(.character("+"))
    drag(&stage)
    let step = stage.model.history.step
    #expect(step > 0 && step < end)
    _ = stage.model.update(.mouse(Mouse(.left, .release, at: Position(x: 26, y: 15))))
    _ = stage.model.update(.mouse(Mouse(.wheelUp, at: Position(x: 26, y: 15))))
    #expect(stage.model.history.step < step)
  }

  @Test("each replica shows how far it is, in blocks and in words, as the world has it")
  func phases() throws {
    var stage = try Stage()
    stage.press(.character("+"))
    var seen: Set<String> = []
    for _ in 0..<60 {
      stage.press(.right)
      let world = stage.model.world
      let picture = stage.picture(160, 45)
      let lines = picture.text
      for replica in world.replicas {
        let n = SequenceNumber(1)
        let slot = replica.log[n]
        let isExecuted = n <= replica.lastExecuted
        let phase = slot?.phase(in: world.settings) ?? .empty
        let word = isExecuted ? "executed" : phase == .empty ? "no proposal" : phase.word
        seen.insert(word)
        let pane = picture.lines(of: try #require(stage.pane(of: replica.id, 160, 45)))
        #expect(pane.contains { $0.contains(" \(word) ") }, "\(replica.id): \(word)\n\(lines)")
        if word == "pre-prepared" {
          let have = slot?.matchingPrepares(in: world.settings) ?? 0
          #expect(pane.contains { $0.contains("\(have) of 2 PREPAREs") })
        }
        if word == "prepared" {
          let have = slot?.matchingCommits() ?? 0
          #expect(pane.contains { $0.contains("\(have) of 3 COMMITs") })
        }
        #expect(pane.joined().contains("█"))
      }
    }
    #expect(seen.isSuperset(of: ["no proposal", "pre-prepared", "prepared", "executed"]))
  }

  @Test("a crash and a view change are as large") func trouble() throws {
    var stage = try Moment.changing.stage()
    stage.press(.character("+"))
    let crashed = stage.picture(83, 22).lines(
      of: try #require(stage.pane(of: ReplicaID(0), 83, 22)))
    #expect(crashed.contains { $0.contains("CRASHED") } && crashed.joined().contains("█"))
    let changing = stage.picture(83, 22).lines(
      of: try #require(stage.pane(of: ReplicaID(1), 83, 22)))
    #expect(changing.contains { $0.contains("1 of 3 VIEW-CHANGEs") })
    #expect(stage.model.world.replicas[1].viewChanges.count { $0.view == View(1) } == 1)
  }

  @Test("the focused replica is whole at every size and number of replicas", arguments: [4, 7, 13])
  func focused(_ count: Int) throws {
    var stage = try Stage(replicas: count)
    stage.press(.right, times: 20)
    stage.press(.character("+"))
    for _ in 0..<count {
      for (columns, rows) in Self.sizes {
        let pane = try #require(stage.pane(of: stage.model.replica, columns, rows))
        #expect(pane.columns >= 11 && pane.rows >= 7, "\(columns)x\(rows)")
      }
      stage.press(.tab)
    }
  }

  @Test("+ and - say why they cannot go on, and what is too small for all may be large enough")
  func ends() throws {
    var stage = try Stage()
    #expect(stage.picture(44, 16).text.contains("+ shows fewer"))
    stage.press(.character("-"))
    #expect(stage.model.notice?.isRefusal == true && stage.shows("as small as it gets"))
    stage.press(.character("+"))
    #expect(stage.model.isBig && stage.picture(44, 16).text.contains("R0"))
    stage.press(.character("+"))
    #expect(stage.model.isBig && stage.shows("as large as it gets"))
    stage.press(.character("-"))
    #expect(!stage.model.isBig && stage.model.notice?.isRefusal == false)
  }

  @Test("why, next and what is violated are said") func story() throws {
    var stage = try Moment.changing.stage()
    stage.press(.character("+"), .left, .right)
    for (columns, rows) in Self.sizes {
      let text = stage.picture(columns, rows).text
      #expect(text.contains(" why ") && text.contains(" next "), "\(columns)x\(rows)")
    }
  }

  @Test("a click chooses a pane") func click() throws {
    var stage = try Moment.request.stage()
    stage.press(.character("+"))
    _ = stage.model.update(.resize(Size(columns: 83, rows: 22)))
    let pane = try #require(stage.pane(of: ReplicaID(2), 83, 22))
    let place = Position(x: pane.x + 3, y: pane.y + 3)
    _ = stage.model.update(.mouse(Mouse(.left, at: place)))
    #expect(stage.model.replica == ReplicaID(2))
  }
}

extension Key {
  /// A key that means nothing: what was answered before is gone.
  fileprivate static let f12 = Key.function(12)
}

extension Stage {
  /// Where a replica's pane is.
  func pane(of replica: ReplicaID, _ columns: Int, _ rows: Int) -> Region? {
    parts(of: model, Size(columns: columns, rows: rows)).first { $0.name == "\(replica)" }?.region
  }
}
