internal import Language
internal import Screens
internal import Simulation

/// A journal that was left behind, read up to the last line that is whole.
struct Recovery {
  let opened: SessionFile.Opened
  /// What a power cut has left of the last line, and where it begins; nil where every line is whole.
  private(set) var torn: (start: Int, text: String)?

  init(of file: JournalFile, limit: Int) throws(Mistake) {
    let bytes = try file.contents()
    var end = bytes.count
    if let last = bytes.last, last != 10 {
      end = (bytes.lastIndex(of: 10) ?? -1) + 1
      torn = (end, Self.shown(bytes[end...]))
    }
    let way = { (line: Int) in "`pbftscope \(shellWord(file.path)) --to-line \(line)`" }
    do throws(SessionProblem) {
      opened = try Self.read(bytes[..<end], file.path, limit)
    } catch {
      // A line can be torn and end all the same, where the disk has kept a part of it.
      guard let start = Self.lastLine(of: bytes[..<end]), error.column != nil, error.loaded != nil,
        error.line == bytes[..<end].count(where: { $0 == 10 })
      else { throw SessionFile.mistake(file.path, error, way) }
      torn = (start, torn?.text ?? Self.shown(bytes[start..<end]))
      do throws(SessionProblem) {
        opened = try Self.read(bytes[..<start], file.path, limit)
      } catch {
        throw SessionFile.mistake(file.path, error, way)
      }
    }
  }

  /// Whether there is a whole line in a journal with which its session begins: what is added before that
  /// would be taken for the page.
  static func hasSession(_ file: JournalFile) throws(Mistake) -> Bool {
    let lines = try file.contents().split(separator: 10, omittingEmptySubsequences: false)
    return lines.dropLast().contains { $0.starts(with: Array("session ".utf8)) }
  }

  private static func read(
    _ bytes: ArraySlice<UInt8>, _ path: String, _ limit: Int
  ) throws(SessionProblem) -> SessionFile.Opened {
    SessionFile.Opened(
      try SessionReader.read(String(decoding: bytes, as: UTF8.self), limit: limit))
  }

  /// Where the last line begins.
  private static func lastLine(of bytes: ArraySlice<UInt8>) -> Int? {
    bytes.dropLast().lastIndex(of: 10).map { $0 + 1 }
  }

  /// The beginning of a line as far as it is text.
  private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
    let text = bytes.prefix { (32..<127).contains($0) }.prefix(60)
    return text.isEmpty
      ? "\(bytes.count) bytes that are no text" : String(decoding: text, as: UTF8.self)
  }
}
