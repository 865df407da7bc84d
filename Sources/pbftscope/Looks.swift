internal import ArgumentParser
internal import Cells
internal import Foundation
internal import Screens
internal import Terminal

/// How the screen is to look, and what it may take.
struct Looks: ParsableArguments {
  @Option(help: "dark, light, high-contrast or mono.")
  var theme: String?

  @Flag(help: "Draw with ASCII only.")
  var ascii = false

  @Flag(inversion: .prefixedNo, help: "Take mouse clicks; without, the terminal selects text.")
  var mouse = true

  @Flag(inversion: .prefixedNo, help: "Let messages travel along their lanes while time runs.")
  var motion = true

  func makeTheme() throws -> Theme {
    guard let theme else { return Themes.dark }
    guard let named = Themes.named(theme) else {
      throw ValidationError(
        "there is no theme \"\(theme)\"; there are "
          + Themes.all.map(\.name).joined(separator: ", "))
    }
    return named
  }

  func makeConsole() throws(ConsoleError) -> Console {
    let environment = ProcessInfo.processInfo.environment
    let wantsColour = environment["NO_COLOR", default: ""].isEmpty && theme != "mono"
    return try Console(mouse: mouse, colour: wantsColour)
  }

  func glyphs(of console: borrowing Console) -> Glyphs { ascii ? .ascii : console.glyphs }
}

/// Whether there is a terminal to show pictures on; else what to do without one.
func needTerminal(_ advice: String) throws {
  guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
    throw fail("the screen needs a terminal on stdin and stdout; without one try \(advice)")
  }
}
