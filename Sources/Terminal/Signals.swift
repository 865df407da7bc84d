internal import Cells

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

extension QuitReason {
  /// The number of the signal that has this meaning.
  var signal: Int32 {
    switch self {
    case .interrupt: SIGINT
    case .terminate: SIGTERM
    case .hangUp: SIGHUP
    case .quit: SIGQUIT
    }
  }

  /// The meaning of a signal, if it is one that asks the program to end.
  init?(signal: Int32) {
    guard let reason = Self.allCases.first(where: { $0.signal == signal }) else { return nil }
    self = reason
  }
}
