internal import Cells
internal import Foundation
internal import PBFT
internal import Screens
internal import Simulation

/// What it costs to lose nothing: the journal, and sessions in files.
extension Bench {
  /// Microseconds to write one event down: while time runs by itself, and where a person acts and the disk is
  /// waited for.
  func measureJournal(_ name: String) throws {
    guard isWanted(name) else { return }
    let scratch = try ScratchFolder()
    var history = History(Configuration())
    try history.perform(.load(every: .milliseconds(200)))
    try history.perform(.run(.seconds(2)))
    var model = Model(history: history)
    _ = model.update(.key(.character(".")))
    try measureRecords(name, &model, .tick, scratch)
    _ = model.update(.key(.character(".")))
    try measureRecords("\(name)-synced", &model, .key(.right), scratch)
  }

  private func measureRecords(
    _ name: String, _ model: inout Model, _ input: Input, _ scratch: ScratchFolder
  ) throws {
    guard let folder = StateFolder(["XDG_STATE_HOME": "\(scratch.path)/\(name)"]) else { return }
    var journal = Journal(of: model, from: SessionFile.Opened(model.history), in: folder)
    var times: [Double] = []
    for _ in 0..<1_000 {
      _ = model.update(input)
      let start = ContinuousClock.now
      if let problem = journal.record(model) { throw fail(problem) }
      times.append(Self.seconds(since: start) * 1_000_000)
    }
    times.sort()
    let length = folder.entries.first.flatMap { try? readText($0.path).utf8.count } ?? 0
    Self.print(
      name, times[times.count / 2], "us/command",
      more: "\"worst\":\(Self.rounded(times[times.count - 1])),\"bytes\":\(length)")
  }

  /// Milliseconds to save a session and to load it.
  func measureSession(_ name: String) throws {
    guard isWanted(name) else { return }
    let scratch = try ScratchFolder()
    let path = "\(scratch.path)/session.pbft"
    let (history, _) = try Self.history(.ideal, steps)
    let model = Model(history: history)
    do throws(Mistake) {
      var start = ContinuousClock.now
      try SessionFile.save(
        model, on: SessionFile.Opened(history).page, to: path, mayReplace: false)
      let saving = Self.seconds(since: start) * 1_000
      let bytes = try readText(path).utf8.count
      Self.print(
        "\(name)-save", saving, "ms", more: "\"steps\":\(history.step),\"bytes\":\(bytes)")
      start = ContinuousClock.now
      let opened = try SessionFile.load(path, limit: history.limit, toLine: nil) { "line \($0)" }
      precondition(opened.history.step == history.step, "a session leads elsewhere")
      Self.print("\(name)-load", Self.seconds(since: start) * 1_000, "ms")
    } catch {
      throw fail(error.line)
    }
  }
}

/// A folder for what a measurement writes, gone with it.
final class ScratchFolder {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("pbftscope-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
