import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// The page Message.
@Suite struct MessagePageTests {
  static let sizes = [(64, 20), (80, 24), (100, 28), (160, 45)]

  private func expectGoldens(_ stage: Stage, _ name: String) throws {
    for (columns, rows) in Self.sizes {
      try expectGolden(stage.picture(columns, rows), "\(name)-\(columns)x\(rows)")
    }
  }

  @Test("the PRE-PREPARE of an equivocating primary with its two stories") func stories() throws {
    var stage = try Stage(request: false)
    stage.command("equivocate R0")
    stage.command("request alice append x a")
    stage.command("request bob append x b")
    stage.press(.right, .right)
    try stage.openFirst(.prePrepare)
    #expect(stage.shows("2 versions") && stage.shows("digest a") && stage.shows("digest b"))
    try expectGoldens(stage, "message-two-stories")
    stage.press(.character("i"))
    let ascii = stage.picture(80, 24)
    #expect(ascii.isASCII)
    try expectGolden(ascii, "message-two-stories-80x24-ascii")
    // To the one that is told otherwise: what differs is said field by field.
    stage.press(.character("i"), .down, .down)
    let text = stage.picture(160, 45).text
    #expect(text.contains("≠ d digest: b here, a to R1, R2"), "\(text)")
  }

  @Test("a NEW-VIEW with V and O opened") func newView() throws {
    var stage = try Moment.changing.stage()
    try stage.step { $0.inFlight.contains { $0.message.kind == .newView } }
    try stage.openFirst(.newView)
    let text = stage.picture(160, 60).text
    #expect(text.contains("NEW-VIEW v1") && text.contains("the VIEW-CHANGE of R"))
    #expect(text.contains("PRE-PREPARE of R0, PREPAREs of"), "\(text)")
    try expectGoldens(stage, "message-new-view")
    stage.resize(80, 24)
    stage.press(.tab)
    let top = stage.text
    stage.press(.down, times: 300)
    #expect(stage.text != top)
    let end = stage.text
    stage.press(.down)
    #expect(stage.text == end)
    stage.press(.up)
    #expect(stage.text != end, "one up from the end is seen")
  }

  @Test("a forged COMMIT is refused, and it is said why") func forged() throws {
    var stage = try Moment.request.stage()
    stage.command("forge R3>R1 as R2 COMMIT v0 n1 a")
    let id = stage.model.world.copiesSent
    try stage.open(id)
    #expect(stage.shows("would refuse it if it arrived now"))
    #expect(stage.shows("in the name of R2"))
    stage.press(.character("g"))
    #expect(stage.shows("refused by authentic"))
    let text = stage.picture(300, 60).text
    #expect(text.contains("R1 refuses it at") && text.contains("not signed by the one it names"))
    #expect(text.contains("It claims to come from R2, but it is R3's key that has signed it"))
    try expectGoldens(stage, "message-forged")
  }

  @Test("what is altered by hand is seen at once") func altered() throws {
    var stage = try Stage()
    stage.press(.right)
    try stage.openFirst(.prePrepare)
    let id = try #require(stage.model.inspected.id)
    stage.press(.enter)
    #expect(stage.shows("Alter #\(id) on its way to R") && stage.shows("R0 is correct"))
    // Of a correct sender's message only the bytes can be destroyed: that line is chosen.
    #expect(stage.shows(": alter #\(id) corrupt"))
    stage.press(.escape)
    stage.command("misbehave R0 by-hand")
    stage.press(.enter)
    for words in ["view 1", "n 2", "digest bogus", "sender R1", "drop", "repeat 500ms", "stale"] {
      #expect(stage.picture(80, 40).text.contains(" \(words) "), "\(words)")
    }
    stage.press(.down)
    #expect(stage.shows(": alter #\(id) n 2"))
    stage.press(.enter)
    #expect(stage.model.overlay == nil)
    #expect(stage.model.world.inFlight.first { $0.id == id }?.message.sequence == SequenceNumber(2))
    #expect(stage.shows("n 2") && stage.shows("altered") && stage.shows("2 versions"))
    #expect(stage.shows("It was altered by hand, n 2"))
    // Another value is typed.
    stage.press(.enter, .character(":"))
    #expect(stage.shows(": alter #\(id) view 1█"))
    stage.press(.backspace)
    stage.type("3")
    stage.press(.enter)
    #expect(stage.model.world.inFlight.first { $0.id == id }?.message.view == View(3))
    #expect(stage.model.page == .message)
  }

  @Test("the keys that act on a message act on the one that is shown, or say why not")
  func acting() throws {
    var stage = try Stage()
    stage.press(.right)
    try stage.openFirst(.prePrepare)
    stage.press(.down)
    let id = try #require(stage.model.inspected.id)
    stage.press(.character("w"))
    #expect(stage.model.world.inFlight.first { $0.id == id }?.isHeld == true)
    #expect(stage.shows("until it is released"))
    stage.press(.character("w"), .character("x"))
    #expect(!stage.model.world.inFlight.contains { $0.id == id })
    #expect(stage.shows("lost") && stage.shows("dropped by command"))
    for key in ["x", "g", "w"] {
      let step = stage.model.history.step
      stage.press(.character(Character(key)))
      #expect(stage.shows("#\(id) is not on its way: it was lost at"))
      #expect(stage.model.history.step == step)
    }
    stage.press(.enter)
    #expect(stage.model.overlay == nil && stage.shows("it was lost at"))
  }

