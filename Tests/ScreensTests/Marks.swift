import Cells
import Foundation
import Language
import Screens

/// Some cells side by side that are marked as changed.
struct Mark: Hashable, CustomStringConvertible {
  let x: Int
  let y: Int
  let text: String

  var description: String { "\(x),\(y) \(text)" }
}

extension CellBuffer {
  /// What is marked as changed, row by row.
  var marks: [Mark] { marks(in: region) }

  /// What is marked as changed within a region, row by row.
  func marks(in region: Region) -> [Mark] {
    var marks: [Mark] = []
    for y in region.y..<region.endY {
      var text = ""
      for x in region.x...region.endX {
        if x < region.endX, self[x, y].style.role == .changed {
          text.unicodeScalars.append(self[x, y].glyph)
        } else if !text.isEmpty {
          marks.append(Mark(x: x - text.unicodeScalars.count, y: y, text: text))
          text = ""
        }
      }
    }
    return marks
  }

  /// The panes of so many replicas that stand side by side, from the row below the header to their lower edges.
  func panes(_ count: Int) -> [Region] {
    let corners: [Unicode.Scalar] = ["└", "┗", "+", "#"]
    let end = (2..<size.rows).first { corners.contains(self[0, $0].glyph) } ?? size.rows - 1
    return Region(x: 0, y: 1, columns: size.columns, rows: end).columns(count)
  }

  /// The lines of a region.
  func lines(of region: Region) -> [String] {
    (region.y..<region.endY).map { y in
      String(
        String.UnicodeScalarView(row(y).dropFirst(region.x).prefix(region.columns).map(\.glyph)))
    }
  }
}

/// A demo that is there to be opened.
enum Demo: String, CaseIterable {
  case normal = "1-normal-case"
  case crash = "2-primary-crash"
  case delayed = "3-delayed-link"
  case equivocation = "4-equivocation"

  var lesson: Lesson { get throws { try Self.lesson(rawValue) } }

  /// A script among the demos, by its name without the ending.
  static func lesson(_ name: String) throws -> Lesson {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../demos/\(name).pbft")
    return Lesson(try Script(parsing: String(contentsOf: file, encoding: .utf8)))
  }

  /// The demo gone through to its end.
  func played() throws -> Stage {
    var stage = try Stage(lesson: lesson)
    for _ in 0..<30 { stage.press(.character(" ")) }
    return stage
  }
}
