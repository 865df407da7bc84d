import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// What people do, key by key, and what they see.
@Suite struct StoryTests {
  @Test("a step forward and a step back") func steps() throws {
    var stage = try Stage()
    stage.press(.right)
    #expect(stage.shows("step 2/2 "))
    let after = stage.text
    stage.press(.pageUp, .character("l"))
    #expect(stage.text == after)
    stage.press(.left, .left, .left)
    #expect(stage.shows("nothing was before"))
  }

  @Test("a request goes through its phases in a few presses, and back again") func phases() throws {
    var stage = try Stage()
    var pictures: [String] = []
    while stage.model.world.clients[0].accepted == nil {
      pictures.append(stage.page)
      stage.press(.character("]"))
      try #require(pictures.count < 12)
    }
    #expect((4...6).contains(pictures.count), "\(pictures.count) presses")
    // The request itself is no phase: the way back ends at the first.
    for picture in pictures.dropFirst().reversed() {
      stage.press(.character("["))
      #expect(stage.page == picture)
    }
    stage.press(.character("["))
    #expect(stage.shows("no such moment was before step"))
  }

  @Test("crash and restart with one key") func crash() throws {
    var stage = try Stage()
    stage.press(.character("2"), .character("c"))
    #expect(stage.shows("R2 ✗ CRASHED") && stage.shows("faulty 1/1"))
    stage.press(.character("3"), .character("c"))
    #expect(stage.shows("faulty 2/1: guarantee void"))
    stage.press(.character("c"), .character("c"), .character("r"))
    #expect(stage.shows("R3 ✗ CRASHED") == false)
    stage.press(.character("r"))
    #expect(stage.shows("R3 is running; `crash R3` stops it first"))
  }

  @Test("acting in the past keeps the old future") func branches() throws {
    var stage = try Stage()
    stage.press(.right, times: 8)
    stage.press(.left, times: 4)
    stage.press(.character("c"))
    #expect(stage.shows(" crash-R0 step 6/6 ") && stage.shows("the old future is kept"))
    stage.press(.character("o"))
    #expect(stage.shows("main: branch 1 of 2") && stage.shows(" main step 9/9 "))
    #expect(stage.model.history.end == 9)
  }

  @Test("what was done here before is not called new, and a run says where it stopped")
  func again() throws {
    var stage = try Stage()
    stage.press(.right, times: 8)
    stage.press(.left, times: 4)
    stage.press(.character("c"), .left)
    #expect(stage.model.history.branches.count == 2)
    stage.command("goto 5 of main")
    stage.press(.character("c"))
    #expect(stage.model.history.branches.count == 2 && stage.model.history.branch == 1)
    #expect(stage.shows("crash R0 (as was done here before, on crash-R0)"), "\(stage.text)")
    stage.command("goto 1 of main")
    stage.command("run 130ms")
    #expect(stage.shows("run 130ms (as was done here before, on main)"), "\(stage.text)")
    stage.command("goto 1")
    stage.command("break R1 prepared 1")
    stage.command("run until alice/1 accepted")
    #expect(stage.shows("stopped at a breakpoint: R1 prepared 1"), "\(stage.text)")
    #expect(stage.model.world.clients[0].accepted == nil)
  }

  @Test("a message is selected, inspected and dropped") func messages() throws {
    var stage = try Stage()
    stage.press(.right, .down, .down, .enter)
    #expect(stage.model.page == .message && stage.shows("PRE-PREPARE v0 n1"))
    #expect(stage.picture(80, 40).text.contains("R0's key has signed it"))
    stage.press(.escape, .character("x"))
    #expect(stage.model.world.inFlight.count == 2)
    stage.press(.character("g"))
    #expect(stage.model.world.inFlight.count > 2 || stage.shows("deliver"))
  }

  @Test("the palette completes, explains and tells what was wrong") func palette() throws {
    var stage = try Stage()
    stage.type(":cra")
    #expect(stage.shows("crash"))
    stage.press(.tab)
    #expect(stage.shows(": crash "))
    stage.type("R9")
    stage.press(.enter)
    #expect(stage.shows("R9"))
    stage.press(.backspace)
    stage.type("1")
    stage.press(.enter)
    #expect(stage.shows("R1 ✗ CRASHED"))
    stage.type(":q")
    #expect(stage.press(.escape) == .none)
  }

  @Test("Esc never quits; q closes a window first") func quitting() throws {
    var stage = try Stage()
    #expect(stage.press(.escape) == .none)
    stage.press(.character("?"))
    #expect(stage.press(.character("q")) == .none)
    #expect(stage.press(.character("q")) == .quit)
    #expect(stage.press(.control("c")) == .quit)
  }

