internal import Foundation

/// What the whole program costs, in a terminal.
extension Bench {
  /// Milliseconds from the start of the process to its first whole frame; the middle of several.
  func measureStartUp(_ name: String) throws {
    guard isWanted(name) else { return }
    #if os(Linux)
      var times: [Double] = []
      for _ in 0..<11 {
        let scratch = try ScratchFolder()
        guard
          let terminal = PseudoTerminal([], columns: 200, rows: 60, state: scratch.path),
          terminal.read(for: .seconds(10), until: Self.lastWord)
        else { return notMeasured(name, "no frame came") }
        times.append(Self.seconds(since: terminal.start) * 1_000)
        terminal.end()
      }
      times.sort()
      Self.print(
        name, times[times.count / 2], "ms",
        more: "\"worst\":\(Self.rounded(times[times.count - 1])),\"starts\":\(times.count)")
    #else
      notMeasured(name, "only on Linux")
    #endif
  }

  /// Milliseconds of processor time in five seconds while it is paused, and how much of a core it takes while
  /// time runs at its ordinary pace under a load.
  func measureIdle(_ name: String) throws {
    guard isWanted(name) else { return }
    #if os(Linux)
      let scratch = try ScratchFolder()
      guard let terminal = PseudoTerminal([], columns: 200, rows: 60, state: scratch.path),
        terminal.read(for: .seconds(10), until: Self.lastWord)
      else { return notMeasured(name, "no frame came") }
      // What belongs to the start is over then.
      terminal.read(for: .seconds(1))
      guard let idle = spent(terminal) else { return notMeasured(name, "no times in /proc") }
      Self.print(name, idle * 1_000, "ms", more: "\"seconds\":5")
      terminal.type("a.")
      terminal.read(for: .seconds(1))
      guard let running = spent(terminal) else { return notMeasured(name, "no times in /proc") }
      Self.print("\(name)-running", running / 5 * 100, "% of a core", more: "\"seconds\":5")
    #else
      notMeasured(name, "only on Linux")
    #endif
  }

  #if os(Linux)
    /// Stands at the end of the last row.
    private static let lastWord = "quit"

    /// Seconds of processor time in the next five seconds.
    private func spent(_ terminal: PseudoTerminal) -> Double? {
      guard let before = terminal.processorTime else { return nil }
      terminal.read(for: .seconds(5))
      guard let after = terminal.processorTime else { return nil }
      return (after - before) / .seconds(1)
    }
  #endif

  private func notMeasured(_ name: String, _ reason: String) {
    Swift.print("{\"figure\":\"\(name)\",\"unit\":\"not measured: \(reason)\"}")
  }
}
