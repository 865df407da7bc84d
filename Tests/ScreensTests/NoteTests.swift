import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// Sentences attached to moments, and stops of lessons that survive.
@Suite struct NoteTests {
  @Test("a note is seen at its moment and nowhere else, at every size") func seen() throws {
    var stage = try Stage()
    stage.press(.right, times: 5)
    try stage.note("R2 votes first")
    for (columns, rows) in PictureTests.sizes + [(60, 18)] {
      #expect(stage.picture(columns, rows).text.contains(" note  \"R2 votes first\""))
    }
    stage.press(.right)
    #expect(!stage.shows("R2 votes first"))
    stage.press(.left)
    #expect(stage.shows("R2 votes first"))
    stage.press(.left)
    #expect(!stage.shows("R2 votes first"))
  }

  @Test("what a run passes stays to be read, in either direction and at every speed")
  func passed() throws {
    for key: Key in [.character("."), .character(",")] {
      for speed in 0...3 {
        var stage = try Moment.changed.stage()
        let end = stage.model.history.end
        stage.press(.home)
        stage.press(.right, times: 45)
        try stage.note("R2 votes first")
        stage.press(key == .character(".") ? .home : .end)
        for _ in 0..<speed { stage.press(.character("+")) }
        stage.press(key)
        for _ in 0..<end where stage.model.isRunning && !stage.shows("R2 votes first") {
          _ = stage.model.update(.tick)
        }
        for _ in 0..<3 { _ = stage.model.update(.tick) }
        #expect(abs(stage.model.history.step - 45) >= 3 && stage.model.isRunning)
        #expect(stage.shows("step 45: \"R2 votes first\""), "\(key) \(speed)")
        stage.press(key)
        #expect(!stage.shows("R2 votes first"))
      }
    }
  }

  @Test("an answer does not hide the note of the moment that it led to") func both() throws {
    var stage = try Moment.changed.stage()
    let condition = Condition.changing(View(1), .replica(ReplicaID(1)))
    try stage.perform(.backUntil(condition))
    try stage.note("now R1 has lost its patience")
    try stage.perform(.breakAt(condition))
    stage.press(.home, .character("."))
    while stage.model.isRunning { _ = stage.model.update(.tick) }
    for (columns, rows) in PictureTests.sizes + [(60, 18)] {
      let text = stage.picture(columns, rows).text
      let told = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(
        told.contains("breakpoint: R1 changing 1 \"now R1 has lost its patience\""), "\(text)")
    }
  }

  @Test("what is violated is said before a note") func violated() throws {
    var stage = try Stage()
    stage.command("rule committed off")
    stage.command("rule prepared off")
    stage.command("equivocate R0")
    for _ in 0..<6 { stage.press(.character("n")) }
    for _ in 0..<400 where stage.model.world.violations.isEmpty { stage.press(.right) }
    try #require(!stage.model.world.violations.isEmpty)
    try stage.note("here it breaks")
    let text = stage.picture(120, 36).text
    let sentence = try #require(text.firstRange(of: "is violated"))
    let note = try #require(text.firstRange(of: "\"here it breaks\""))
    #expect(sentence.upperBound < note.lowerBound)
  }

  @Test("the quote key opens the palette with the beginning of a note") func key() throws {
    var stage = try Stage()
    stage.press(.character("\""))
    #expect(stage.model.overlay == .palette && stage.model.prompt.text == "note \"")
  }

  @Test("a sentence of two rows is seen whole; one of a thousand bytes leaves the rest its room")
  func long() throws {
    let sentence =
      "R2 votes before the others, for its link is faster; look at R1, which will lack a vote."
    var stage = try Stage()
    stage.press(.right, times: 5)
    try stage.note(sentence)
    for (columns, rows) in PictureTests.sizes + [(60, 18)] {
      let text = stage.picture(columns, rows).text
      let told = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(told.contains("note \"\(sentence)\""), "\(text)")
    }
    try stage.note(String(repeating: "a word ", count: 142) + "end.")
    for replicas in [4, 13] {
      for (columns, rows) in PictureTests.sizes + [(60, 18)] {
        let text = stage.picture(columns, rows).text
        #expect(text.contains(" why ") && text.contains(" next ") && text.contains(" who "))
        #expect(text.contains("R0 ") && text.contains(" nd ") || text.contains(" n d "), "\(text)")
      }
      guard replicas == 4 else { break }
      stage = try Stage(replicas: 13)
      stage.press(.right, times: 5)
      try stage.note(String(repeating: "a word ", count: 142) + "end.")
    }
  }

  @Test("the longest note can be typed, and time stands still meanwhile") func typed() throws {
    var stage = try Stage()
    stage.press(.character("."))
    _ = stage.model.update(.tick)
    let step = stage.model.history.step
    stage.press(.character("\""))
    for _ in 0..<5 { _ = stage.model.update(.tick) }
    let note = String(repeating: "n", count: Note.longestText)
    _ = stage.model.update(.paste(note))
    stage.press(.character("\""), .enter)
    #expect(stage.model.overlay == nil && !stage.model.isRunning)
    #expect(stage.model.history.step == step && stage.model.history.note(at: step) == note)
  }

