internal import ArgumentParser
internal import Foundation
internal import Language

/// What is wrong with a file, in one line.
struct Mistake: Error {
  let line: String

  init(_ line: String) { self.line = line }
}

/// The longest page that is read; a session of a million steps has less.
private let longestPage = 64_000_000

/// Reads a text from a file.
func readText(_ path: String) throws(Mistake) -> String {
  var isFolder: ObjCBool = false
  guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
    throw Mistake(
      "\(path): there is no such file; expected a page of the language, like demos/*.pbft")
  }
  guard !isFolder.boolValue else {
    throw Mistake("\(path): this is a folder; expected a file, like demos/*.pbft")
  }
  guard let bytes = readBytes(path, most: longestPage) else {
    throw Mistake("\(path): cannot be read; expected a file that you may read")
  }
  guard bytes.count <= longestPage else {
    throw Mistake("\(path): this is too long; expected a page of at most 64 MB")
  }
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw Mistake("\(path): this is not a text file; expected UTF-8 text, like demos/*.pbft")
  }
  return text
}

/// The bytes of a file, or a few more than the most; nil where it cannot be read.
///
/// Not by FileManager: it would read what has no end until there is no memory left.
private func readBytes(_ path: String, most: Int) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: 1 << 16)
  while bytes.count <= most {
    let count = read(descriptor, &piece, piece.count)
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { return nil }
    if count == 0 { break }
    bytes += piece[..<count]
  }
  return bytes
}

/// Reads a page of the language from a file; whatever is wrong is told in one line, with exit code 2.
func readScript(_ path: String) throws -> Script {
  do {
    let text = try readText(path)
    let script = try Script(parsing: text)
    if script.session != nil, text.utf8.last(where: { $0 != 32 && $0 != 9 }) != 10 {
      let line = text.utf8.count { $0 == 10 } + 1
      throw Mistake("\(path): line \(line): the last line is cut off: nothing ends it")
    }
    return script
  } catch let mistake as Mistake {
    throw fail(mistake.line)
  } catch let error as LanguageError {
    throw fail("\(path): \(error.description)")
  }
}

/// A path as it is typed to a shell.
func shellWord(_ path: String) -> String {
  let isPlain = path.unicodeScalars.allSatisfy {
    $0.properties.isAlphabetic || ("0"..."9").contains($0)
      || "/._-+,:@%~".unicodeScalars.contains($0)
  }
  return isPlain && !path.isEmpty ? path : "'\(path.replacing("'", with: #"'\''"#))'"
}

/// Says in one line on stderr what is wrong; the exit code is 2.
func fail(_ line: String) -> ExitCode {
  FileHandle.standardError.write(Data("pbftscope: \(line)\n".utf8))
  return ExitCode(2)
}

/// Lines that are collected and written in large pieces.
struct LineWriter {
  private let handle: FileHandle
  /// What is told when a line cannot be written.
  private let name: String
  private var buffer: [UInt8] = []
  private var isWhole = true

  init(_ handle: FileHandle, name: String) {
    self.handle = handle
    self.name = name
  }

  /// A writer to a new or emptied file.
  init(path: String) throws {
    // Not by FileManager: it would put a plain file in the place of a pipe or a device.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else {
      throw fail("\(path): cannot be written; expected a file in a folder that you may write to")
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    self.init(handle, name: path)
  }

  mutating func write(_ line: String) {
    buffer.append(contentsOf: line.utf8)
    buffer.append(10)
    if buffer.count > 1 << 16 { flush() }
  }

  private mutating func flush() {
    do { try handle.write(contentsOf: Data(buffer)) } catch { isWhole = false }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes what is left, and says so if anything could not be written.
  mutating func finish() throws {
    flush()
    guard isWhole else {
      throw fail("\(name): could not be written to the end; is the disk full?")
    }
  }
}
