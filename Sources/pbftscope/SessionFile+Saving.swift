internal import Foundation
internal import Language
internal import Screens

/// Files that are written whole or not at all.
extension SessionFile {
  /// The absolute path of a file, however it was named; links are followed, `~` is the home.
  static func place(of path: String) -> String {
    let expanded = path.hasPrefix("~/") ? NSHomeDirectory() + path.dropFirst() : path
    return URL(fileURLWithPath: expanded).resolvingSymlinksInPath().path
  }

  /// Saves a session.
  ///
  /// What is there already is written over only by the session that came from there or went there.
  static func save(
    _ model: Model, on page: Script, to path: String, mayReplace: Bool
  ) throws(Mistake) {
    var status = stat()
    let isThere = stat(path, &status) == 0
    if isThere {
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw Mistake("\(path) is no file that can be written over; save it under another name")
      }
      guard !JournalFile.isHeld(path) else {
        throw Mistake(
          "\(path) is the journal of a running pbftscope; save it under another name")
      }
      guard mayReplace else {
        throw Mistake(
          "\(path) is there already and is not this session; save it under another name")
      }
    }
    try write(text(of: model, on: page), to: path, mode: isThere ? status.st_mode & 0o777 : nil)
  }

  /// Writes a file beside its place, and moves it there when it is whole.
  static func write(_ text: String, to path: String, mode: mode_t?) throws(Mistake) {
    let url = URL(fileURLWithPath: path)
    let new = url.deletingLastPathComponent().path + "/.\(url.lastPathComponent).\(getpid())"
    func mistake() -> Mistake {
      Mistake("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
    // What a program of the same number has left there goes; a link is not followed.
    unlink(new)
    let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw mistake() }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      if let mode { fchmod(descriptor, mode) }
      try handle.write(contentsOf: Data(text.utf8))
      // Else a power cut could leave the new name with nothing in it.
      try handle.synchronize()
    } catch {
      unlink(new)
      throw Mistake("\(path) cannot be written to its end; is the disk full?")
    }
    guard rename(new, path) == 0 else {
      let mistake = mistake()
      unlink(new)
      throw mistake
    }
    JournalFile.syncFolder(url.deletingLastPathComponent().path)
  }
}
