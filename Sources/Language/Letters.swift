/// The names of digests in order: a, b, …, z, aa, ab and so on.
///
/// The words that follow a digest in the language (`at`, `or`, …) are left out of the row.
public enum Letters {
  /// The words that are no names of digests.
  private static let reserved = [
    "as", "at", "or", "and", "not", "from", "null", "bogus", "empty", "votes",
  ]

  /// The longest name that is read; longer words are mistakes.
  static let longest = 4

  private static let skipped = reserved.compactMap(code).sorted()

  /// The name of the digest with this index, counted from zero.
  public static func name(of index: Int) -> String {
    var code = max(0, min(index, Int.max / 2))
    for gap in skipped where gap <= code { code += 1 }
    var scalars: [Unicode.Scalar] = []
    var rest = code + 1
    while rest > 0 {
      let letter = (rest - 1) % 26
      scalars.append(Unicode.Scalar(UInt8(97 + letter)))
      rest = (rest - 1) / 26
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars.reversed())
    return String(text)
  }

  /// The index of the digest with this name, or nil if the word names none.
  public static func index(of word: String) -> Int? {
    guard !reserved.contains(word), word.unicodeScalars.count <= longest, let code = code(word)
    else { return nil }
    return code - skipped.count { $0 < code }
  }

  /// The place of the word in the full row of letters.
  private static func code(_ word: String) -> Int? {
    var number = 0
    for scalar in word.unicodeScalars {
      guard ("a"..."z").contains(scalar) else { return nil }
      number = number * 26 + Int(scalar.value) - 96
    }
    return word.isEmpty ? nil : number - 1
  }
}
