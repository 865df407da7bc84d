internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// What lies over a page.
extension Scene {
  func drawOverlay(_ buffer: inout CellBuffer, _ region: Region) {
    switch model.overlay {
    case nil: break
    case .help(let scroll):
      drawWindow(
        &buffer, region, "Keys and marks", helpLines(width: Self.helpWidth(region)), scroll,
        keys: "Tab next chapter, ")
    case .palette: drawPalette(&buffer, region)
    case .inspector(let message, let scroll):
      drawWindow(&buffer, region, "Message #\(message)", inspectorLines(message), scroll)
    case .state(let scroll):
      drawWindow(&buffer, region, "State of \(model.replica)", stateLines, scroll)
    case .faults(let choice): drawChooser(&buffer, region, faultChooser(choice))
    case .compare(let view): drawCompare(&buffer, region, view)
    case .places(let choice): drawChooser(&buffer, region, placesChooser(choice))
    case .setting(let window): drawChooser(&buffer, region, settingChooser(window))
    case .why(let cell): drawWhy(&buffer, region, cell)
    case .question(let query, let scroll):
      drawWindow(
        &buffer, region, query.text, speaker.answer(query, in: world).map { [Span($0)] }, scroll)
    }
  }
}
