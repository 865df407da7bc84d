/// The state of a world as one number, to be shown and to be compared: `~a41fc09e5b2d7716`.
///
/// Equal worlds have equal hashes, in every process and on every machine; of two different ones the hashes
/// are equal once in 2⁶⁴.
public struct StateHash: Hashable, Sendable, CustomStringConvertible {
  public let bits: UInt64

  public init(bits: UInt64) { self.bits = bits }

  /// Reads what `description` writes: `~` and sixteen hexadecimal digits in lower case.
  public init?(_ text: String) {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first == UInt8(ascii: "~"), digits.count == 16 else { return nil }
    var bits = UInt64(0)
    for digit in digits {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        bits = bits << 4 | UInt64(digit - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"):
        bits = bits << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
      default: return nil
      }
    }
    self.bits = bits
  }

  public var description: String {
    let digits = String(bits, radix: 16)
    return "~" + String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The first four digits, for a screen: `~a41f`.
  public var short: String { String(description.prefix(5)) }
}
