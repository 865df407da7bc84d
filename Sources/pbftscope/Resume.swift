internal import ArgumentParser
internal import Foundation
internal import Screens
internal import Simulation

/// `pbftscope resume [FILE]`: the session that ended last goes on.
struct Resume: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Go on with the last session, also after a crash, a kill or a power cut.",
    discussion: """
      Sessions are written down as they go, in $XDG_STATE_HOME/pbftscope or ~/.local/state/pbftscope; the \
      last \(StateFolder.kept) are kept. Without FILE the newest that no running program has open goes on.
      """)

  @Argument(help: "A journal that --list names, or a session that was saved; it is added to.")
  var file: String?

  @Flag(help: "List what can be resumed, the newest first: when it ended, its steps, its title.")
  var list = false

  @Option(help: "How many steps all branches together may have.")
  var historyLimit = History.ordinaryLimit

  @Flag(
    help:
      "Lines instead of a screen: one in, its answer out; for screen readers, dumb terminals and pipes."
  )
  var plain = false

  @OptionGroup var looks: Looks

  func run() throws {
    guard let folder = StateFolder() else {
      throw fail("neither XDG_STATE_HOME nor HOME names a folder, so there is nothing to resume")
    }
    if list {
      var output = LineWriter(.standardOutput, name: "stdout")
      for line in folder.list { output.write(line) }
      try output.finish()
      return
    }
    let theme = try looks.makeTheme()
    let limit = try checkedLimit(historyLimit)
    do {
      let journal = try chosen(folder)
      let recovery = try Recovery(of: journal, limit: limit)
      guard recovery.opened.session != nil else { throw nothingToGoOnWith(journal.path) }
      // A file is not touched before it is certain that the session goes on.
      if !plain {
        let plainly = "pbftscope resume --plain" + (file.map { " " + shellWord($0) } ?? "")
        try needTerminal("`\(plainly)` or `pbftscope run \(shellWord(journal.path)) --plain`")
      }
      let opened = recovery.opened
      var model = Model(history: opened.history, lesson: opened.lesson, theme: theme)
      if let torn = recovery.torn {
        try journal.cut(at: torn.start)
        model.refuse("the last line of the journal was torn and is cut off: \(torn.text)")
      } else {
        model.tell("resumed where the last session ended; q leaves, it can be resumed again")
      }
      folder.prune()
      let writer = Journal(of: model, continuing: journal, in: folder)
      var sitting = Sitting(model, on: opened.page, journal: writer, limit: limit)
      if plain { try sitting.converse() } else { try sitting.show(looks) }
    } catch let mistake as Mistake {
      throw fail(mistake.line)
    }
  }

  private func nothingToGoOnWith(_ path: String) -> Mistake {
    Mistake(
      "\(path): there is no session in it to go on with; `pbftscope \(shellWord(path))` opens it")
  }

  /// The journal that is to go on; no other program takes it meanwhile.
  private func chosen(_ folder: StateFolder) throws(Mistake) -> JournalFile {
    if let file {
      let journal = try JournalFile(appendingTo: SessionFile.place(of: file))
      guard try Recovery.hasSession(journal) else { throw nothingToGoOnWith(file) }
      return journal
    }
    for entry in folder.entries {
      // Where a power cut has left nothing of what was done, the one before goes on.
      if let journal = try? JournalFile(appendingTo: entry.path),
        (try? Recovery.hasSession(journal)) == true
      {
        return journal
      }
    }
    throw Mistake(
      folder.entries.contains { JournalFile.isHeld($0.path) }
        ? "there is nothing to resume: every session in \(folder.path) is open in a running program"
        : "there is nothing to resume in \(folder.path)")
  }
}

extension StateFolder {
  /// One line for each journal, the newest first.
  var list: [String] {
    entries.map { entry in
      let lines = ((try? readText(entry.path)) ?? "").split(separator: "\n")
      let step = lines.last { $0.hasPrefix("state ") }?.split(separator: " ").dropFirst().first
      let held = JournalFile.isHeld(entry.path) ? "  open now" : ""
      let page = lines.first { $0.hasPrefix("title ") }?.dropFirst(6) ?? "without a page"
      return "\(entry.moment)  step \(step ?? "0")\(held)  \(page)  \(entry.path)"
    }
  }
}
