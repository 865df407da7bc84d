import Cells
import PBFT
import Screens
import Simulation
import Testing

@Suite struct MouseTests {
  @Test("a click focuses the replica whose pane is there", arguments: PictureTests.sizes)
  func panes(_ columns: Int, _ rows: Int) throws {
    var stage = try Moment.changing.stage()
    stage.resize(columns, rows)
    for index in [2, 0, 3, 1] {
      let place = try #require(stage.place(of: "R\(index)"))
      stage.click(place)
      #expect(stage.model.replica == ReplicaID(index) && stage.model.focus == .replicas)
    }
  }

  @Test("a click selects a message on its way", arguments: PictureTests.sizes)
  func messages(_ columns: Int, _ rows: Int) throws {
    var stage = try Moment.request.stage()
    stage.resize(columns, rows)
    for envelope in stage.model.world.inFlight.prefix(3).reversed() {
      guard let place = stage.place(of: "#\(envelope.id) ") else { continue }
      stage.click(place)
      #expect(stage.model.focus == .messages && stage.model.message == envelope.id)
    }
    #expect(stage.model.focus == .messages)
  }

  @Test("a click presses what the footer offers") func footer() throws {
    var stage = try Stage()
    stage.resize(80, 24)
    let step = stage.model.history.step
    stage.click(try #require(stage.place(of: "step", row: 23)))
    #expect(stage.model.history.step == step + 1)
    stage.click(try #require(stage.place(of: "back", row: 23)))
    #expect(stage.model.history.step == step)
    let help = try #require(stage.place(of: "help", row: 23))
    stage.click(help)
    #expect(stage.model.overlay == .help(scroll: 0))
    let quit = try #require(stage.place(of: "quit", row: 23))
    #expect(stage.click(quit) == .none)
    #expect(stage.click(quit) == .quit)
  }

  @Test("a click anywhere else does nothing") func elsewhere() throws {
    for (columns, rows) in PictureTests.sizes + [(10, 5), (59, 30), (60, 18)] {
      for keys: [Key] in [
        [], [.character("L")], [.character("?")], [.character(":")], [.character("k")],
      ] {
        var stage = try Moment.request.stage()
        stage.resize(columns, rows)
        for key in keys { stage.press(key) }
        let step = stage.model.history.step
        for y in stride(from: -1, through: rows - 3, by: 3) {
          for x in stride(from: -1, through: columns + 1, by: 9) {
            var clicked = stage
            let response = clicked.click(Position(x: x, y: y))
            #expect(
              response == .none && clicked.model.history.step == step,
              "\(x),\(y) at \(columns)x\(rows) after \(keys): \(clicked.model.page)")
          }
        }
        _ = stage.picture(columns, rows)
      }
    }
  }
}

extension Stage {
  @discardableResult
  fileprivate mutating func click(_ position: Position) -> Response {
    model.update(.mouse(Mouse(.left, at: position)))
  }

  /// Where a text is on the screen for the first time, below the header.
  fileprivate func place(of text: String, row: Int? = nil) -> Position? {
    let rows = draw(model, size).text.split(separator: "\n", omittingEmptySubsequences: false)
    for (y, line) in rows.enumerated() where y > 0 && (row ?? y) == y {
      let start = line.indices.first { line[$0...].hasPrefix(text) }
      if let start { return Position(x: line.distance(from: line.startIndex, to: start), y: y) }
    }
    return nil
  }
}
