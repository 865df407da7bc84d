/// What may come to a screen from outside: its whole alphabet.
public enum Input: Hashable, Sendable {
  case key(Key)
  case mouse(Mouse)
  /// The screen has this size now.
  case resize(Size)
  /// Text that was pasted, not typed; lines are separated by `\n`.
  case paste(String)
  /// The time that was asked for has passed.
  case tick
  /// The program has been told to end; it may still save first.
  case quit(QuitReason)
}

/// A key, or keys pressed together.
public enum Key: Hashable, Sendable {
  case character(Character)
  /// Ctrl and a key; letters are lower case.
  case control(Character)
  /// F1 is 1.
  case function(Int)
  case enter, escape, tab, backTab, backspace, delete
  case up, down, left, right
  case home, end, pageUp, pageDown
}

/// A button of the mouse pressed, released or held while the pointer moves, or its wheel turned by a notch.
public struct Mouse: Hashable, Sendable {
  public enum Button: Hashable, Sendable {
    case left, middle, right
    /// The wheel turned away from the user, who wants to see what is above; it is only ever pressed.
    case wheelUp
    /// The wheel turned towards the user; it is only ever pressed.
    case wheelDown
  }

  public enum Action: Hashable, Sendable {
    case press, release
    /// The pointer has moved with the button held.
    case drag
  }

  public var position: Position
  public var button: Button
  public var action: Action

  public init(_ button: Button, _ action: Action = .press, at position: Position) {
    self.position = position
    self.button = button
    self.action = action
  }
}

/// Why a program is told to end.
public enum QuitReason: Hashable, CaseIterable, Sendable {
  /// Ctrl-C, SIGINT.
  case interrupt
  /// SIGTERM.
  case terminate
  /// The terminal has gone, SIGHUP.
  case hangUp
  /// Ctrl-\, SIGQUIT.
  case quit
}
