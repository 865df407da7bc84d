internal import Cells
internal import Foundation
internal import Screens

/// The linear mode: `pbftscope --plain`.
extension Sitting {
  /// How large a page is that is asked for as text, unless another size is named.
  private static let pageSize = Size(columns: 80, rows: 24)

  /// Takes lines until one says quit, or there are no more; each is answered before the next is read.
  ///
  /// No terminal is needed and none is changed. A prompt is shown where a person types.
  mutating func converse() throws {
    // Where files may not grow, a write is refused and the program goes on.
    signal(SIGXFSZ, SIG_IGN)
    _ = model.update(.resize(Self.pageSize))
    let isTyped = isatty(STDIN_FILENO) == 1
    lookForDemos()
    var output = LineOutput()
    model.tellNotice { output.write($0) }
    model.greet { output.write($0) }
    while output.isWhole {
      if isTyped { output.prompt(model.linearPrompt) }
      guard let line = readLine() else {
        if isTyped { output.write("") }
        break
      }
      let response = model.hear(line) { output.write($0) }
      if response == .quit { break }
      carryOut(response)
      record()
      model.tellNotice { output.write($0) }
    }
    record()
    guard output.isWhole else { throw fail("stdout: could not be written to the end") }
  }

  /// What concerns files; what concerns the look of a screen means nothing here.
  private mutating func carryOut(_ response: Response) {
    switch response {
    case .save(let path): save(path)
    case .load(let path, let line): load(path, toLine: line)
    case .open(let path): open(path)
    case .begin(let configuration): begin(configuration)
    case .picture: savePicture(of: Self.pageSize)
    case .none, .redraw, .mouse, .quit: break
    }
  }
}

/// Lines that whoever listens gets at once.
private struct LineOutput {
  /// Whether everything could be written so far.
  private(set) var isWhole = true

  mutating func write(_ line: String) { send(line + "\n") }

  mutating func prompt(_ text: String) { send(text) }

  private mutating func send(_ text: String) {
    guard isWhole else { return }
    do { try FileHandle.standardOutput.write(contentsOf: Data(text.utf8)) } catch {
      isWhole = false
    }
  }
}
