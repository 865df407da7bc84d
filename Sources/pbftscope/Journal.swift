internal import Foundation
internal import Language
internal import Screens

/// The running session, written down as it goes, so that nothing of it is lost however the program ends.
///
/// It is a session like one that was saved. What every input has added is appended in one write before the next
/// picture is shown: whatever has been seen on the screen is in the file, after `kill -9` too. What a power
/// cut could still take away is waited for at once where a person acts, and once a second while time runs by itself.
///
/// Most of what a command costs here is the hash of the state. To wait for the disk took 0.2 ms where it was
/// idle and 4 ms where it was busy; `pbftscope bench --only journal` measures both.
struct Journal {
  private let folder: StateFolder
  private var writer = SessionWriter()
  /// What stands before all that is done from now on, until there is a file.
  private var beginning: String?
  private var file: JournalFile?
  /// It could not be written and is given up.
  private var isOff = false
  /// Something was written that a power cut could take away.
  private var isUnsure = false
  private var lastSync = ContinuousClock.now

  /// A journal of what is done from now on.
  ///
  /// There is no file before something is done. `opened` is what the model began with.
  init(of model: Model, from opened: SessionFile.Opened, in folder: StateFolder) {
    self.folder = folder
    folder.prune()
    restart(with: model, from: opened)
  }

  /// A journal that goes on in its file.
  init(of model: Model, continuing file: JournalFile, in folder: StateFolder) {
    self.folder = folder
    self.file = file
    writer = SessionWriter(continuing: model.history, reached: model.reachedStops)
  }

  /// Begins anew: another session has come in the place of this one, which stays as it is.
  mutating func restart(with model: Model, from opened: SessionFile.Opened) {
    file = nil
    let head = SessionWriter.beginning(opened.page, program: PBFTScope.version)
    if let session = opened.session {
      // What has just been read need not be found out again.
      writer = SessionWriter(continuing: model.history, reached: model.reachedStops)
      beginning = head + Self.text(session.lines.map(\.entry.text))
    } else {
      writer = SessionWriter()
      beginning = head + Self.text(lines(model))
    }
  }

  /// Whether anything has been done that is written down.
  var isKept: Bool { file != nil }

  /// The lines that tell what has been done since they were asked for last.
  private mutating func lines(_ model: Model) -> [String] {
    writer.lines(model.history, reached: model.reachedStops)
  }

  private static func text(_ lines: [String]) -> String {
    lines.map { $0 + "\n" }.joined()
  }

  /// Writes down what has been done since this was asked for last.
  ///
  /// Returns what to tell where it cannot be written; then there is no journal any more, and all else goes on.
  mutating func record(_ model: Model) -> String? {
    guard !isOff else { return nil }
    do throws(Mistake) {
      let lines = lines(model)
      if !lines.isEmpty { try append(lines) }
      try sync(unlessRunning: model.tickInterval != nil)
      return nil
    } catch {
      isOff = true
      file = nil
      return "this session is not journalled any more: \(error.line)"
    }
  }

  private mutating func append(_ lines: [String]) throws(Mistake) {
    if let file {
      try file.append(Self.text(lines))
    } else {
      try folder.make()
      let file = try folder.newJournal()
      self.file = file
      try file.append((beginning ?? "") + Self.text(lines))
      beginning = nil
    }
    isUnsure = true
  }

  private mutating func sync(unlessRunning isRunning: Bool) throws(Mistake) {
    guard isUnsure, let file else { return }
    let now = ContinuousClock.now
    if isRunning, lastSync.duration(to: now) < .seconds(1) { return }
    try file.sync()
    isUnsure = false
    lastSync = now
  }
}
