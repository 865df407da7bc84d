/// A mistake in a text of the language: where it is, what it is, and what would have been right.
public struct LanguageError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Counted from one.
  public var line: Int
  /// Counted from one, in Unicode scalars.
  public let column: Int
  /// What is wrong, in a few words.
  public let problem: String
  /// What could have stood there instead.
  public let expected: String?
  /// The right word that is nearest to the wrong one, if any is near.
  public let nearest: String?

  public init(
    line: Int, column: Int, problem: String, expected: String? = nil, nearest: String? = nil
  ) {
    self.line = line
    self.column = column
    self.problem = problem
    self.expected = expected
    self.nearest = nearest
  }

  /// The mistake without its place: `unknown command "crsh"; did you mean "crash"? (expected …)`.
  public var message: String {
    var text = problem
    if let nearest { text += "; did you mean \"\(nearest)\"?" }
    if let expected { text += " (expected \(expected))" }
    return text
  }

  /// The mistake in one line with its place.
  public var description: String { "line \(line), column \(column): \(message)" }
}

/// How many letters must be changed, added, removed or swapped with the next to make one word the other.
func editDistance(_ one: String, _ other: String) -> Int {
  let a = Array(one.lowercased().unicodeScalars)
  let b = Array(other.lowercased().unicodeScalars)
  var before: [Int] = []
  var above = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var least = min(row[j] + 1, above[j + 1] + 1, above[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, before[j - 1] + 1) }
      row.append(least)
    }
    before = above
    above = row
  }
  return above[b.count]
}

/// The word that is nearest to a wrong one, or nil if none is near; of equally near ones the first.
func nearestWord(to wrong: String, among words: [String]) -> String? {
  guard wrong.unicodeScalars.count <= 40 else { return nil }
  var best: (word: String, distance: Int)?
  for word in words {
    let distance = editDistance(wrong, word)
    let allowed = max(1, min(3, word.unicodeScalars.count / 3))
    if distance <= allowed, distance < best?.distance ?? .max { best = (word, distance) }
  }
  return best?.word
}
