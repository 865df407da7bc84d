internal import CTerminal

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Why no picture can be drawn, and what to try instead.
public enum ConsoleError: Error, Hashable, Sendable {
  /// The process belongs to no terminal, as under cron or in a container without one.
  case noTerminal
  /// TERM is unset or empty.
  case noName
  /// The system knows no terminal of this name.
  case unknownName(String)
  /// The terminal cannot place its cursor or clear its screen.
  case dumb(String)
  /// The system refused something; its reason.
  case refused(String)

  init?(_ result: CTStart) {
    // Before anything else is called, which might change it.
    let reason = errno
    let name = String(cString: ct_term())
    switch result {
    case .running: return nil
    case .noTerminal: self = .noTerminal
    case .noName: self = .noName
    case .unknownName: self = .unknownName(name)
    case .dumb: self = .dumb(name)
    case .failed: self = .refused(String(cString: strerror(reason)))
    }
  }
}

extension ConsoleError: CustomStringConvertible {
  /// What is wrong, and on the next line what to try.
  public var description: String {
    let anotherName = "try: TERM=xterm-256color pbftscope"
    return switch self {
    case .noTerminal: "there is no terminal to draw on\ntry: run it from a terminal window"
    case .noName: "TERM is not set, so the terminal is unknown\n\(anotherName)"
    case .unknownName(let name): "this system has no description of TERM=\(name)\n\(anotherName)"
    case .dumb(let name): "TERM=\(name) cannot show a full screen\n\(anotherName)"
    case .refused(let reason): "the terminal cannot be used: \(reason)"
    }
  }
}
