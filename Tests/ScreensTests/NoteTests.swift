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
