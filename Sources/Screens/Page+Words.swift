/// The names of pages in words that are typed: on the command line, in the linear mode, in the name of a file.
extension Page {
  /// `view-change`.
  public var word: String { title.lowercased().replacing(" ", with: "-") }

  /// The page that is called so, or that this begins; nil where there is none or more than one.
  public init?(word: String) {
    let word = word.lowercased()
    let pages = Page.allCases.filter { $0.word.hasPrefix(word) }
    guard !word.isEmpty, let page = pages.first(where: { $0.word == word }) ?? pages.first,
      page.word == word || pages.count == 1
    else { return nil }
    self = page
  }

  /// What a page may be called, for whoever has called it something else.
  public static var words: String { allCases.map(\.word).joined(separator: ", ") }
}
