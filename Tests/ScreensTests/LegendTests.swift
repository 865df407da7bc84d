import Cells
import Language
import PBFT
import Simulation
import Testing

@testable import Screens

/// Whatever mark a page draws, the legend tells what it stands for.
@Suite struct LegendTests {
  /// Worlds in which everything is to be seen that can become of votes, messages and replicas.
  static let stories: [[String]] = [
    [], ["step 9"], ["crash R0", "run until alice/1 accepted", "run 40ms"],
    ["misbehave R1 wrong-digest", "step 12"],
    [
      "equivocate R0 alice/1>R1,R2 bob/1>R3", "request bob append y b", "run 200ms", "cut R0>R1",
      "twin R3", "run 700ms",
    ],
    [
      "cut R0>R1", "step 6", "duplicate #?", "step 2", "hold #?", "lose R2>R3 50%", "step 5",
      "crash R2", "run 3s",
    ],
    ["load 300ms", "run 5s", "back 9", "crash R2", "step 3", "note \"here\""],
    ["rule one-vote off", "step 1", "misbehave R0 by-hand", "alter #? n 2", "step 9"],
  ]

  @Test("every mark that a page draws is in the legend", arguments: 0..<stories.count)
  func complete(_ index: Int) throws {
    var stage = try Stage()
    for line in Self.stories[index] {
      // The newest copy on its way stands for any.
      let newest = stage.model.world.inFlight.map(\.id).max() ?? 0
      stage.command(line.replacing("#?", with: "#\(newest)"))
      #expect(stage.model.overlay == nil, "\(line): \(stage.text)")
    }
    let known = Self.known(stage.model)
    for size in [Size(columns: 64, rows: 20), Size(columns: 160, rows: 45)] {
      _ = stage.model.update(.resize(size))
      for page in Page.allCases {
        for keys: [Key] in [
          [], [.character("z")], [.character("+")], [.character("/")], [.up, .up],
        ] {
          var shown = stage
          shown.press(.character(page.letter))
          for key in keys { shown.press(key) }
          for scalar in draw(shown.model, size).text.unicodeScalars where Self.isMark(scalar) {
            #expect(
              known.contains(scalar),
              "\(scalar) on \(page) at \(size.columns)x\(size.rows) after \(keys)")
          }
        }
      }
    }
  }

  // In ASCII there are not enough characters for that; there the place tells too.
  @Test("no two meanings of one chapter have the same mark")
  func distinct() throws {
    for chapter in Scene(try Stage().model).legend where !chapter.title.hasPrefix("Letters") {
      let marks = chapter.lines.map(\.mark.text)
      let twice = marks.filter { mark in marks.count { $0 == mark } > 1 }
      #expect(twice.isEmpty, "\(chapter.title): \(twice)")
    }
  }

  private static func known(_ model: Model) -> Set<Unicode.Scalar> {
    Set(Scene(model).legend.flatMap { $0.lines.flatMap { $0.mark.text.unicodeScalars } })
  }

  /// Letters, digits, punctuation, the names of keys and the lines of frames need no telling.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case ..<0x80, 0x2190...0x2193, 0x2500...0x257F: false
    default: !scalar.properties.isAlphabetic
    }
  }
}
