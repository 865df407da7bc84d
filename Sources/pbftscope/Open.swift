internal import ArgumentParser
internal import Cells
internal import Foundation
internal import Language
internal import PBFT
internal import Screens
internal import Simulation
internal import Terminal

/// `pbftscope [FILE]`: the screen.
struct Open: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Open the screen, on a file or on four replicas and a request. The default.")

  @Argument(help: "A page of the language, like demos/*.pbft; space leads from stop to stop.")
  var file: String?

  @Option(help: "What the world is made of, like \"n=7 K=5 L=10 seed=3 clients=2\".")
  var world: String?

  @Option(help: "A rule that is off from the start, or several: join,back-off.")
  var without: [String] = []

  @Option(help: "dark, light, high-contrast or mono.")
  var theme: String?

  @Flag(help: "Draw with ASCII only.")
  var ascii = false

  @Flag(inversion: .prefixedNo, help: "Take mouse clicks; without, the terminal selects text.")
  var mouse = true

  func run() throws {
    let look = try makeLook()
    let (history, lesson) = try makeStory()
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      let page = file ?? "demos/FILE.pbft"
      throw fail(
        "the screen needs a terminal on stdin and stdout; without one try "
          + "`pbftscope run \(page) --plain` or `pbftscope run \(page) --trace FILE`")
    }
    let environment = ProcessInfo.processInfo.environment
    let wantsColour = environment["NO_COLOR", default: ""].isEmpty && theme != "mono"
    do throws(ConsoleError) {
      var console = try Console(mouse: mouse, colour: wantsColour)
      var model = Model(
        history: history, lesson: lesson, theme: look, glyphs: ascii ? .ascii : console.glyphs)
      model.ruleScripts = findRuleScripts(beside: file)
      if let reason = Self.loop(&model, &console) {
        console.die(of: reason)
      } else {
        console.close()
      }
    } catch {
      throw fail(error.description.replacing("\n", with: "; "))
    }
  }

  /// Reads, updates, draws, until somebody quits.
  ///
  /// Returns the signal to die of, if one came.
  private static func loop(_ model: inout Model, _ console: inout Console) -> QuitReason? {
    _ = model.update(.resize(console.size))
    while true {
      console.present(draw(model, console.size), theme: model.theme)
      let wait = model.tickInterval.map { max(1, $0.microseconds / 1_000) }
      // Everything that has come is taken in before the next frame, so that held keys cost one.
      for input in console.wait(milliseconds: wait) {
        if case .quit(let reason) = input { return reason }
        switch model.update(input) {
        case .none: break
        case .redraw: console.redraw()
        case .quit: return nil
        }
      }
    }
  }

  private func makeLook() throws -> Theme {
    guard let theme else { return Themes.dark }
    guard let named = Themes.named(theme) else {
      throw ValidationError(
        "there is no theme \"\(theme)\"; there are "
          + Themes.all.map(\.name).joined(separator: ", "))
    }
    return named
  }

  private func makeStory() throws -> (History, Lesson?) {
    if let file {
      var script = try readScript(file)
      try script.configuration.takeAway(without)
      return (History(script.configuration), Lesson(script))
    }
    var configuration = Configuration()
    if let world {
      do throws(LanguageError) {
        configuration = try Configuration(parsing: world, base: configuration)
      } catch {
        throw fail("--world: \(error.message)")
      }
    }
    try configuration.takeAway(without)
    return (try Self.waitingRequest(configuration), nil)
  }

  /// The embedded default: a request of alice's is on its way to the primary.
  private static func waitingRequest(_ configuration: Configuration) throws -> History {
    var history = History(configuration)
    try history.perform(.request(ClientID(0), .append(key: "x", value: "a")))
    return history
  }
}
