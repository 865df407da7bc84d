import Cells
import Language
import PBFT
import Screens
import SeedSupport
import Simulation
import Testing

/// Whatever the page, the size and the world: nothing traps, nothing overlaps, and what must be there is.
@Suite struct LayoutTests {
  @Test(
    "every page at every size over random worlds: no trap, no overlap, nothing cut that must be seen",
    arguments: [4, 7, 13])
  func everything(_ count: Int) throws {
    for round in 0..<4 {
      var dice = Dice(seed: UInt64(count * 100 + round))
      var stage = try RandomStage.make(replicas: count, &dice)
      for page in Page.allCases {
        for window in RandomStage.windows {
          stage.model = RandomStage.opened(stage.model, page, window, &dice)
          for _ in 0..<2 {
            let size = Size(
              columns: 1 + dice.below(120),
              rows: dice.below(3) == 0 ? 1 + dice.below(17) : 18 + dice.below(33))
            check(stage.model, size, "n=\(count) round \(round) \(page) \(window)")
          }
        }
      }
    }
  }

  @Test("a page at every single size from 1x1 to 120x50", arguments: Page.allCases)
  func everySize(_ page: Page) throws {
    // Six worlds in turn, each after other faults.
    let models = try (0..<6).map { round in
      var dice = Dice(seed: UInt64(700 + round))
      let stage = try RandomStage.make(replicas: [4, 7, 13][round % 3], &dice)
      return RandomStage.opened(stage.model, page, [], &dice)
    }
    for columns in 1...120 {
      for rows in 1...50 {
        let round = (columns + rows) % models.count
        let (model, size) = (models[round], Size(columns: columns, rows: rows))
        let name = "seed \(700 + round) \(page) \(columns)x\(rows)"
        // Each piece alone, and what must be seen, at every eleventh size, each page at others.
        if (columns * 50 + rows + (Page.allCases.firstIndex(of: page) ?? 0)) % 11 == 0 {
          check(model, size, name)
        } else {
          #expect(draw(model, size).size == size, "\(name)")
          if size.columns >= leastSize.columns, size.rows >= leastSize.rows {
            checkDisjoint(parts(of: model, size), size, name)
          }
        }
      }
    }
  }

  @Test("large screens", arguments: [(200, 60), (300, 100), (60, 18), (60, 100), (300, 18)])
  func large(_ columns: Int, _ rows: Int) throws {
    for count in [4, 10, 13] {
      var dice = Dice(seed: UInt64(count))
      let stage = try RandomStage.make(replicas: count, &dice)
      for page in Page.allCases {
        let model = RandomStage.opened(stage.model, page, [], &dice)
        check(model, Size(columns: columns, rows: rows), "n=\(count) \(page)")
      }
    }
  }

  /// What holds for every picture.
  private func check(_ model: Model, _ size: Size, _ context: String) {
    let picture = draw(model, size)
    let name =
      "\(context) \(size.columns)x\(size.rows) big \(model.isBig) zoomed \(model.isZoomed) step \(model.history.step)"
    guard size.columns >= leastSize.columns, size.rows >= leastSize.rows else {
      _ = parts(of: model, size)
      return
    }
    let all = parts(of: model, size)
    checkDisjoint(all, size, name)
    for part in all { checkInside(part, all, size, name) }
    let footer = String(
      picture.lines(of: Region(x: 0, y: size.rows - 1, columns: size.columns, rows: 1))[0])
    #expect(footer.contains("? help") && footer.contains("q quit"), "\(name)")
    let hints = footer.split(separator: "  ").filter { $0.contains(" ") }.count
    #expect(hints >= 5, "\(name): \(footer)")
    let header = picture.lines(of: Region(x: 0, y: 0, columns: size.columns, rows: 1))[0]
    let faulty = model.world.guarantee.count
    #expect(header.contains("\(faulty)/\(model.world.guarantee.tolerated)"), "\(name): \(header)")
    if model.page == .cluster, model.focus == .replicas {
      let pane = all.first { $0.name == "\(model.replica)" }?.region
      #expect(pane.map { $0.columns >= (model.isBig ? 11 : 15) && $0.rows >= 6 } == true, "\(name)")
    }
  }

