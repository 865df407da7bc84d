import Cells
import PBFT
import Simulation
import Testing

@testable import Screens

/// The wheel scrolls what is under the pointer, whatever has the focus.
@Suite struct WheelTests {
  private func stage(_ columns: Int, _ rows: Int) throws -> Stage {
    var stage = try Moment.changed.stage()
    stage.resize(columns, rows)
    return stage
  }

  /// What the pane of a replica shows of its log.
  private func log(_ stage: Stage, _ replica: Int) throws -> (region: Region, lines: [String]) {
    let scene = Scene(stage.model)
    let strip = scene.strip(Layout(stage.model.size).body)
    let pane = try #require(scene.shownPanes(strip).first { $0.index == replica })
    let own = stage.model.world.replicas[replica]
    let region = scene.paneParts(pane.region.inset(by: 1), own).log
    let picture = draw(stage.model, stage.model.size)
    return (region, picture.lines(of: region))
  }

  @Test("over a pane it scrolls the log of that replica alone, to its end and back")
  func panes() throws {
    var stage = try stage(100, 28)
    stage.press(.character("1"))
    for replica in [2, 3] {
      let (region, start) = try log(stage, replica)
      let others = try log(stage, 1).lines
      stage.wheel(.wheelDown, region.origin)
      let second = try log(stage, replica).lines
      #expect(Array(second.dropLast()) == Array(start.dropFirst()))
      #expect(try log(stage, 1).lines == others)
      #expect(stage.model.replica == ReplicaID(1) && stage.model.focus == .replicas)
      let picture = draw(stage.model, stage.model.size)
      #expect(picture[region.endX, region.y].glyph == "▲")
      #expect(picture[region.endX, region.endY - 1].glyph == "▼")
      // Every line that is at hand passes by.
      var turns = 1
      while stage.model.notice == nil, turns < 1_000 {
        stage.wheel(.wheelDown, region.origin)
        turns += 1
      }
      #expect(stage.model.notice?.isRefusal == true)
      let scene = Scene(stage.model)
      let all = scene.logLines(
        of: .replica(ReplicaID(replica)), width: region.columns, atMost: .max)
      #expect(turns == all.count - region.rows + 1)
      while stage.model.logScroll != nil { stage.wheel(.wheelUp, region.origin) }
      #expect(try log(stage, replica).lines == start)
      stage.wheel(.wheelUp, region.origin)
      #expect(stage.model.notice?.text.contains("newest") == true)
    }
  }

  @Test("the next step shows the newest lines again, and a click hits the line that is seen")
  func passing() throws {
    var stage = try stage(100, 28)
    let (region, _) = try log(stage, 2)
    for _ in 0..<3 { stage.wheel(.wheelDown, region.origin) }
    let scene = Scene(stage.model)
    let seen = scene.seenOfLog(of: .replica(ReplicaID(2)), region).lines
    let row = try #require(seen.firstIndex { $0.message != nil })
    stage.press(.character("2"))
    stage.click(Position(x: region.x, y: region.y + row))
    #expect(stage.model.page == .message && stage.model.inspected.id == seen[row].message)
    stage.press(.escape)
    #expect(stage.model.logScroll != nil)
    stage.press(.left)
    #expect(stage.model.logScroll == nil)
  }

  @Test("a zoomed pane scrolls its log, and the messages that are zoomed are chosen")
  func zoomed() throws {
    for (columns, rows) in [(80, 24), (160, 45)] {
      var stage = try stage(columns, rows)
      stage.press(.character("1"), .character("z"))
      let before = draw(stage.model, stage.model.size).text
      stage.wheel(.wheelDown, Position(x: columns / 2, y: rows / 3))
      #expect(stage.model.logScroll?.replica == ReplicaID(1))
      #expect(draw(stage.model, stage.model.size).text != before)
      stage = try Moment.request.stage()
      stage.resize(columns, rows)
      stage.press(.tab, .down, .up, .character("z"))
      let first = stage.model.selected?.id
      stage.wheel(.wheelDown, Position(x: columns / 2, y: rows / 3))
      #expect(stage.model.selected?.id != first && stage.model.focus == .messages)
    }
  }

