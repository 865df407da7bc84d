internal import Cells
internal import Foundation
internal import Language
internal import PBFT
internal import Screens
internal import Simulation
internal import Terminal

/// What the screen shows, and the files that belong to it.
struct Sitting {
  var model: Model
  /// The page on which everything is done.
  private var page: Script
  private var journal: Journal?
  /// The file that the program was started with; the demos are looked for beside it.
  private let opened: String?
  /// How many steps a history may have.
  let limit: Int
  /// The files that this session came from or went to: they may be written over.
  private var ownFiles: Set<String> = []

  init(
    _ model: Model, on page: Script, journal: Journal?, limit: Int, opened: String? = nil,
    file: String? = nil
  ) {
    self.opened = opened
    self.model = model
    self.page = page
    self.journal = journal
    self.limit = limit
    if let file { ownFiles.insert(SessionFile.place(of: file)) }
  }

  /// Shows the screen until somebody quits; a signal that asks for it ends the process.
  mutating func show(_ looks: Looks) throws {
    // Where files may not grow, a write is refused and the program goes on.
    signal(SIGXFSZ, SIG_IGN)
    do throws(ConsoleError) {
      var console = try looks.makeConsole()
      model.glyphs = looks.glyphs(of: console)
      model.hasMotion = looks.motion
      if let reason = loop(&console) {
        console.die(of: reason)
      } else {
        console.close()
      }
    } catch {
      throw fail(
        error.description.replacing("\n", with: "; ") + "; or `pbftscope --plain`")
    }
  }

  /// Comes to know which demos there are; to read forty pages takes longer than to draw the first picture.
  mutating func lookForDemos() {
    model.demos = findDemos(beside: opened)
    model.openFile = opened.map { demoPath(of: $0, among: model.demos) }
  }

  /// Reads, updates, writes down, draws, until somebody quits.
  ///
  /// Returns the signal to die of, if one came.
  private mutating func loop(_ console: inout Console) -> QuitReason? {
    _ = model.update(.resize(console.size))
    console.present(draw(model, console.size), theme: model.theme)
    lookForDemos()
    while true {
      console.present(draw(model, console.size), theme: model.theme)
      let wait = model.tickInterval.map { max(1, $0.microseconds / 1_000) }
      // Everything that has come is taken in before the next frame, so that held keys cost one.
      for input in console.wait(milliseconds: wait) {
        if case .quit(let reason) = input {
          record()
          return reason
        }
        switch model.update(input) {
        case .none: break
        case .redraw: console.redraw()
        case .save(let path): save(path)
        case .load(let path, let line): load(path, toLine: line)
        case .open(let path): open(path)
        case .begin(let configuration): begin(configuration)
        case .picture: savePicture(of: console.size)
        case .mouse(let isOurs): console.setMouse(isOurs)
        case .quit:
          record()
          return nil
        }
      }
      record()
    }
  }

  /// Writes down what has been done since; once it cannot be, says so.
  mutating func record() {
    if let problem = journal?.record(model) { model.refuse(problem) }
  }

  mutating func save(_ path: String) {
    let place = SessionFile.place(of: path)
    do throws(Mistake) {
      try SessionFile.save(model, on: page, to: place, mayReplace: ownFiles.contains(place))
      ownFiles.insert(place)
      let steps = model.history.stepCount
      model.tell(
        "saved: \(path), \(steps == 1 ? "1 step" : "\(steps) steps"); pbftscope \(shellWord(path)) opens it"
      )
    } catch {
      model.refuse(error.line)
    }
  }

  mutating func load(_ path: String, toLine line: Int?) {
    guard take(path, toLine: line) else { return }
    model.tell("loaded: \(path), step \(model.history.step) of \(model.history.end)")
  }

  /// A page or a session from its start, in the place of what is open.
  mutating func open(_ path: String) {
    record()
    let isKept = journal?.isKept ?? false
    guard take(path, toLine: nil) else { return }
    let way = model.lesson == nil ? "" : "; space leads on"
    model.tell("opened: \(path)\(way)\(Self.told(isKept))")
  }

  /// A world of its own in the place of what is open.
  mutating func begin(_ configuration: Configuration) {
    do {
      let opened = try SessionFile.waitingRequest(configuration, limit)
      record()
      let isKept = journal?.isKept ?? false
      show(opened, from: nil)
      ownFiles = []
      model.tell("a new world: \(configuration.text)\(Self.told(isKept))")
    } catch {
      model.refuse("this world cannot begin: \(error.description)")
    }
  }

  /// What has become of what was open.
  private static func told(_ isKept: Bool) -> String {
    isKept ? "; what you did before is kept: pbftscope resume --list" : ""
  }

  /// What a file holds, in the place of what is open; false where it cannot be, and then nothing changes.
  private mutating func take(_ path: String, toLine line: Int?) -> Bool {
    let place = SessionFile.place(of: path)
    do throws(Mistake) {
      try SessionFile.checkHasEnd(place)
      let opened = try SessionFile.load(place, limit: limit, toLine: line) {
        FileCommand.load(path, toLine: $0).text
      }
      // What was done until now stays in its journal.
      record()
      show(opened, from: path)
      // A part of a session does not replace the whole, nor what was done on a page the page.
      ownFiles = opened.session != nil && line == nil ? [place] : []
      return true
    } catch {
      model.refuse(error.line)
      return false
    }
  }

  /// Another story on the screen, with a journal of its own.
  private mutating func show(_ opened: SessionFile.Opened, from file: String?) {
    model.open(opened.history, opened.lesson)
    model.openFile = file.map { demoPath(of: $0, among: model.demos) }
    page = opened.page
    journal?.restart(with: model, from: opened)
  }
}
