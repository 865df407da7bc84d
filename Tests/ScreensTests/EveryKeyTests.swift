import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// What is pressed is either done or answered.
@Suite struct EveryKeyTests {
  /// Moments of all kinds: at the start, amid a run, in the past, crashed, with nothing on its way.
  private static let scenes: [(name: String, lines: [String])] = [
    ("the start", []),
    ("amid a request", ["step 9"]),
    ("in the past", ["step 9", "back 4"]),
    (
      "after a view change",
      ["crash R0", "run until alice/1 accepted", "request bob append x b", "step 3"]
    ),
    ("idle", ["run 60s"]),
    ("a liar", ["misbehave R1 wrong-digest", "step 12"]),
    ("two branches", ["step 8", "crash R1", "step 5", "back 9", "crash R2", "step 3"]),
  ]

  private func stage(_ lines: [String]) throws -> Stage {
    var stage = try Stage()
    _ = stage.model.update(.resize(Size(columns: 120, rows: 40)))
    for line in lines {
      stage.command(line)
      #expect(stage.model.overlay == nil, "\(line): \(stage.model.prompt)")
    }
    return stage
  }

  @Test("every key on every page does something or says why not", arguments: 0..<7)
  func answered(_ index: Int) throws {
    let scene = Self.scenes[index]
    let start = try stage(scene.lines)
    for page in Page.allCases {
      var shown = start
      if page != shown.model.page {
        shown.press(.character(page.letter))
        #expect(shown.model.page == page)
      }
      let before = shown.picture(120, 40)
      for entry in Keys.table {
        // Escape leads out of things; where one is in nothing, it is harmless.
        for key in entry.keys where key != .escape {
          var stage = shown
          let response = stage.press(key)
          // The notice of what was done before goes with any key; that alone is no answer.
          let isSame = stage.picture(120, 40) == before
          #expect(
            response != .none || stage.model.notice != nil || !isSame || stage.model.overlay != nil,
            "\(key) (\(entry.hint)) on the page \(page), \(scene.name)")
        }
      }
    }
  }

  @Test("the keys of a presenter's remote lose nothing", arguments: 0..<7)
  func remote(_ index: Int) throws {
    let scene = Self.scenes[index]
    var stage = try stage(scene.lines)
    let known = stage.model.history.branches.map(\.end)
    let keys: [Key] = [.pageUp, .pageDown, .character("."), .function(5), .escape]
    for page in Page.allCases {
      stage.press(.escape, .escape, .character(page.letter))
      // Every pair of them, one after the other.
      for pair in 0..<keys.count * keys.count {
        let key = keys[pair.isMultiple(of: 2) ? pair / keys.count : pair % keys.count]
        #expect(stage.press(key) != .quit)
        _ = stage.model.update(.tick)
      }
    }
    // What was known is known still, and nothing was done but to let time go on.
    let now = stage.model.history.branches.map(\.end)
    #expect(now.count == known.count && zip(known, now).allSatisfy { $0 <= $1 })
  }
}
