import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// The page of the tree.
@Suite struct BranchPageTests {
  @Test("every branch is a bar under the one it parted from, aligned by step") func tree() throws {
    let stage = try Stage.tree()
    for (columns, rows) in [(60, 18), (80, 24), (120, 36)] {
      try expectGolden(stage.picture(columns, rows), "timeline-\(columns)x\(rows)")
      let bars = stage.bars(columns, rows)
      let names = stage.model.history.branches.map(\.name)
      try #require(bars.map(\.name).sorted() == names.sorted(), "at \(columns)x\(rows)")
      let main = try #require(bars.first)
      #expect(main.name == "main" && main.start == 0)
      for bar in bars.dropFirst() {
        let branch = try #require(stage.model.history.branches.first { $0.name == bar.name })
        let parent = try #require(bars.first { $0.name == names[branch.parent ?? 0] })
        #expect(bar.start > parent.start && bar.start <= parent.end)
      }
      let ends = bars.sorted { $0.end < $1.end }.map { bar in
        stage.model.history.branches.first { $0.name == bar.name }?.end ?? 0
      }
      #expect(ends == ends.sorted())
    }
    var ascii = stage
    ascii.press(.character("i"))
    let picture = ascii.picture(80, 24)
    #expect(picture.isASCII)
    try expectGolden(picture, "timeline-80x24-ascii")
  }

  @Test("the facts of each row are those of the world at its end") func facts() throws {
    let stage = try Stage.tree()
    let rows = stage.picture(100, 36).text.split(separator: "\n")
    for (index, branch) in stage.model.history.branches.enumerated() {
      let world = stage.model.history.world(at: Simulation.Moment(branch: index, step: branch.end))
      let view = world.correct.map { world.replicas[$0.index].view.number }.max() ?? 0
      let executed = world.correct.map { world.replicas[$0.index].lastExecuted.number }.max() ?? 0
      let row = try #require(
        rows.first { $0.contains(" \(branch.name) ") && ($0.contains("├") || $0.contains("└")) })
      let words = row.split(separator: " ").suffix(4).map(String.init)
      let safe = world.violations.isEmpty ? "✓" : "!\(world.violations.count)"
      #expect(words == ["\(branch.end)", "v\(view)", "n\(executed)", safe], "\(row)")
    }
  }

  @Test("arrows choose, Enter goes to the end of the chosen branch, o to the next") func going()
    throws
  {
    var stage = try Stage.tree()
    let present = stage.model.history.branch
    #expect(stage.model.branchChoice == present)
    let step = stage.model.history.step
    stage.press(.enter)
    #expect(stage.model.history.step == step && stage.shows("note"))
    var seen: Set<Int> = []
    for _ in stage.model.history.branches { stage.press(.up) }
    for _ in stage.model.history.branches {
      seen.insert(stage.model.branchChoice)
      stage.press(.down)
    }
    #expect(seen == Set(stage.model.history.branches.indices))
    for _ in stage.model.history.branches { stage.press(.up) }
    #expect(stage.model.branchChoice == 0)
    stage.press(.enter)
    #expect(stage.model.history.branch == 0 && stage.model.history.step == stage.model.history.end)
    #expect(stage.shows("main: branch 1 of "))
    stage.press(.left)
    #expect(stage.model.history.step == stage.model.history.end - 1)
    stage.press(.character("o"))
    #expect(stage.model.history.branch == 1 && stage.model.branchChoice == 1)
    stage.press(.left, .character("n"))
    #expect(stage.model.branchChoice == stage.model.history.branches.count - 1)
  }

  @Test("a click on a bar goes to that moment of that branch, one on a name chooses it")
  func mouse() throws {
    for (columns, rows) in [(60, 18), (80, 24), (120, 36)] {
      let stage = try Stage.tree()
      for bar in stage.bars(columns, rows) {
        let index = try #require(stage.model.history.branches.firstIndex { $0.name == bar.name })
        let branch = stage.model.history.branches[index]
        for x in [bar.start, (bar.start + bar.end) / 2, bar.end] {
          var other = stage
          other.resize(columns, rows)
          other.mouse(.press, bar.x + x, bar.y)
          #expect(other.model.history.branch == index && other.model.branchChoice == index)
          let step = other.model.history.step
          #expect((branch.fork...branch.end).contains(step))
          if x == bar.end { #expect(step == branch.end) }
        }
        var other = stage
        other.resize(columns, rows)
        other.mouse(.press, 4, bar.y)
        #expect(other.model.branchChoice == index)
        #expect(other.model.history.branch == stage.model.history.branch)
      }
    }
  }

  @Test("more branches than rows: the chosen one is always seen") func many() throws {
    var stage = try Stage()
    stage.press(.right, times: 12)
    for number in 0..<30 {
      stage.press(.home)
      stage.press(.right, times: 1 + number % 4)
      stage.command("delay R0>R1 \(number + 1)ms")
      stage.press(.right, times: 4)
    }
    try #require(stage.model.history.branches.count == 31, "\(stage.text)")
    stage.press(.character("T"))
    for (columns, rows) in PictureTests.sizes + [(60, 18)] {
      for _ in 0..<31 { stage.press(.up) }
      for _ in 0..<31 {
        let name = stage.model.history.branches[stage.model.branchChoice].name
        let chosen = stage.picture(columns, rows).text.split(separator: "\n").first {
          $0.hasPrefix(" ►")
        }
        #expect(chosen?.contains(name.prefix(5)) == true, "\(name) at \(columns)x\(rows)")
        stage.press(.down)
      }
    }
  }

  @Test("deep in a tree every name can be read, and a short one leaves the heading its room")
  func deep() throws {
    var stage = try Stage()
    stage.press(.right, times: 12)
    #expect(stage.onTree(60, 18).contains("  branch 0"))
    for number in 1...30 {
      stage.press(.left)
      stage.command("delay R0>R1 \(number)ms")
      stage.press(.right, times: 3)
    }
    try #require(stage.model.history.branches.count == 31)
    for (columns, rows) in PictureTests.sizes + [(60, 18)] {
      #expect(
        stage.onTree(columns, rows).contains(" delay-R0-30 "), "\(stage.onTree(columns, rows))")
      #expect(stage.onTree(columns, rows).contains(" delay-R0-29 "))
    }
  }

  @Test("the choice stays on its branch when another is forgotten") func forgotten() throws {
    var stage = try Stage.tree()
    stage.command("goto main")
    stage.press(.character("T"))
    while stage.model.history.branches[stage.model.branchChoice].name != "silence-R1" {
      stage.press(.down)
    }
    stage.command("forget crash-R0")
    #expect(stage.model.history.branches.count == 3)
    #expect(stage.model.history.branches[stage.model.branchChoice].name == "silence-R1")
    stage.press(.enter)
    #expect(stage.shows("silence-R1: branch 3 of 3"), "\(stage.text)")
  }

  @Test("the notes of the chosen branch are listed, with their steps") func notes() throws {
    var stage = try Stage.tree()
    try stage.note("R2 stays up here")
    stage.press(.character("T"))
    #expect(stage.shows("\(stage.model.history.step)  \"R2 stays up here\""))
    stage.press(.up)
    #expect(!stage.shows("\(stage.model.history.step)  \"R2 stays up here\""))
  }
}

