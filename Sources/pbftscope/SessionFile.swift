internal import Foundation
internal import Language
internal import PBFT
internal import Screens
internal import Simulation

/// Sessions in files: the page, a line that says `session`, and everything that was done.
enum SessionFile {
  /// A session, or a page on which nothing was done yet.
  struct Opened {
    let history: History
    /// The page; it may be nothing but a world.
    let page: Script
    let lesson: Lesson?
    /// What was read of it beside the page, where there was anything.
    let session: Session?

    /// A page on which nothing was done, or only what leads to the first picture.
    init(_ history: History, _ page: Script? = nil) {
      self.history = history
      self.page = page ?? Script(configuration: history.world.configuration, lines: [])
      lesson = page.map { Lesson($0) }
      session = nil
    }

    init(_ loaded: SessionReader.Loaded) {
      history = loaded.history
      session = loaded.script.session
      page = loaded.script
      // A session that began without a page has no lines of one.
      // Without one of its stops the lesson goes on from the one before.
      let reached = loaded.reached.enumerated().prefix { $0.element.number == $0.offset + 1 }
      lesson = page.lines.isEmpty ? nil : Lesson(page, reached: reached.map(\.element.moment))
    }
  }

  /// Reads a session from a file.
  ///
  /// Whatever is wrong with it is told in one line, with what can be loaded all the same and `way`, how.
  static func load(
    _ path: String, limit: Int, toLine line: Int?, way: (Int) -> String
  ) throws(Mistake) -> Opened {
    let text = try readText(path)
    do throws(SessionProblem) {
      return Opened(try SessionReader.read(text, limit: limit, upTo: line))
    } catch {
      throw mistake(path, error, way)
    }
  }

  /// A world of one's own: a request of alice's is on its way to the primary.
  static func waitingRequest(_ configuration: Configuration, _ limit: Int) throws(Refusal) -> Opened
  {
    var history = History(configuration, limit: limit)
    _ = try history.perform(.request(ClientID(0), .append(key: "x", value: "a")))
    return Opened(history)
  }

  /// A pipe would hold up the screen until somebody writes to it, and a device for ever.
  static func checkHasEnd(_ path: String) throws(Mistake) {
    var status = stat()
    guard stat(path, &status) == 0, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
      return
    }
    throw Mistake("\(path): this is no file; expected a page of the language, like demos/*.pbft")
  }

  static func mistake(
    _ path: String, _ problem: SessionProblem, _ way: (Int) -> String
  ) -> Mistake {
    let offer = problem.loaded == nil ? "" : ": \(way(problem.upTo))"
    return Mistake("\(path): \(problem.description)\(offer)")
  }

  /// The whole session.
  static func text(of model: Model, on page: Script) -> String {
    SessionWriter.file(
      page, model.history, reached: model.reachedStops, program: PBFTScope.version)
  }
}

extension Model {
  /// The stops of the lesson that were reached, for whoever writes them down.
  var reachedStops: [ReachedStop] {
    (lesson?.reachedMoments ?? []).enumerated().map { ReachedStop($0.offset + 1, $0.element) }
  }
}
