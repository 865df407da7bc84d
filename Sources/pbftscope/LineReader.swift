internal import Foundation

/// Reads a file of any length line by line, from its beginning to its end and once, so that it may be a pipe.
final class LineReader {
  let path: String
  /// The number of the line that was read last, counted from one.
  private(set) var number = 0
  private let descriptor: Int32
  /// What has been read and not yet handed out begins at `start`.
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  init(_ path: String) throws {
    self.path = path
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw fail("\(path): there is no such file; expected a page of the language or a trace")
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw fail("\(path): this is a folder; expected a page of the language or a trace")
    }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw fail("\(path): cannot be read; expected a file that you may read")
    }
  }

  deinit { close(descriptor) }

  /// The first byte that is no blank, without taking it.
  func firstByte() throws -> UInt8? {
    while buffer.isEmpty, !isAtEnd { try fill() }
    return buffer.first { $0 != 32 && $0 != 10 && $0 != 13 && $0 != 9 }
  }

  /// The next line without its end; nil at the end of the file.
  func next() throws -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 10) {
        defer { start = end + 1 }
        number += 1
        return Array(buffer[start..<end])
      }
      if isAtEnd {
        guard start < buffer.count else { return nil }
        defer { start = buffer.count }
        number += 1
        return Array(buffer[start...])
      }
      let kept = buffer.count - start
      try fill()
      searched = start + kept
    }
  }

  private func fill() throws {
    buffer.removeFirst(start)
    start = 0
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(descriptor, &piece, piece.count)
    guard count >= 0 else {
      throw fail("\(path): cannot be read to its end: \(String(cString: strerror(errno)))")
    }
    if count == 0 { isAtEnd = true }
    buffer.append(contentsOf: piece[..<count])
  }
}