extension Stage {
  /// Three branches, one from another: a crash, no crash, and another crash; on the page of the tree.
  static func tree() throws -> Stage {
    var stage = try Stage()
    stage.command("crash R2")
    stage.command("request bob append x b")
    stage.press(.right, times: 70)
    stage.press(.home)
    stage.press(.right, times: 20)
    stage.command("restart R2")
    stage.press(.right, times: 90)
    stage.press(.left, times: 40)
    stage.command("crash R0")
    stage.press(.right, times: 60)
    stage.press(.home)
    stage.press(.right, times: 6)
    stage.command("silence R1")
    stage.press(.right, times: 30)
    stage.press(.character("T"))
    return stage
  }

  /// The page of the tree.
  func onTree(_ columns: Int, _ rows: Int) -> String {
    var stage = self
    stage.press(.character("T"))
    return stage.picture(columns, rows).text
  }

  struct Bar {
    let name: String
    let x: Int
    let y: Int
    /// In cells of the bar.
    let start: Int
    let end: Int
  }

  /// The bars of the page of the tree, as they are drawn.
  func bars(_ columns: Int, _ rows: Int) -> [Bar] {
    let lines = picture(columns, rows).text.split(separator: "\n", omittingEmptySubsequences: false)
    let names = Set(model.history.branches.map(\.name))
    guard let heading = lines.first(where: { $0.contains("branch ") && $0.contains(" exec") }),
      let zero = Array(heading).firstIndex(of: "0")
    else { return [] }
    return lines.enumerated().compactMap { y, line in
      let cells = Array(line)
      let words = line.split(whereSeparator: { " ►●".contains($0) }).map(String.init)
      // A long name may have been cut.
      let name = words.compactMap { word in
        names.first { $0 == word || word.hasSuffix("…") && $0.hasPrefix(word.dropLast()) }
      }.first
      guard let name, line.contains(" v"), y < rows - 5, cells.count > zero,
        let start = cells.indices.first(where: { $0 >= zero && "├└".contains(cells[$0]) }),
        let end = cells.indices.last(where: { $0 > start && "┤●".contains(cells[$0]) })
      else { return nil }
      return Bar(name: name, x: zero, y: y, start: start - zero, end: end - zero)
    }
  }
}