  @Test("down leads through the copies and on to the next message, up the same way back")
  func moving() throws {
    var stage = try Moment.request.stage()
    stage.press(.character("M"))
    stage.press(.up, times: 200)
    #expect(stage.model.inspected.id == 1 && stage.shows("no message was sent before this one"))
    var ids = [1]
    while stage.model.notice == nil || ids.count == 1 {
      stage.press(.down)
      if let id = stage.model.inspected.id, id != ids.last { ids.append(id) }
    }
    #expect(ids == Array(1...stage.model.world.copiesSent))
    #expect(stage.shows("no message has been sent after this one"))
  }

  @Test("before it is sent, the page says when it will be, and Enter goes there")
  func before() throws {
    var stage = try Moment.request.stage()
    stage.press(.character("M"))
    let id = try #require(stage.model.inspected.id)
    stage.press(.home)
    #expect(stage.shows("#\(id) has not been sent at this moment."))
    #expect(stage.shows("It is sent at step"))
    stage.press(.enter)
    #expect(stage.shows("#\(id) to R"))
    stage.press(.left)
    #expect(stage.shows("#\(id) has not been sent at this moment."))
  }

  @Test("M opens it on what is selected, or else on what arrived last, and Esc leads back")
  func opening() throws {
    var stage = try Moment.request.stage()
    for page in ["R", "T", "C"] {
      stage.press(.character(Character(page)))
      let from = stage.model.page
      stage.press(.character("M"))
      #expect(stage.model.page == .message)
      stage.press(.escape)
      #expect(stage.model.page == from)
    }
    stage.press(.down, .down)
    let selected = stage.model.message
    stage.press(.enter)
    #expect(stage.model.inspected.id == selected)
    while !stage.model.world.inFlight.isEmpty { stage.press(.right) }
    stage.press(.escape, .character("M"))
    #expect(stage.shows("arrived") && stage.model.inspected.id != nil)
    var empty = try Stage(request: false)
    empty.press(.character("M"))
    #expect(empty.shows("No message has been sent yet"))
    empty.press(.enter, .down, .tab)
    empty.press(.character("n"))
    #expect(empty.shows("REQUEST alice/1"))
  }

  @Test("a click on a row chooses the copy, one on the way to alter it opens the window")
  func clicks() throws {
    for (columns, rows) in Self.sizes {
      var stage = try Stage()
      stage.resize(columns, rows)
      stage.press(.right)
      try stage.openFirst(.prePrepare)
      let first = try #require(stage.model.inspected.id)
      for id in [first + 2, first + 1, first] {
        stage.click(try #require(stage.place(of: "#\(id) ", below: 2)))
        #expect(stage.model.inspected.id == id, "\(columns)x\(rows)")
      }
      guard columns == 160 else { continue }
      stage.click(try #require(stage.place(of: "Enter destroys it", below: 2)))
      #expect(stage.shows("Alter #\(first)"))
      stage.click(try #require(stage.place(of: "view 1", below: 2)))
      #expect(stage.picture(160, 45).text.contains(": alter #\(first) view 1"))
      stage.click(try #require(stage.place(of: "corrupt", below: 2)))
      stage.click(try #require(stage.place(of: "corrupt", below: 2)))
      #expect(stage.model.world.inFlight.first { $0.id == first }?.message.isAuthentic == false)
    }
  }
}

fileprivate extension Stage {
  /// To the page, with this copy.
  mutating func open(_ id: Int) throws {
    press(.character("M"))
    for _ in 0..<600 {
      guard let here = model.inspected.id, here != id else { break }
      press(here < id ? .down : .up)
    }
    try #require(model.inspected.id == id)
  }

  /// To the page, with the first copy of a kind that is on its way.
  mutating func openFirst(_ kind: Message.Kind) throws {
    let ids = model.world.inFlight.filter { $0.message.kind == kind }.map(\.id)
    try open(try #require(ids.min()))
  }

  /// Event after event until something holds.
  mutating func step(until holds: (World) -> Bool) throws {
    for _ in 0..<400 where !holds(model.world) { press(.right) }
    try #require(holds(model.world))
  }

  @discardableResult
  mutating func click(_ position: Position) -> Response {
    model.update(.mouse(Mouse(.left, at: position)))
  }

  /// Where a text is for the first time below a row.
  func place(of text: String, below: Int) -> Position? {
    let rows = draw(model, size).text.split(separator: "\n", omittingEmptySubsequences: false)
    for (y, line) in rows.enumerated() where y > below {
      let start = line.indices.first { line[$0...].hasPrefix(text) }
      if let start { return Position(x: line.distance(from: line.startIndex, to: start), y: y) }
    }
    return nil
  }
}