  @Test("a notice that is longer than its rows is told to its end at every size") func notice()
    throws
  {
    var stage = try Stage()
    let words = "no such moment was before step 1"
    let page = "lesson is open; pbftscope demos/FILE opens one"
    stage.press(.character("["))
    #expect(stage.shows(words))
    stage.press(.backspace)
    for (columns, rows) in PictureTests.sizes + [(60, 18)] {
      let text = stage.picture(columns, rows).text
      let told = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(told.contains(page) && text.contains(" why "), "\(text)")
    }
  }

  static let page = """
    title "Two stops"
    say "A request arrives."
    request alice append x a
    stop "The first."
    run until R0 pre-prepared 1
    stop "The second."
    run until alice/1 accepted
    say "Done."
    """

  @Test("a lesson goes on from the stops that were reached before", arguments: 0...3)
  func reached(_ count: Int) throws {
    let script = try Script(parsing: Self.page)
    var first = try Stage(lesson: Lesson(script))
    for _ in 0..<count { first.press(.character(" ")) }
    let moments = try #require(first.model.lesson).reachedMoments
    #expect(moments.count == count)
    var second = first
    second.model = Model(history: first.model.history, lesson: Lesson(script, reached: moments))
    #expect(second.text == first.text)
    for _ in count..<3 {
      first.press(.character(" "))
      second.press(.character(" "))
      #expect(second.text == first.text)
    }
    for _ in 0..<3 {
      first.press(.backspace)
      second.press(.backspace)
      #expect(second.text == first.text)
    }
  }

  @Test("stops are found again when another branch is forgotten, and told of when their own is")
  func renumbered() throws {
    var history = History(Configuration(scheme: .ideal))
    try history.perform(.request(ClientID(0), .append(key: "x", value: "a")))
    try history.perform(.run(.seconds(1)))
    for replica in [1, 2] {
      history.go(to: 0, step: 5)
      try history.perform(.crash(ReplicaID(replica)))
      try history.perform(.run(.milliseconds(100)))
    }
    let (end, name) = (history.end, history.branches[2].name)
    history.go(to: 0, step: 0)
    let script = try Script(parsing: Self.page)
    let reached = [Simulation.Moment(branch: 2, step: end)]
    var stage = try Stage()
    stage.model = Model(history: history, lesson: Lesson(script, reached: reached))
    stage.command("forget crash-R1")
    #expect(stage.shows("crash-R1 is forgotten") && stage.model.history.branches.count == 2)
    stage.press(.character(" "))
    #expect(stage.model.history.step == end)
    #expect(stage.model.history.branches[stage.model.history.branch].name == name)
    stage.command("goto 0 of main")
    stage.command("forget crash-R2")
    stage.press(.character(" "))
    #expect(stage.shows("the branch with this stop was forgotten") && stage.model.history.step == 0)
  }

  @Test("what is done with the history by a line is told, and so is why it cannot be")
  func told() throws {
    var stage = try Stage()
    stage.press(.right, times: 6)
    stage.command("note \"look\"")
    #expect(stage.shows(" note  \"look\"") && stage.model.overlay == nil)
    stage.command("break R1 prepared 1")
    #expect(stage.shows("runs stop where this becomes true: R1 prepared 1"))
    stage.command("name calm")
    #expect(stage.shows("this branch is called calm") && stage.shows(" calm step 7/7 "))
    stage.command("forget calm")
    #expect(stage.model.overlay == .palette && stage.shows("the first branch holds the beginning"))
    stage.press(.escape, .home, .character("."))
    for _ in 0..<60 where stage.model.isRunning { _ = stage.model.update(.tick) }
    #expect(stage.shows("stopped at a breakpoint: R1 prepared 1"))
    stage.command("break off")
    #expect(stage.shows("there are no breakpoints now"))
  }

  @Test("a breakpoint of one's own does not break a lesson: one is led to it, then to the stop")
  func lessonWithBreakpoint() throws {
    var plain = try Stage(lesson: Lesson(try Script(parsing: Self.page)))
    plain.press(.character(" "), times: 3)
    let end = plain.model.history.step
    var stage = try Stage(lesson: Lesson(try Script(parsing: Self.page)))
    stage.press(.character(" "), times: 2)
    stage.command("break R1 prepared 1")
    stage.press(.character(" "))
    let step = stage.model.history.step
    #expect(step < end && stage.shows("stopped at a breakpoint: R1 prepared 1"))
    #expect(
      stage.model.history.latestMoment(becoming: stage.model.history.breakpoints, before: end)?.step
        == step)
    stage.press(.character(" "))
    #expect(stage.model.history.step == end && stage.shows("3/3 Done."))
    #expect(stage.model.history.breakpoints.count == 1 && stage.model.history.branches.count == 1)
  }

  @Test("a stop on a forgotten branch is told of, and does no harm") func forgotten() throws {
    let script = try Script(parsing: Self.page)
    var stage = try Stage(lesson: Lesson(script))
    stage.press(.character(" "), .character(" "))
    let history = stage.model.history
    // The stops are said to be on a branch that nobody knows.
    let moments = [1, 2].map { Simulation.Moment(branch: 7, step: history.end + $0) }
    stage.model = Model(history: history, lesson: Lesson(script, reached: moments))
    stage.press(.home, .character(" "))
    #expect(stage.shows("the branch with this stop was forgotten"))
    stage.press(.backspace, .end, .character(" "))
    _ = stage.picture(80, 24)
  }
}
