import Cells
import Foundation
import Language
import PBFT
import Screens
import Simulation
import TmuxSupport

/// The program in a terminal, and beside it a model that is given the same inputs.
///
/// What the one shows must always be what the other draws.
struct Twin {
  let terminal: Tmux
  private(set) var model: Model
  private(set) var size: Size

  /// Starts the program, on a demo or without arguments, and waits for its first picture.
  static func started(
    demo: String? = nil, columns: Int = 80, rows: Int = 24, environment: String = "",
    glyphs: Glyphs = .unicode
  ) async throws -> Twin {
    let terminal = try Tmux(columns: columns, rows: rows, environment: environment)
    let path = demo.map { checkedOut("demos/\($0)") }
    try terminal.runProgram(path.map { "'\($0)'" } ?? "")
    let size = Size(columns: columns, rows: rows)
    var twin = Twin(terminal: terminal, model: try model(path, glyphs), size: size)
    _ = twin.model.update(.resize(size))
    try await twin.agree()
    return twin
  }

  private static func model(_ path: String?, _ glyphs: Glyphs) throws -> Model {
    if let path {
      let script = try Script(parsing: String(contentsOfFile: path, encoding: .utf8))
      var model = Model(
        history: History(script.configuration), lesson: Lesson(script), glyphs: glyphs)
      let folder = checkedOut("demos")
      model.demos =
        try demos(in: folder, areOfRules: false) + demos(in: folder + "/rules", areOfRules: true)
      model.openFile = path
      model.isKept = true
      return model
    }
    var history = History(Configuration())
    try history.perform(.request(ClientID(0), .append(key: "x", value: "a")))
    return Model(history: history, glyphs: glyphs)
  }

  /// The pages of a folder, as the program finds them beside the one that it opens.
  private static func demos(in folder: String, areOfRules: Bool) throws -> [DemoFile] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasSuffix(".pbft") }
      .map { name in
        let path = "\(folder)/\(name)"
        let script = try Script(parsing: String(contentsOfFile: path, encoding: .utf8))
        return DemoFile(
          name: String(name.dropLast(5)), path: path, title: script.title ?? "",
          stops: script.stopCount, isOfRule: areOfRules)
      }
  }

  /// What should be on the screen.
  var picture: String { withoutBlanks(draw(model, size).text) }

  /// Waits until the screen shows what should be on it.
  @discardableResult
  func agree() async throws -> String {
    let picture = picture
    return try await terminal.eventually(
      "the screen shows\n\(picture)\n", { withoutBlanks(try terminal.screen()) }
    ) { $0 == picture }
  }

  // MARK: Inputs for both

  mutating func press(_ key: Key, _ name: String) throws {
    try terminal.press(name)
    _ = model.update(.key(key))
  }

  /// Types characters in one burst.
  mutating func type(_ text: String) throws {
    try terminal.type(text)
    for character in text { _ = model.update(.key(.character(character))) }
  }

  /// Presses and releases a button of the mouse; 0 is the left one, 64 and 65 are the wheel.
  mutating func click(_ x: Int, _ y: Int, button: Int = 0) throws {
    let buttons: [Int: Mouse.Button] = [
      0: .left, 1: .middle, 2: .right, 64: .wheelUp, 65: .wheelDown,
    ]
    guard let mouse = buttons[button] else { return }
    let position = Position(x: x, y: y)
    let report = "\(button);\(x + 1);\(y + 1)"
    try terminal.send("\u{1B}[<\(report)M" + (button < 64 ? "\u{1B}[<\(report)m" : ""))
    _ = model.update(.mouse(Mouse(mouse, at: position)))
    if button < 64 { _ = model.update(.mouse(Mouse(mouse, .release, at: position))) }
  }

  /// Presses the left button, moves it while it is held, or releases it.
  mutating func point(_ action: Mouse.Action, _ x: Int, _ y: Int) throws {
    let report = "\(action == .drag ? 32 : 0);\(x + 1);\(y + 1)"
    try terminal.send("\u{1B}[<\(report)" + (action == .release ? "m" : "M"))
    _ = model.update(.mouse(Mouse(.left, action, at: Position(x: x, y: y))))
  }

  mutating func resize(columns: Int, rows: Int) throws {
    try terminal.resize(columns: columns, rows: rows)
    size = Size(columns: columns, rows: rows)
    _ = model.update(.resize(size))
  }
}

/// Each row without its trailing blanks, and without the empty rows at the end.
private func withoutBlanks(_ text: String) -> String {
  var rows = text.split(separator: "\n", omittingEmptySubsequences: false).map { row in
    var row = row
    while row.last == " " { row.removeLast() }
    return row
  }
  while rows.last?.isEmpty == true { rows.removeLast() }
  return rows.joined(separator: "\n")
}