  /// The regions of the pieces lie inside the screen, and no two share a cell but where one is a window.
  private func checkDisjoint(_ all: [PicturePart], _ size: Size, _ name: String) {
    let screen = Region(size: size)
    for (place, part) in all.enumerated() where !part.region.isEmpty {
      #expect(part.region.intersection(screen) == part.region, "\(name): \(part.name)")
      for other in all[(place + 1)...] where !other.isOver && !part.isOver {
        #expect(
          part.region.intersection(other.region).isEmpty, "\(name): \(part.name), \(other.name)")
      }
    }
  }

  /// A piece drawn alone leaves every cell outside its region as it was.
  ///
  /// A page may draw the rows below it too, but nothing there that these rows would not draw themselves.
  private func checkInside(
    _ part: PicturePart, _ all: [PicturePart], _ size: Size, _ name: String
  ) {
    let untouched = Cell(" ", Style(Role(255)))
    var alone = CellBuffer(size: size, filledWith: untouched)
    part.draw(&alone)
    var allowed = CellBuffer(size: size, filledWith: untouched)
    if part.name == "page" { for other in all where other.isOfPage { other.draw(&allowed) } }
    for y in 0..<size.rows {
      for x in 0..<size.columns where !part.region.contains(Position(x: x, y: y)) {
        guard alone[x, y] != allowed[x, y] else { continue }
        Issue.record(
          "\(name): \(part.name) draws \"\(alone[x, y].glyph)\" at \(x),\(y) outside \(part.region)"
        )
        return
      }
    }
  }
}

/// Numbers that are the same every time.
struct Dice {
  private var source: SplitMix64

  init(seed: UInt64) { source = SplitMix64(seed) }

  mutating func below(_ bound: Int) -> Int { Int(source.next() % UInt64(bound)) }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
}

/// Worlds in which something has happened: faults, crashes, view changes, several clients.
enum RandomStage {
  /// The keys that open what can lie over a page.
  static let windows: [[Key]] = [
    [], [.character("?")], [.character(":"), .character("a")], [.character("k")],
    [.character("b"), .pageDown], [.character("y")], [.character("p")], [.character("v")],
  ]

  static func make(replicas: Int, _ dice: inout Dice) throws -> Stage {
    var stage = try Stage(replicas: replicas)
    let f = (replicas - 1) / 3
    for _ in 0..<(3 + dice.below(5)) {
      let replica = "R\(dice.below(replicas))"
      let other = "R\(dice.below(replicas))"
      stage.command(
        dice.pick([
          "crash \(replica)", "restart \(replica)", "equivocate \(replica)", "silence \(replica)",
          "misbehave \(replica) wrong-digest", "hold \(replica)>\(other)", "cut \(replica)>*",
          "request bob append some-longer-key and-a-value", "request alice append x \(f)",
          "run until \(other) changing 1", "run 900ms", "load 200ms", "rule one-vote off",
          "note \"somebody has much to say about this moment, more than fits on one row\"",
        ]))
      stage.press(.right, times: dice.below(25))
      if dice.below(3) == 0 { stage.press(.character("w")) }
    }
    if dice.below(2) == 0 { stage.press(.left, times: 4) }
    return stage
  }

  /// The same, looking at a page, with a window over it, large or zoomed or neither.
  static func opened(_ model: Model, _ page: Page, _ window: [Key], _ dice: inout Dice) -> Model {
    var model = model
    func press(_ key: Key) { _ = model.update(.key(key)) }
    let letters: [Page: Character] = [
      .cluster: "C", .ladder: "L", .quorums: "Q", .viewChange: "V", .message: "M", .rules: "R",
      .timeline: "T", .start: "S",
    ]
    press(.escape)
    press(.escape)
    press(.character(letters[page] ?? "C"))
    for _ in 0..<dice.below(4) { press(.tab) }
    if dice.below(3) == 0 { press(.down) }
    if model.isBig != (dice.below(4) == 0) { press(.character(model.isBig ? "-" : "+")) }
    if model.isZoomed != (dice.below(4) == 0) { press(.character("z")) }
    if dice.below(2) == 0 { press(.function(12)) }
    for key in window { press(key) }
    return model
  }
}
