internal import Foundation

/// A file that is only ever appended to, and that no other running program takes meanwhile.
///
/// The lock ends with the process, whatever ends it.
final class JournalFile {
  let path: String
  /// How long it is: as far as everything in it is whole.
  private(set) var length: Int
  private let descriptor: Int32

  /// A new file, which only its owner may read.
  init(creating path: String) throws(Mistake) {
    self.path = path
    length = 0
    descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Mistake("\(path) cannot be made: \(Self.reason)") }
    try lock()
  }

  /// A file that is there.
  init(appendingTo path: String) throws(Mistake) {
    self.path = path
    length = 0
    descriptor = open(path, O_RDWR | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw Mistake("\(path) cannot be opened: \(Self.reason)") }
    try lock()
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Mistake("\(path) is no file")
    }
    length = Int(status.st_size)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private static var reason: String { String(cString: strerror(errno)) }

  private func lock() throws(Mistake) {
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw errno == EWOULDBLOCK
        ? Mistake("\(path) is open in a running pbftscope")
        : Mistake("\(path) cannot be locked: \(Self.reason)")
    }
  }

  /// Whether a running program has a file open.
  static func isHeld(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  /// Everything that is in it.
  func contents() throws(Mistake) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(length)
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(descriptor, &piece, piece.count, off_t(bytes.count))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Mistake("\(path) cannot be read: \(Self.reason)") }
      if count == 0 { return bytes }
      bytes += piece[..<count]
    }
  }

  /// Appends in one write; what could be written only in part is taken back.
  func append(_ text: String) throws(Mistake) {
    var text = text
    var problem: String?
    let count = text.withUTF8 { bytes in
      var done = 0
      while done < bytes.count {
        // One call is enough for a file, unless the disk is full or a signal comes.
        let rest = UnsafeBufferPointer(rebasing: bytes[done...])
        let count = write(descriptor, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          problem = Self.reason
          break
        }
        done += count
      }
      return done
    }
    if let problem {
      _ = ftruncate(descriptor, off_t(length))
      throw Mistake("\(path) cannot be written: \(problem)")
    }
    length += count
  }

  /// Cuts off everything from a place on.
  func cut(at length: Int) throws(Mistake) {
    guard ftruncate(descriptor, off_t(length)) == 0 else {
      throw Mistake("\(path) cannot be cut: \(Self.reason)")
    }
    self.length = length
  }

  /// Waits until what was written would survive a power cut.
  func sync() throws(Mistake) {
    #if canImport(Darwin)
      let result = fsync(descriptor)
    #else
      let result = fdatasync(descriptor)
    #endif
    // Some file systems cannot be asked; then nothing more can be done.
    guard result == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw Mistake("\(path) cannot be kept: \(Self.reason)")
    }
  }

  /// Waits until the names of the files in a folder would survive a power cut, where that can be asked for.
  static func syncFolder(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Deletes the file.
  func remove() { unlink(path) }
}
