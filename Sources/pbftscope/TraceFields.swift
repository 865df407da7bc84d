internal import Language
internal import PBFT
internal import Simulation

/// The fields of one line of a trace, in their order, each value as it is written but without blanks.
struct TraceFields {
  let all: [(name: String, value: String)]

  /// The fields of a JSON object; nil for what is none.
  init?(_ line: [UInt8]) {
    var scanner = Scanner(bytes: line)
    guard scanner.take(UInt8(ascii: "{")) else { return nil }
    var fields: [(name: String, value: String)] = []
    while !scanner.take(UInt8(ascii: "}")) {
      if !fields.isEmpty, !scanner.take(UInt8(ascii: ",")) { return nil }
      guard let name = scanner.value(), scanner.take(UInt8(ascii: ":")),
        let value = scanner.value(), name.count >= 2, name.hasPrefix("\"")
      else { return nil }
      fields.append((String(name.dropFirst().dropLast()), value))
    }
    guard scanner.isAtEnd else { return nil }
    all = fields
  }

  /// The value of a field as it is written.
  subscript(name: String) -> String? { all.first { $0.name == name }?.value }

  func number(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

  /// A text without its quotation marks; what else there is, as it is written.
  func text(_ name: String) -> String? { self[name].map(Self.plain) }

  /// The names of the fields that are not the same, in the order of the one and then of the other.
  static func differing(_ one: TraceFields, _ other: TraceFields) -> [String] {
    one.all.filter { other[$0.name] != $0.value }.map(\.name)
      + other.all.filter { one[$0.name] == nil }.map(\.name)
  }

  /// The line for a reader: its step, its time and its kind, then the rest with what is long cut short.
  var telling: String {
    let rest = all.filter { !["step", "t", "kind"].contains($0.name) }
      .map { "\($0.name)=\(Self.short($0.value))" }
    let time = number("t").map { ", " + Speaker.seconds(Instant(microseconds: $0)) } ?? ""
    let head = "step \(number("step") ?? 0)\(time): \(text("kind") ?? "?")"
    return ([head] + rest).joined(separator: " ")
  }

  private static func plain(_ value: String) -> String {
    value.count >= 2 && value.hasPrefix("\"") ? String(value.dropFirst().dropLast()) : value
  }

  /// A value in at most forty characters; of a digest its first four digits.
  static func short(_ value: String) -> String {
    let text = plain(value)
    if text.count == 64, text.allSatisfy(\.isHexDigit) { return String(text.prefix(4)) }
    return text.count <= 40 ? text : String(text.prefix(38)) + "…"
  }
}

/// Goes through the bytes of a JSON text.
private struct Scanner {
  let bytes: [UInt8]
  private var place = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool {
    mutating get {
      skipBlanks()
      return place == bytes.count
    }
  }

  private mutating func skipBlanks() {
    while place < bytes.count, [32, 9, 10, 13].contains(bytes[place]) { place += 1 }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  /// One value whatever it is, without the blanks outside its texts; nil where it has no end.
  mutating func value() -> String? {
    skipBlanks()
    var kept: [UInt8] = []
    var depth = 0
    var isText = false
    while place < bytes.count {
      let byte = bytes[place]
      if isText {
        kept.append(byte)
        place += 1
        if byte == UInt8(ascii: "\\"), place < bytes.count {
          kept.append(bytes[place])
          place += 1
        } else if byte == UInt8(ascii: "\"") {
          isText = false
          if depth == 0 { return String(decoding: kept, as: UTF8.self) }
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return kept.isEmpty ? nil : String(decoding: kept, as: UTF8.self) }
        depth -= 1
        if depth == 0 {
          place += 1
          return String(decoding: kept + [byte], as: UTF8.self)
        }
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        if depth == 0 { return kept.isEmpty ? nil : String(decoding: kept, as: UTF8.self) }
      default: break
      }
      if ![32, 9, 10, 13].contains(byte) { kept.append(byte) }
      place += 1
    }
    return nil
  }
}
