internal import ArgumentParser
internal import Language
internal import PBFT
internal import Screens
internal import Simulation

/// `pbftscope [FILE]`: the screen.
struct Open: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Open the screen, on a file or on four replicas and a request. The default.")

  @Argument(
    help: "A page of the language, like demos/*.pbft; space leads from stop to stop. Or a session.")
  var file: String?

  @Option(help: "Of a session, only what stands before this line of the file.")
  var toLine: Int?

  @Option(help: "What the world is made of, like \"n=7 K=5 L=10 seed=3 clients=2\".")
  var world: String?

  @Option(help: "A rule that is off from the start, or several: join,back-off.")
  var without: [String] = []

  @Flag(
    inversion: .prefixedNo, help: "Begin with the tour of five steps, as at the very first time.")
  var tour: Bool?

  @Flag(
    help:
      "Lines instead of a screen: one in, its answer out; for screen readers, dumb terminals and pipes."
  )
  var plain = false

  @OptionGroup var looks: Looks
  @OptionGroup var keeping: Keeping

  func run() throws {
    let theme = try looks.makeTheme()
    let limit = try keeping.limit()
    let story = try makeStory(limit)
    let page = file ?? "demos/FILE.pbft"
    if !plain {
      let plainly = "pbftscope --plain" + (file.map { " " + shellWord($0) } ?? "")
      try needTerminal(
        "`\(plainly)`, `pbftscope run \(page) --plain` or `pbftscope shot \(page)`")
    }
    var model = Model(history: story.history, lesson: story.lesson, theme: theme)
    let folder = keeping.journal ? StateFolder() : nil
    // Whoever is here for the first time, and asks for nothing else, is shown round.
    if tour ?? (!plain && file == nil && folder?.isFirstRun() == true) { model.toggleTour() }
    let journal = folder.map { Journal(of: model, from: story, in: $0) }
    model.isKept = folder != nil
    if keeping.journal, folder == nil {
      model.refuse("this session is not journalled: neither XDG_STATE_HOME nor HOME names a folder")
    }
    var sitting = Sitting(
      model, on: story.page, journal: journal, limit: limit, opened: file,
      file: story.session != nil && toLine == nil ? file : nil)
    if plain { try sitting.converse() } else { try sitting.show(looks) }
  }

  private func makeStory(_ limit: Int) throws -> SessionFile.Opened {
    if let toLine, toLine < 1 {
      throw fail("--to-line \(toLine): expected a line's number, such as 56")
    }
    if let file {
      if !without.isEmpty { return try pageWithout(file, limit) }
      do throws(Mistake) {
        return try SessionFile.load(file, limit: limit, toLine: toLine) {
          "`pbftscope \(shellWord(file)) --to-line \($0)`"
        }
      } catch {
        throw fail(error.line)
      }
    }
    guard toLine == nil else { throw fail("--to-line: there is no file of which to take lines") }
    var configuration = Configuration()
    if let world {
      do throws(LanguageError) {
        configuration = try Configuration(parsing: world, base: configuration)
      } catch {
        throw fail("--world: \(error.message)")
      }
    }
    try configuration.takeAway(without)
    return try SessionFile.waitingRequest(configuration, limit)
  }

  /// A page some of whose rules are off from the start.
  private func pageWithout(_ file: String, _ limit: Int) throws -> SessionFile.Opened {
    var script = try readScript(file)
    guard script.session == nil else {
      throw fail("--without: \(file) is a session; what was done in it was done with its own rules")
    }
    try script.configuration.takeAway(without)
    return SessionFile.Opened(History(script.configuration, limit: limit), script)
  }
}
