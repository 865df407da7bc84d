/// A command that makes no sense in this world at this moment.
public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in a sentence without a full stop.
  public let reason: String
  /// What would help, or empty.
  public let help: String

  public init(_ reason: String, help: String = "") {
    self.reason = reason
    self.help = help
  }

  public var description: String { help.isEmpty ? reason : "\(reason); \(help)" }
}
