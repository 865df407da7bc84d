import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// The page from which everything begins anew without leaving.
@Suite struct StartPageTests {
  static let sizes = [(64, 20), (80, 24), (100, 28), (160, 45)]

  @Test("S shows the demos, a world of one's own and the pages of the rules", arguments: sizes)
  func golden(_ columns: Int, _ rows: Int) throws {
    var stage = try Stage.starting()
    try expectGolden(stage.picture(columns, rows), "start-\(columns)x\(rows)")
    guard columns == 80 else { return }
    stage.press(.down, times: 4)
    stage.press(.enter)
    try expectGolden(stage.picture(columns, rows), "start-setting-80x24")
    stage.press(.escape, .character("i"))
    try expectGolden(stage.picture(columns, rows), "start-ascii-80x24")
  }

  @Test("every row can be reached at every size, and each is seen with what it is") func reach()
    throws
  {
    for (columns, rows) in Self.sizes + [(60, 18), (300, 100)] {
      var stage = try Stage.starting()
      let words =
        ["normal", "crash", "n ", "K ", "L ", "W ", "T ", "clients ", "seed ", "latency "]
        + ["primaries ", "scheme ", "pace ", "Begin anew", "join", "one-vote"]
      stage.press(.pageUp, times: 3)
      for word in words {
        let picture = stage.picture(columns, rows)
        let line = picture.text.split(separator: "\n").first { $0.contains("►\(word)") }
        #expect(line != nil, "\(word) at \(columns)x\(rows):\n\(picture.text)")
        stage.press(.down)
      }
      stage.press(.down, .pageDown, times: 3)
      #expect(stage.picture(columns, rows).text.contains("►one-vote"))
    }
  }

  @Test("Enter opens a demo, and restarts the one that is open") func demos() throws {
    var stage = try Stage.starting()
    #expect(stage.shows("►crash") && stage.shows("open now") && stage.shows("Enter restarts it"))
    #expect(stage.press(.enter) == .open("demos/crash.pbft"))
    stage.press(.up)
    #expect(stage.shows(": open normal"))
    #expect(stage.press(.enter) == .open("demos/normal.pbft"))
    stage.press(.pageDown, .pageDown)
    #expect(stage.press(.enter) == .open("demos/rules/one-vote.pbft"))
  }

  @Test("a file that is no demo stands first, and is opened again") func file() throws {
    var stage = try Stage.starting()
    stage.model.openFile = "/lectures/monday.pbft"
    #expect(stage.shows("►the file /lectures/monday.pbft  open now"))
    #expect(stage.press(.enter) == .open("/lectures/monday.pbft"))
  }

  @Test("without any demo the page says how a file is opened") func none() throws {
    var stage = try Stage()
    stage.press(.character("S"))
    #expect(stage.shows("no page was found") && stage.shows("►n "))
    stage.press(.character("/"))
    #expect(stage.shows(": open █"))
  }

  @Test("settings are changed one by one, and Begin anew asks for that world") func begin() throws {
    var stage = try Stage.starting()
    for (setting, downs) in [("n", 1), ("K", 0), ("seed", 1)] {
      stage.goToRow(setting)
      stage.press(.enter)
      stage.press(.down, times: downs)
      if setting == "K" { stage.press(.up) }
      stage.press(.enter)
      #expect(stage.model.overlay == nil)
    }
    stage.goToRow("latency")
    stage.press(.enter)
    stage.type("20ms..300ms")
    #expect(stage.shows("another: 20ms..300ms█"))
    stage.press(.enter)
    stage.goToRow("Begin anew")
    #expect(stage.shows("Begin anew with n=7 K=2 L=10 "))
    var wanted = stage.model.world.configuration
    wanted.settings.cluster = try #require(Cluster(replicaCount: 7))
    wanted.settings.checkpointInterval = 2
    wanted.seed = 2
    wanted.leastLatency = .milliseconds(20)
    wanted.mostLatency = .milliseconds(300)
    #expect(stage.press(.enter) == .begin(wanted))
  }

  @Test(
    "what makes no sense is refused with its reason and a value that would do",
    arguments: [
      ("K", "20", "expected a number from K = 20 to 4000", "K=10 would do"),
      ("L", "3", "L = 3: expected a number from K = 5", "L=10 would do"),
      ("W", "99", "expected a number from 1 to L = 10", "W=10 would do"),
      ("n", "6", "n = 6 is not 3f + 1", "n=7 would do"),
      ("n", "5", "n = 5 is not 3f + 1", "n=4 would do"),
      ("T", "1ms", "expected 2 ms to 3600 s", "T=2s would do"),
      ("clients", "0", "expected a number from 1 to 64", "clients=1 would do"),
      ("latency", "9ms..3ms", "the least first", "would do"),
      ("seed", "7x", "is no seed", "seed=7 would do"),
    ])
  func refused(_ setting: String, _ value: String, _ reason: String, _ help: String) throws {
    var stage = try Stage.starting()
    stage.goToRow(setting)
    stage.press(.enter)
    stage.type(value)
    let told = stage.flat(160, 45)
    #expect(told.contains("not so: ") && told.contains(reason) && told.contains(help))
    let before = stage.model
    stage.press(.enter)
    #expect(stage.model.overlay == before.overlay && stage.model.notice?.isRefusal == true)
    stage.press(.escape)
    stage.goToRow("Begin anew")
    #expect(stage.press(.enter) == .begin(stage.model.world.configuration))
  }