  @Test("nothing is burnt while nothing moves") func idle() throws {
    var stage = try Stage()
    #expect(stage.model.tickInterval == nil)
    stage.press(.character("."))
    #expect(stage.model.tickInterval != nil)
    let step = stage.model.history.step
    _ = stage.model.update(.tick)
    #expect(stage.model.history.step == step + 1)
    stage.press(.character(" "))
    #expect(stage.model.tickInterval == nil)
  }

  @Test("a key that does nothing says so, and a paste is not keys") func strange() throws {
    var stage = try Stage()
    stage.press(.character("!"))
    #expect(stage.shows("\"!\" does nothing"))
    let before = stage.text
    #expect(stage.model.update(.paste("qqq")) == .none)
    #expect(stage.text == before)
    for key: Key in [.function(12), .insertLike, .delete, .control("z")] { stage.press(key) }
    stage.press(.character("9"))
    #expect(stage.shows("there is no R9"))
  }

  @Test("space leads through a lesson, and Backspace back") func lesson() throws {
    let script = try Script(
      parsing: """
        title "The normal case"
        say "A request arrives."
        request alice append x a
        stop
        say "The primary proposes it."
        run until R0 pre-prepared 1
        stop "Look at R0."
        run until alice/1 accepted
        expect executed 1
        say "Done."
        """)
    var stage = try Stage(lesson: Lesson(script))
    #expect(stage.shows("The normal case. Press space to begin."))
    stage.press(.character(" "))
    #expect(stage.shows("1/3 A request arrives."))
    stage.press(.character(" "))
    #expect(stage.shows("2/3 The primary proposes it. Look at R0."))
    stage.press(.character(" "))
    #expect(stage.shows("3/3 Done.") && stage.shows("accepted a"))
    stage.press(.character(" "))
    #expect(stage.shows("the lesson is over"))
    stage.press(.backspace)
    #expect(stage.shows("2/3 The primary"))
    stage.press(.character(" "))
    #expect(stage.shows("3/3 Done."))

    // Another story has passed only the stops before it parted; the lesson goes on where it was told.
    stage.press(.backspace)
    stage.press(.left)
    stage.press(.character("c"))
    #expect(stage.shows("1/3 A request arrives.") && stage.model.history.branch == 1)
    stage.press(.backspace)
    #expect(stage.shows("1/3 A request arrives.") && stage.model.history.step == 1)
    stage.press(.character(" "))
    #expect(stage.shows("2/3 The primary proposes it.") && stage.model.history.branch == 0)
  }

  @Test("a lesson goes on beside what was done at its stop, and says so") func lessonBeside() throws
  {
    let script = try Script(
      parsing: """
        say "One."
        request alice append x a
        stop
        request bob append x b
        say "Two."
        stop "Three."
        """)
    var stage = try Stage(lesson: Lesson(script))
    stage.press(.character(" "))
    stage.press(.right)
    stage.press(.character(" "))
    #expect(stage.shows("the lesson goes on as request-bob; what you did there is kept on main: o"))
    #expect(stage.shows("2/2 Two. Three.") && stage.model.history.branches.count == 2)
    // Stops that share a moment are told apart by which was gone to.
    stage.press(.backspace)
    #expect(stage.shows("1/2 One.") && stage.model.history.step == 1)
    stage.press(.character(" "))
    #expect(stage.shows("2/2 Two. Three.") && stage.model.history.branch == 1)
  }

  @Test("Esc leads back to the page Cluster, and the help keeps keys from acting behind it")
  func escape() throws {
    var stage = try Stage()
    stage.press(.character("T"))
    #expect(stage.model.page == .timeline)
    stage.press(.character("?"))
    let world = stage.model.world
    for key: Key in [.character("c"), .character(" "), .right, .character("x")] {
      stage.press(key)
      #expect(stage.model.world == world && stage.shows("the help is open"))
    }
    stage.press(.escape)
    #expect(stage.model.overlay == nil && stage.model.page == .timeline)
    stage.press(.escape)
    #expect(stage.model.page == .cluster)
  }

  @Test("a note need not be closed, and says what it takes the place of") func notes() throws {
    var stage = try Stage()
    stage.press(.right)
    for text in ["first", "second"] {
      stage.press(.character("\""))
      for character in text { stage.press(.character(character)) }
      stage.press(.enter)
      #expect(stage.model.history.note(at: stage.model.history.step) == text)
    }
    #expect(stage.shows("it stands in the place of \"first\""))
  }

  @Test("every key at every moment does no harm") func everyKey() throws {
    var stage = try Stage()
    for round in 0..<6 {
      for entry in Keys.table where entry.action != .quit {
        for key in entry.keys {
          stage.press(key)
          if stage.model.overlay == .palette { stage.press(.escape) }
          _ = stage.picture(60 + round * 13, 18 + round * 5)
        }
      }
    }
    stage.press(.escape)
    #expect(stage.shows("q quit"))
  }
}

extension Key {
  /// Some key that nobody uses.
  fileprivate static var insertLike: Key { .function(24) }
}
