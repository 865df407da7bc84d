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
    let lesson: Lesson?
    /// What was read of it beside the page, where there was anything.
    let session: Session?

    init(_ history: History, _ lesson: Lesson? = nil) {
      self.history = history
      self.lesson = lesson
      session = nil
    }

    init(_ loaded: SessionReader.Loaded) {
      history = loaded.history
      session = loaded.script.session
      // A session that began without a page has no lines of one.
      let isLesson = !loaded.script.lines.isEmpty
      lesson = isLesson ? Lesson(loaded.script, reached: loaded.reached.map(\.moment)) : nil
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

  static func mistake(
    _ path: String, _ problem: SessionProblem, _ way: (Int) -> String
  ) -> Mistake {
    let offer = problem.loaded == nil ? "" : ": \(way(problem.upTo))"
    return Mistake("\(path): \(problem.description)\(offer)")
  }

  /// The page of a session: that of its lesson, or nothing but its world.
  static func page(of model: Model) -> Script {
    model.lesson?.script ?? Script(configuration: model.world.configuration, lines: [])
  }

  /// The whole session.
  static func text(of model: Model) -> String {
    SessionWriter.file(
      page(of: model), model.history, reached: model.reachedStops, program: PBFTScope.version)
  }
}

extension Model {
  /// The stops of the lesson that were reached, for whoever writes them down.
  var reachedStops: [ReachedStop] {
    (lesson?.reachedMoments ?? []).enumerated().map { ReachedStop($0.offset + 1, $0.element) }
  }
}
