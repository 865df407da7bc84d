import Cells
import PBFT
import Screens
import Simulation
import Testing

/// Clicks on the grid of a pane, on the window of reasons, and on lamps.
@Suite struct GridClickTests {
  @Test(
    "a lamp, a name and a tally of the page Quorums", arguments: [(80, 24), (100, 28), (160, 45)])
  func quorums(_ columns: Int, _ rows: Int) throws {
    var stage = try QuorumsPageTests.Sight.equivocation.stage()
    stage.resize(columns, rows)
    for index in [3, 1, 2] {
      stage.press(.character("0"))
      stage.click(try #require(stage.place(of: " R\(index)", below: "▲▼")))
      #expect(stage.model.replica == ReplicaID(index))
    }
    // While R3 has the focus, what it lacks is open: the PREPAREs.
    stage.press(.character("3"))
    let x = try #require(stage.place(of: " R1", below: "▲▼")).x
    let y = try #require(stage.place(of: "  R3", below: "PREPARE 2f")).y
    stage.click(Position(x: x, y: y))
    #expect(stage.model.replica == ReplicaID(1))
    #expect(stage.model.quorums.lamp == .vote(.prepare, ReplicaID(3)))
    #expect(stage.picture(columns, rows).text.contains("lamp  R1 keeps R3's PREPARE v0 n1 b"))
    stage.press(.character("3"))
    let end = try #require(stage.place(of: "[R3]", below: "▲▼")).x
    stage.click(Position(x: end, y: try #require(stage.place(of: "PREPARE 2f")).y))
    #expect(stage.picture(columns, rows).text.contains("Why not: R3 has not prepared n1"))
  }

  @Test("a number and each cell of the grid in a pane", arguments: PictureTests.sizes)
  func grid(_ columns: Int, _ rows: Int) throws {
    var stage = try Moment.changing.stage()
    stage.resize(columns, rows)
    let buffer = stage.picture(columns, rows)
    let text = buffer.lines(of: buffer.region)
    // The heading of each grid, from left to right.
    let row = try #require(
      text.firstIndex { line in
        ["P   C", "P     C", "COMMITs"].contains { line.contains($0) }
      })
    let line = Array(text[row])
    let ends = line.indices.filter { line[$0] == "X" }
    let ids = stage.model.world.replicas.map(\.id)
    for (index, end) in ends.enumerated() where index < ids.count {
      stage.press(.escape, .character("C"))
      stage.click(Position(x: end, y: row + 1))
      guard case .why(let cell) = stage.model.overlay else {
        Issue.record("no window for the X of R\(index) at \(columns)x\(rows)")
        continue
      }
      #expect(cell.milestone == .executed && stage.model.replica == ids[index])
      #expect(stage.model.quorums.sequence == cell.sequence)
      stage.press(.escape)
      let start = index == 0 ? 1 : ends[index - 1] + 2
      let number = try #require((start..<end).first { Array(text[row + 1])[$0].isNumber })
      stage.click(Position(x: number, y: row + 1))
      #expect(stage.model.overlay == nil && stage.model.quorums.sequence == cell.sequence)
      #expect(stage.model.notice?.text.contains("is chosen") == true)
      stage.press(.character("Q"))
      #expect(stage.model.shownNumber == cell.sequence)
    }
  }

  @Test("every cell of the window of reasons") func window() throws {
    var stage = try Moment.request.stage()
    stage.resize(100, 28)
    stage.press(.character("1"), .character("y"))
    for milestone in Milestone.allCases.reversed() {
      let x = try #require(stage.place(of: " \(milestone.word) ", below: "The last event")).x + 2
      for n in [2, 1] {
        let y = try #require(stage.place(of: "n\(n) ", below: " executed ")).y
        stage.click(Position(x: x, y: y))
        guard case .why(let cell) = stage.model.overlay else {
          Issue.record("the window is gone")
          return
        }
        #expect(cell.sequence == SequenceNumber(n) && cell.milestone == milestone)
      }
    }
    let step = stage.model.history.step
    stage.click(Position(x: 50, y: 18))
    #expect(stage.model.history.step == step)
  }

  @Test("a line of a log gives its replica the focus, then opens its message") func log() throws {
    var stage = try Moment.request.stage()
    stage.resize(100, 28)
    stage.press(.character("0"))
    let buffer = stage.picture(100, 28)
    let pane = buffer.panes(4)[2]
    let lines = buffer.lines(of: pane)
    let row = try #require(
      lines.firstIndex { $0.contains("◄P") || $0.contains("◄ P") || $0.contains("◄") })
    let place = Position(x: pane.x + 8, y: pane.y + row)
    stage.click(place)
    #expect(stage.model.replica == ReplicaID(2) && stage.model.page == .cluster)
    stage.click(place)
    #expect(stage.model.page == .message)
    let id = try #require(stage.model.inspected.id)
    let isThere = stage.happenings.contains {
      if case .receive(id, _, _, .replica(ReplicaID(2)), _) = $0.kind { true } else { false }
    }
    #expect(isThere)
  }
}

extension Stage {
  fileprivate mutating func click(_ position: Position) {
    _ = model.update(.mouse(Mouse(.left, at: position)))
  }

  /// Where a text is on the screen for the first time, from the row on that holds another.
  fileprivate func place(of text: String, below: String = "") -> Position? {
    let buffer = draw(model, model.size)
    let rows = buffer.lines(of: buffer.region)
    let first = below.isEmpty ? 0 : rows.firstIndex { $0.contains(below) } ?? rows.count
    for y in first..<rows.count {
      let row = Array(rows[y])
      let words = Array(text)
      if let x = row.indices.first(where: { row[$0...].starts(with: words) }) {
        return Position(x: x, y: y)
      }
    }
    return nil
  }
}