  @Test("the pace is changed at once") func pace() throws {
    var stage = try Stage.starting()
    stage.goToRow("pace")
    stage.press(.enter, .down, .enter)
    #expect(stage.model.speed == .fast && stage.shows("pace       x2"))
  }

  @Test("time goes on behind the page, and Esc leads back to the cluster") func time() throws {
    var stage = try Stage.starting()
    stage.press(.right, .right)
    #expect(stage.model.history.step == 3 && stage.model.page == .start)
    stage.press(.left, .escape)
    #expect(stage.model.history.step == 2 && stage.model.page == .cluster)
  }

  @Test("in the palette: open a demo, a file or again, and a world") func palette() throws {
    var stage = try Stage.starting()
    stage.type(":open cra")
    #expect(stage.shows("crash") && stage.shows("The primary crashes"))
    stage.press(.tab)
    #expect(stage.press(.enter) == .open("demos/crash.pbft"))
    for (line, response) in [
      ("open again", Response.open("demos/crash.pbft")),
      ("open NORMAL", .open("demos/normal.pbft")),
      ("open \"a b.pbft\"", .open("a b.pbft")), ("open ./x", .open("./x")),
      ("world", .none), ("open nowhere", .none), ("world n=5", .none),
    ] {
      stage.press(.escape, .escape)
      stage.type(":" + line)
      #expect(stage.press(.enter) == response, "\(line)")
    }
    #expect(stage.shows("n = 5 is not 3f + 1"))
    stage.press(.control("u"))
    stage.type("world n=7 K=2 seed=9")
    var wanted = Configuration(seed: 9)
    wanted.settings.cluster = try #require(Cluster(replicaCount: 7))
    wanted.settings.checkpointInterval = 2
    #expect(stage.press(.enter) == .begin(wanted))
    // Where no file is open, the same world begins again.
    stage.model.openFile = nil
    stage.press(.control("u"))
    stage.type("open again")
    #expect(stage.press(.enter) == .begin(stage.model.world.configuration))
  }

  @Test("a click chooses a row, and a second one does it; in the window too") func mouse() throws {
    for (columns, rows) in Self.sizes {
      var stage = try Stage.starting()
      stage.size = Size(columns: columns, rows: rows)
      _ = stage.model.update(.resize(stage.size))
      let normal = try #require(stage.place(of: "normal"))
      #expect(stage.click(normal) == .none && stage.picture(columns, rows).text.contains("►normal"))
      #expect(stage.click(normal) == .open("demos/normal.pbft"))
      stage.goToRow("n")
      stage.press(.enter)
      let seven = try #require(stage.place(of: "7   f = 2"))
      stage.click(seven)
      #expect(stage.model.overlay != nil)
      stage.click(seven)
      #expect(stage.model.overlay == nil)
      #expect(stage.picture(columns, rows).text.contains("n          7"))
    }
  }

  @Test("another story keeps how it is looked at, and the demos") func opening() throws {
    var stage = try Stage.starting()
    stage.press(.character("t"), .character("i"), .character("+"), .character("m"), .character("*"))
    let was = stage.model
    stage.model.open(History(Configuration(scheme: .ideal)), nil)
    let now = stage.model
    #expect(now.theme.name == was.theme.name && now.glyphs.isASCII && now.isBig)
    #expect(now.hasMouse == was.hasMouse && now.speed == was.speed && now.demos == was.demos)
    #expect(now.page == .cluster && now.history.step == 0)
  }

  @Test("where nothing is journalled, the page does not say that it is") func notKept() throws {
    var stage = try Stage.starting()
    #expect(stage.shows("is kept: pbftscope resume --list"))
    stage.model.isKept = false
    #expect(stage.shows("is not kept; save"))
  }
}

extension Stage {
  /// The page with a few demos, the second of which is open.
  fileprivate static func starting() throws -> Stage {
    var stage = try Stage()
    stage.model.demos =
      [("normal", "The normal case", 8), ("crash", "The primary crashes", 9)].map {
        DemoFile(name: $0.0, path: "demos/\($0.0).pbft", title: $0.1, stops: $0.2, isOfRule: false)
      }
      + [("join", "nobody follows f + 1 others", 2), ("one-vote", "each copy of a vote counts", 1)]
      .map {
        DemoFile(
          name: $0.0, path: "demos/rules/\($0.0).pbft", title: "Without \($0.0): \($0.1)",
          stops: $0.2, isOfRule: true)
      }
    stage.model.openFile = "demos/crash.pbft"
    stage.press(.character("S"))
    return stage
  }

  /// Goes to the row that begins with a word.
  fileprivate mutating func goToRow(_ word: String) {
    press(.character("S"))
    press(.pageUp, times: 3)
    for _ in 0..<30 where !picture(160, 45).text.contains("►\(word) ") { press(.down) }
  }

  /// The screen without frames and line breaks.
  fileprivate func flat(_ columns: Int, _ rows: Int) -> String {
    picture(columns, rows).text.split(whereSeparator: { $0.isWhitespace || $0 == "┃" })
      .joined(separator: " ")
  }

  @discardableResult
  fileprivate mutating func click(_ position: Position) -> Response {
    model.update(.mouse(Mouse(.left, at: position)))
  }

  /// Where a text is on the screen for the first time, below the names of the pages.
  fileprivate func place(of text: String) -> Position? {
    let rows = draw(model, size).text.split(separator: "\n", omittingEmptySubsequences: false)
    for (y, line) in rows.enumerated() where y > 1 {
      let start = line.indices.first { line[$0...].hasPrefix(text) }
      if let start { return Position(x: line.distance(from: line.startIndex, to: start), y: y) }
    }
    return nil
  }
}
