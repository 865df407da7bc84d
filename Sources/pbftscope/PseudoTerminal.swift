internal import Foundation

#if os(Linux)
  /// This very program, started in a terminal of its own that nobody looks at.
  final class PseudoTerminal {
    private let master: Int32
    let process: pid_t
    /// When it was started.
    let start = ContinuousClock.now
    private var hasEnded = false

    /// Starts it with these arguments at a size, journalling into a folder; nil where the system has no
    /// terminals to give.
    init?(_ arguments: [String], columns: UInt16, rows: UInt16, state: String) {
      let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
      var (number, isLocked) = (UInt32(0), Int32(0))
      guard master >= 0, ioctl(master, Kernel.unlock, &isLocked) == 0,
        ioctl(master, Kernel.number, &number) == 0
      else { return nil }
      let name = "/dev/pts/\(number)"
      var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
      _ = ioctl(master, UInt(TIOCSWINSZ), &size)
      var actions = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      // The first terminal that the leader of a session opens is its own.
      posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
      var attributes = posix_spawnattr_t()
      posix_spawnattr_init(&attributes)
      defer { posix_spawnattr_destroy(&attributes) }
      posix_spawnattr_setflags(&attributes, Kernel.newSession)
      var environment = ProcessInfo.processInfo.environment
      environment["TERM"] = "xterm-256color"
      environment["LC_ALL"] = "C.UTF-8"
      environment["NO_COLOR"] = nil
      environment["XDG_STATE_HOME"] = state
      let words = (["pbftscope"] + arguments).map { strdup($0) } + [nil]
      let settings = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") }
      defer { (words + settings).forEach { free($0) } }
      var process = pid_t()
      let path =
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
      guard posix_spawn(&process, path, &actions, &attributes, words, settings + [nil]) == 0 else {
        close(master)
        return nil
      }
      self.master = master
      self.process = process
    }

    /// What the headers that Swift sees leave out: TIOCSPTLCK, TIOCGPTN, POSIX_SPAWN_SETSID.
    private enum Kernel {
      static let unlock: UInt = 0x4004_5431
      static let number: UInt = 0x8004_5430
      static let newSession: Int16 = 0x80
    }

    deinit {
      end()
      close(master)
    }

    /// Takes what it writes for so long, or until these bytes were among it; whether they were.
    @discardableResult
    func read(for limit: Duration, until wanted: String? = nil) -> Bool {
      let begin = ContinuousClock.now
      let wanted = wanted.map { Array($0.utf8) }
      var tail: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let left = limit - begin.duration(to: .now)
        guard left > .zero else { return false }
        var poll = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        let milliseconds = left / .milliseconds(1)
        guard Foundation.poll(&poll, 1, Int32(milliseconds.rounded(.up))) > 0 else { continue }
        let count = Foundation.read(master, &piece, piece.count)
        guard count > 0 else { return false }
        guard let wanted else { continue }
        tail += piece[..<count]
        if tail.firstRange(of: wanted) != nil { return true }
        tail = tail.suffix(wanted.count)
      }
    }

    func type(_ text: String) {
      let bytes = Array(text.utf8)
      _ = Foundation.write(master, bytes, bytes.count)
    }

    /// The processor time that all its threads have used; nil where the system does not tell.
    var processorTime: Duration? {
      let folder = "/proc/\(process)/task"
      guard let tasks = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
        return nil
      }
      var nanoseconds = 0
      for task in tasks {
        guard
          let text = try? String(contentsOfFile: "\(folder)/\(task)/schedstat", encoding: .utf8),
          let spent = text.split(separator: " ").first.flatMap({ Int($0) })
        else { return nil }
        nanoseconds += spent
      }
      return .nanoseconds(nanoseconds)
    }

    /// Ends it, if it has not ended.
    func end() {
      guard !hasEnded else { return }
      hasEnded = true
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
    }
  }
#endif
