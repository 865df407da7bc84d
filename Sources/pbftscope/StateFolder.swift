internal import Foundation

/// The folder in which running sessions are journalled: `pbftscope` in the state directory of the XDG base
/// directory specification.
struct StateFolder {
  let path: String

  /// How many journals are kept.
  static let kept = 20

  /// Nil where the environment names no place.
  init?(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
    // The specification has relative paths ignored.
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      path = state + "/pbftscope"
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      path = home + "/.local/state/pbftscope"
    } else {
      return nil
    }
  }

  /// Makes the folder where it is missing; nobody else may look into it.
  func make() throws(Mistake) {
    var folder = ""
    for part in path.split(separator: "/") {
      folder += "/\(part)"
      // What is missing above it is made in the same way, as the specification wants it.
      guard mkdir(folder, 0o700) != 0, errno != EEXIST else { continue }
      let reason = errno
      var status = stat()
      // Where nothing may be made, the folder may be there all the same.
      guard stat(folder, &status) == 0 else {
        throw Mistake("\(folder) cannot be made: \(String(cString: strerror(reason)))")
      }
    }
  }

  /// A journal that lies there.
  struct Entry {
    let path: String
    /// When it was last written.
    let time: timespec

    /// As a person reads it, where the machine stands.
    var moment: String { StateFolder.text(time.tv_sec, "%Y-%m-%d %H:%M:%S") }
  }

  /// All journals, the one that was written last before the others.
  var entries: [Entry] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter(Self.isJournal).sorted().compactMap { name in
      var status = stat()
      guard stat("\(path)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        return nil
      }
      #if canImport(Darwin)
        let time = status.st_mtimespec
      #else
        let time = status.st_mtim
      #endif
      return Entry(path: "\(path)/\(name)", time: time)
    }
    .sorted { one, other in
      (one.time.tv_sec, one.time.tv_nsec, one.path) > (
        other.time.tv_sec, other.time.tv_nsec, other.path
      )
    }
  }

  /// `2026-03-09-141502-4711.pbft`, perhaps with a number behind it: nothing else in the folder is ever touched.
  private static func isJournal(_ name: String) -> Bool {
    name.wholeMatch(of: #/\d{4}-\d\d-\d\d-\d{6}-\d+(?:-\d+)?\.pbft/#) != nil
  }

  /// A new journal of this process.
  func newJournal() throws(Mistake) -> JournalFile {
    let name = "\(path)/\(Self.text(time(nil), "%Y-%m-%d-%H%M%S"))-\(getpid())"
    // Who loads one session after the other may have several in a second.
    var number = 1
    var path = name + ".pbft"
    while access(path, F_OK) == 0 {
      number += 1
      path = "\(name)-\(number).pbft"
    }
    let file = try JournalFile(creating: path)
    JournalFile.syncFolder(self.path)
    return file
  }

  /// Removes all but the newest journals, except those that a running program holds.
  func prune() {
    for entry in entries.dropFirst(Self.kept) {
      guard let file = try? JournalFile(appendingTo: entry.path) else { continue }
      file.remove()
    }
  }

  private static func text(_ time: time_t, _ format: String) -> String {
    var (time, parts) = (time, tm())
    localtime_r(&time, &parts)
    var buffer = [CChar](repeating: 0, count: 64)
    let count = strftime(&buffer, buffer.count, format, &parts)
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
