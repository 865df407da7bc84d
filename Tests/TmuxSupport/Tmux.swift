internal import Foundation

/// A terminal of a given size, with a shell in it, that a test can type into and look at.
///
/// It is real: tmux answers to the same control sequences as any other. Nothing here waits for a length
/// of time in the hope that it is enough; everything waits for what is to be seen.
public final class Tmux: Sendable {
  /// Long enough for a busy machine; a test that passes never waits as long.
  public static let patience = Duration.seconds(20)

  public static let isInstalled = (try? shell("command -v tmux")) != nil

  private let socket = FileManager.default.temporaryDirectory
    .appendingPathComponent("pbftscope-\(UUID().uuidString.prefix(8))").path

  /// Where programs in it keep what should outlive them: a folder of its own, gone with the terminal.
  public var stateHome: String { socket + "-state" }

  /// Starts a shell; `environment` is what `env` is told besides.
  public init(columns: Int = 80, rows: Int = 24, environment: String = "") throws {
    let shell =
      "env -u LC_ALL -u LC_CTYPE -u NO_COLOR -u SWIFT_BACKTRACE LANG=C.UTF-8 TERM=xterm-256color PS1='$ ' XDG_STATE_HOME=\(stateHome.quoted) env \(environment) sh"
    // Else tmux waits to see whether an Escape is the beginning of something.
    try Self.shell(
      """
      tmux -u -S \(socket.quoted) -f /dev/null set -g escape-time 0 \\; \
      new-session -d -x \(columns) -y \(rows) \(shell.quoted) > /dev/null 2>&1
      """)
  }

  deinit {
    _ = try? tmux("kill-server")
    for path in [socket, stateHome] { try? FileManager.default.removeItem(atPath: path) }
  }

  // MARK: Doing

  /// Types text, as it is.
  public func type(_ text: String) throws { try tmux("send-keys", "-l", text) }

  /// Presses keys by tmux's names for them, all in one burst.
  public func press(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

  /// Sends bytes to the program as if the terminal had.
  public func send(_ bytes: String) throws {
    try tmux(["send-keys", "-H"] + bytes.utf8.map { String($0, radix: 16) })
  }

  /// Types a command line and has the shell execute it.
  public func run(_ command: String) throws {
    try type(command)
    try press("Enter")
  }

  public func resize(columns: Int, rows: Int) throws {
    try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  public func paste(_ text: String) throws {
    try tmux("set-buffer", text)
    // With the marks of a paste, if the program has asked for them.
    try tmux("paste-buffer", "-p")
  }

  /// Ends what runs in it, and starts the shell again as it was.
  public func restart() throws { try tmux("respawn-pane", "-k") }

  public func close() throws { try tmux("kill-server") }

  // MARK: Seeing

  /// What is on the screen, each row without its trailing blanks, up to the last row that has something.
  public func screen() throws -> String { try tmux("capture-pane", "-p") + "\n" }

  /// What is on the screen, with the control sequences for its looks.
  public func colouredScreen() throws -> String { try tmux("capture-pane", "-p", "-e") }

  /// Has every byte that programs send to the terminal written to a file as well.
  public func record(to path: String) throws { try tmux("pipe-pane", "cat > \(path.quoted)") }

  /// One of tmux's variables.
  public func value(_ format: String) throws -> String { try tmux("display-message", "-p", format) }

  /// What a program may have left behind: the alternate screen, no cursor, the mouse, the keypad.
  public func modes() throws -> String {
    try value(
      """
      alternate #{alternate_on} cursor #{cursor_flag} mouse #{mouse_any_flag} \
      keypad #{keypad_flag}#{keypad_cursor_flag} running #{pane_current_command}
      """)
  }

  /// How the line discipline is set up.
  public func lineModes() throws -> String {
    try Self.shell("stty -a < \(value("#{pane_tty}"))").replacing(
      #/[0-9]+ (rows|columns);/#, with: "")
  }

  /// Waits until there is a text on the screen, and returns all of it.
  @discardableResult
  public func shows(_ text: String) async throws -> String {
    try await eventually("the screen shows “\(text)”", { try self.screen() }) { $0.contains(text) }
  }

  /// Waits until a value is as it should be, and returns it.
  @discardableResult
  public func eventually<Value>(
    _ what: String, _ value: () throws -> Value, until isRight: (Value) -> Bool
  ) async throws -> Value {
    let deadline = ContinuousClock.now + Self.patience
    while true {
      let found = try value()
      if isRight(found) { return found }
      if ContinuousClock.now > deadline { throw Disappointment(expected: what, found: "\(found)") }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  public struct Disappointment: Error, CustomStringConvertible {
    let expected: String
    let found: String
    public var description: String { "waited in vain until \(expected); instead:\n\(found)" }
  }

  // MARK: Means

  @discardableResult
  private func tmux(_ arguments: String...) throws -> String { try tmux(arguments) }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    try Self.shell("tmux -u -S \(socket.quoted) \(arguments.map(\.quoted).joined(separator: " "))")
  }

  /// Has the system's shell execute a command, and returns what it wrote.
  ///
  /// Not Foundation's `Process`: on Linux it takes a program for running as long as what that program
  /// started runs, and starting tmux starts a server.
  @discardableResult
  public static func shell(_ command: String) throws -> String {
    guard let output = popen("{ \(command)\n} 2>&1 < /dev/null", "r") else {
      throw Disappointment(expected: "there is a shell", found: String(cString: strerror(errno)))
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = fread(&buffer, 1, buffer.count, output)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    let status = pclose(output)
    let text = String(decoding: bytes, as: UTF8.self).trimmingSuffix { $0.isNewline }
    guard status == 0 else { throw Disappointment(expected: "`\(command)` succeeds", found: text) }
    return text
  }
}

extension String {
  /// One word of a shell's command line.
  fileprivate var quoted: String { "'" + replacing("'", with: #"'\''"#) + "'" }

  fileprivate func trimmingSuffix(while isUnwanted: (Character) -> Bool) -> String {
    var text = self[...]
    while let last = text.last, isUnwanted(last) { text.removeLast() }
    return String(text)
  }
}
