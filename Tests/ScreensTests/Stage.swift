import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// A screen to press keys on.
struct Stage {
  var model: Model
  var size = Size(columns: 80, rows: 24)

  init(replicas: Int = 4, lesson: Lesson? = nil, request: Bool = true) throws {
    var configuration = lesson?.script.configuration ?? Configuration(scheme: .ideal)
    configuration.scheme = .ideal
    if lesson == nil {
      configuration.settings.cluster = try #require(Cluster(replicaCount: replicas))
    }
    var history = History(configuration)
    if request, lesson == nil {
      try history.perform(.request(ClientID(0), .append(key: "x", value: "a")))
    }
    model = Model(history: history, lesson: lesson)
  }

  @discardableResult
  mutating func press(_ keys: Key..., times: Int = 1) -> Response {
    var effect = Response.none
    for _ in 0..<times { for key in keys { effect = model.update(.key(key)) } }
    return effect
  }

  mutating func type(_ text: String) {
    for character in text { press(.character(character)) }
  }

  /// Types a command after `:` and enters it.
  mutating func command(_ line: String) {
    type(":" + line)
    press(.enter)
  }

  func picture(_ columns: Int, _ rows: Int) -> CellBuffer {
    draw(model, Size(columns: columns, rows: rows))
  }

  var text: String { picture(80, 24).text }

  /// All but the row that tells how far the history goes.
  var page: String {
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
    return (rows.prefix(22) + rows.suffix(1)).joined(separator: "\n")
  }

  /// The row of the timeline.
  func timeline(_ columns: Int = 80, _ rows: Int = 24) -> String {
    let lines = picture(columns, rows).text.split(
      separator: "\n", omittingEmptySubsequences: false)
    return lines.count == rows ? String(lines[rows - 2]) : ""
  }

  func shows(_ words: String) -> Bool { text.contains(words) }
}

/// The moments that the golden pictures show.
enum Moment: String, CaseIterable {
  case start, request, changing, changed

  func stage() throws -> Stage {
    var stage = try Stage()
    switch self {
    case .start: break
    case .request: stage.press(.right, times: 12)
    case .changing, .changed:
      // The primary crashes; the next request brings view 1.
      stage.press(.right, times: 12)
      stage.command("crash R0")
      stage.command("request bob append x b")
      stage.command("run until " + (self == .changing ? "R1 changing 1" : "bob/1 accepted"))
      stage.press(.character("1"))
    }
    return stage
  }
}
