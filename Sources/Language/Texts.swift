internal import PBFT

/// Words that would be read as part of a sentence where a text may stand.
private let wordsOfSentences: Set<String> = ["and", "or", "within"]

/// A text as the language writes it: as it is where it is one plain word, else in quotation marks.
func written(_ text: String) -> String {
  let plain = text.unicodeScalars.allSatisfy { scalar in
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
      || scalar == "_" || scalar == "." || scalar == "-"
  }
  return plain && !text.isEmpty && !wordsOfSentences.contains(text.lowercased())
    ? text : quoted(text)
}

/// A text in quotation marks.
func quoted(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  result.append("\"")
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\":
      result.append("\\")
      result.append(scalar)
    case "\n": result.append(contentsOf: "\\n".unicodeScalars)
    case "\t": result.append(contentsOf: "\\t".unicodeScalars)
    default:
      if Lexer.isControl(scalar) {
        result.append(contentsOf: "\\u{\(Lexer.hexadecimal(scalar))}".unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
  }
  result.append("\"")
  return String(result)
}

/// Times as the language writes them: `2s`, `1.5s`, `500ms`, `800us`.
enum Times {
  /// The longest time that the language takes.
  static let longest = 1_000_000_000_000

  private static let units = [
    (name: "us", size: 1), (name: "ms", size: 1_000), (name: "s", size: 1_000_000),
  ]

  static func text(microseconds: Int) -> String {
    if microseconds == 0 { return "0s" }
    let magnitude = microseconds.magnitude
    let unit =
      magnitude >= 1_000_000
      ? (name: "s", size: 1_000_000 as UInt, places: 6)
      : magnitude >= 1_000 ? (name: "ms", size: 1_000, places: 3) : (name: "us", size: 1, places: 0)
    let sign = microseconds < 0 ? "-" : ""
    let rest = fraction(Int(magnitude % unit.size), places: unit.places, atLeast: 0)
    return sign + String(magnitude / unit.size) + (rest.isEmpty ? "" : "." + rest) + unit.name
  }

  /// The digits behind the point, without zeros at the end beyond the least number of them.
  static func fraction(_ number: Int, places: Int, atLeast least: Int) -> String {
    var digits = String(number)
    if number == 0 { digits = "" }
    digits = String(repeating: "0", count: max(0, places - digits.count)) + digits
    while digits.count > least, digits.hasSuffix("0") { digits.removeLast() }
    return digits
  }

  /// The time that this word tells, or nil.
  static func microseconds(_ word: String) -> Int? {
    let word = word.lowercased()
    for unit in units {
      let name = unit.name
      guard word.hasSuffix(name) else { continue }
      let parts = word.dropLast(name.count).split(separator: ".", omittingEmptySubsequences: false)
      guard let first = parts.first, parts.count <= 2, let whole = amount(first) else {
        return nil
      }
      var total = whole * unit.size
      if parts.count == 2 {
        guard let part = fractionValue(parts[1], unit: unit.size) else { return nil }
        total += part
      }
      return total <= longest ? total : nil
    }
    return nil
  }

  private static func amount(_ digits: Substring) -> Int? {
    guard digits.count <= 12, !digits.isEmpty,
      digits.unicodeScalars.allSatisfy({ ("0"..."9").contains($0) })
    else { return nil }
    return Int(digits)
  }

  /// What the digits behind the point are worth in microseconds; nil where that is no whole number.
  private static func fractionValue(_ digits: Substring, unit: Int) -> Int? {
    guard !digits.isEmpty, digits.unicodeScalars.allSatisfy({ ("0"..."9").contains($0) }) else {
      return nil
    }
    var value = 0
    var size = unit
    for scalar in digits.unicodeScalars {
      let digit = Int(scalar.value) - 48
      size /= 10
      if size == 0, digit != 0 { return nil }
      value += digit * size
    }
    return value
  }
}
