import Cells
import PBFT
import Screens
import Simulation
import Testing

/// One pane alone.
@Suite struct ZoomTests {
  @Test("z shows the focused replica alone with all that it holds, and Esc leads back")
  func replica() throws {
    var stage = try Moment.changed.stage()
    stage.press(.character("z"), .function(12))
    #expect(stage.model.isZoomed)
    for (columns, rows) in PictureTests.sizes + [(60, 18), (300, 100)] {
      let text = stage.picture(columns, rows).text
      for other in [0, 2, 3] { #expect(stage.pane(of: ReplicaID(other), columns, rows) == nil) }
      #expect(text.contains("━ R1 ★") && text.contains("timers") && text.contains(#/x +(= )?ab/#))
      #expect(text.contains(" why ") && text.contains(" next "))
    }
    let text = stage.picture(160, 45).text
    let replica = stage.model.world.replicas[1]
    for slot in replica.log.used where slot.prePrepare != nil {
      let have = slot.matchingPrepares(in: stage.model.world.settings)
      let voters = slot.prepares.map(\.replica).sorted().map(\.description).joined(separator: " ")
      #expect(text.contains("\(have) of 2 ") && text.contains(voters), "\(text)")
    }
    try expectGolden(stage.picture(80, 24), "zoom-replica-80x24")
    try expectGolden(stage.picture(160, 45), "zoom-replica-160x45")
    stage.press(.tab)
    #expect(stage.model.replica == ReplicaID(2) && stage.text.contains("━ R2 "))
    stage.press(.escape)
    #expect(!stage.model.isZoomed && stage.pane(of: ReplicaID(3), 80, 24) != nil)
  }

  @Test("with the focus on the messages all of them are listed as they are on their way")
  func messages() throws {
    var stage = try Moment.changing.stage()
    stage.press(.down, .character("w"), .character("z"), .function(12))
    let inFlight = stage.model.world.inFlight
    for (columns, rows) in PictureTests.sizes + [(60, 18)] {
      var seen: Set<Int> = []
      stage.press(.up, times: inFlight.count)
      for _ in inFlight {
        let lines = stage.picture(columns, rows).text.split(separator: "\n")
        for envelope in inFlight {
          let row = lines.first {
            $0.contains("#\(envelope.id) ") && $0.hasPrefix("┃")
              || $0.hasPrefix("›") && $0.contains("#\(envelope.id) ")
          }
          guard let row else { continue }
          seen.insert(envelope.id)
          #expect(row.contains("\(envelope.from)►\(envelope.to)"))
          #expect(row.contains(envelope.message.kind.short))
          #expect(!envelope.isHeld || row.contains("held"))
        }
        stage.press(.down)
      }
      #expect(seen == Set(inFlight.map(\.id)), "\(columns)x\(rows)")
    }
    try expectGolden(stage.picture(80, 24), "zoom-messages-80x24")
    try expectGolden(stage.picture(160, 45), "zoom-messages-160x45")
    _ = stage.model.update(.resize(Size(columns: 80, rows: 24)))
    let lines = stage.picture(80, 24).text.split(separator: "\n")
    let first = try #require(inFlight.first { e in lines.contains { $0.contains("#\(e.id) ") } })
    let y = try #require(lines.firstIndex { $0.contains("#\(first.id) ") })
    _ = stage.model.update(.mouse(Mouse(.left, at: Position(x: 8, y: y))))
    #expect(stage.model.message == first.id && stage.model.isZoomed)
  }

  @Test("where a zoom makes no sense it says so") func refused() throws {
    var stage = try Stage()
    stage.press(.character("?"), .escape, .character("b"), .character("z"))
    #expect(!stage.model.isZoomed && stage.shows("Esc closes it"))
    stage.press(.escape, .character("S"), .character("z"))
    #expect(!stage.model.isZoomed && stage.model.notice?.isRefusal == true)
  }

  @Test("other pages get the rows below them, and answers are still seen") func pages() throws {
    for page: Key in [.character("R"), .character("T"), .character("L")] {
      var stage = try Moment.changing.stage()
      stage.press(page)
      let before = try #require(stage.region(of: "page", 80, 24))
      stage.press(.character("z"))
      #expect(stage.shows("z or Esc leads back"))
      let after = try #require(stage.region(of: "page", 80, 24))
      #expect(after.rows > before.rows)
    }
  }
}

extension Stage {
  fileprivate func region(of part: String, _ columns: Int, _ rows: Int) -> Region? {
    parts(of: model, Size(columns: columns, rows: rows)).first { $0.name == part }?.region
  }
}
