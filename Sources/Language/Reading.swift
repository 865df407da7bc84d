public import Simulation

extension Command {
  /// Reads one command, as it is typed or stands in a file.
  public init(parsing text: String, in vocabulary: Vocabulary) throws(LanguageError) {
    var parser = try Parser(text, in: vocabulary)
    self = try parser.command()
    try parser.end()
  }
}

extension Condition {
  /// Reads one condition.
  public init(parsing text: String, in vocabulary: Vocabulary) throws(LanguageError) {
    var parser = try Parser(text, in: vocabulary)
    self = try parser.condition()
    try parser.end()
  }
}

extension MessageReference {
  /// Reads a message's name: `#31` or `PREPARE R2>R3 v0 n1`.
  public init(parsing text: String, in vocabulary: Vocabulary) throws(LanguageError) {
    var parser = try Parser(text, in: vocabulary)
    self = try parser.messageReference()
    try parser.end()
  }
}