  @Test("over the list of messages it chooses, over the ladder it tells where to scroll")
  func elsewhere() throws {
    var stage = try Moment.request.stage()
    stage.resize(160, 45)
    let scene = Scene(stage.model)
    let strip = scene.strip(Layout(stage.model.size).body)
    let first = stage.model.world.inFlight.first?.id
    stage.wheel(.wheelDown, strip.inFlight.origin)
    stage.wheel(.wheelDown, strip.inFlight.origin)
    #expect(stage.model.focus == .messages && stage.model.message != first)
    let ladder = scene.clusterPlaces(strip.rest).ladder
    #expect(ladder.rows > 3)
    let chosen = stage.model.message
    stage.wheel(.wheelDown, ladder.origin)
    #expect(stage.model.message == chosen && stage.model.notice?.text.contains("Ladder") == true)
    // What is next and what is waited for do not scroll.
    stage.wheel(.wheelDown, strip.next.origin)
    #expect(stage.model.message == chosen && stage.model.notice == nil)
    let step = stage.model.history.step
    stage.wheel(.wheelUp, Layout(stage.model.size).timeline.origin.moved(right: 60))
    #expect(stage.model.history.step < step)
  }

  @Test("on the page Message it scrolls the text where that stands, and chooses copies above it")
  func message() throws {
    var stage = try stage(80, 24)
    stage.press(.character("M"))
    let id = stage.model.inspected.id
    let scene = Scene(stage.model)
    let places = scene.messagePagePlaces(scene.strip(Layout(stage.model.size).body).above)
    stage.wheel(.wheelDown, places.told[0].origin)
    #expect(stage.model.inspected.scroll == 1 && stage.model.inspected.id == id)
    stage.wheel(.wheelUp, places.told[0].origin)
    stage.wheel(.wheelUp, places.told[0].origin)
    #expect(stage.model.inspected.scroll == 0 && stage.model.notice?.isRefusal == true)
    stage.wheel(.wheelUp, places.list.origin)
    #expect(stage.model.inspected.id != id)
  }

  @Test("the ends of what the page Message tells are answered, and so is what it cannot do")
  func ends() throws {
    var stage = try stage(64, 20)
    stage.press(.character("M"), .tab, .up)
    #expect(stage.model.notice?.text == "this is the first line; Tab chooses copies again")
    stage.press(.down, times: 200)
    #expect(stage.model.notice?.text == "this is the last line; Tab chooses copies again")
    stage.resize(300, 100)
    stage.press(.down)
    #expect(stage.model.notice?.text.contains("is seen") == true)
    stage.press(.tab, .tab)
    #expect(stage.model.notice?.text.contains("nothing to scroll") == true)
    #expect(!stage.model.inspected.isReading)
    stage = try Stage(request: false)
    stage.press(.character("M"))
    for key: Key in [.up, .down, .tab, .enter] {
      stage.press(key)
      #expect(stage.model.notice?.isRefusal == true, "\(key)")
    }
  }

  @Test("from a message that is sent later, up leads to the last that has been sent")
  func later() throws {
    var stage = try Moment.request.stage()
    stage.command("goto 6")
    let next = stage.model.world.copiesSent + 1
    stage.command("goto 12")
    stage.press(.character("M"))
    while stage.model.inspected.id ?? 0 < next { stage.press(.down) }
    stage.command("goto 6")
    #expect(stage.model.inspected.sending == nil)
    stage.press(.down)
    #expect(stage.model.notice?.isRefusal == true)
    stage.press(.up)
    #expect(stage.model.inspected.id == stage.model.world.copiesSent)
    #expect(stage.model.inspected.sending != nil)
  }
}

extension Stage {
  fileprivate mutating func wheel(_ button: Mouse.Button, _ position: Position) {
    _ = model.update(.mouse(Mouse(button, at: position)))
  }

  fileprivate mutating func click(_ position: Position) {
    _ = model.update(.mouse(Mouse(.left, at: position)))
  }
}
