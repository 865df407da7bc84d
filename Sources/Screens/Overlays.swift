internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// What lies over a page.
extension Scene {
  func drawOverlay(_ buffer: inout CellBuffer, _ region: Region) {
    switch model.overlay {
    case nil: break
    case .help(let scroll), .state(let scroll), .question(_, let scroll):
      guard let window = scrolledWindow(region) else { return }
      drawWindow(&buffer, region, window.title, window.lines, scroll, keys: window.keys)
    case .palette: drawPalette(&buffer, region)
    case .alterations(let message, let choice):
      drawChooser(&buffer, region, alterationChooser(message, choice))
    case .faults(let choice): drawChooser(&buffer, region, faultChooser(choice))
    case .compare(let view): drawCompare(&buffer, region, view)
    case .places(let choice): drawChooser(&buffer, region, placesChooser(choice))
    case .setting(let window): drawChooser(&buffer, region, settingChooser(window))
    case .why(let cell): drawWhy(&buffer, region, cell)
    case .ladderFilter(let choice): drawChooser(&buffer, region, ladderFilterChooser(choice))
    }
  }

  /// The title, the lines and the keys of the window that scrolls, if one is open.
  private func scrolledWindow(
    _ region: Region
  ) -> (title: String, lines: [[Span]], keys: String)? {
    switch model.overlay {
    case .help:
      ("Keys and marks", helpLines(width: Self.helpWidth(region)), "Tab next chapter, ")
    case .state: ("State of \(model.replica)", stateLines, "")
    case .question(let query, _):
      (query.text, speaker.answer(query, in: world).map { [Span($0)] }, "")
    default: nil
    }
  }

  /// How far the open window can be scrolled on a screen of the size last told.
  var mostScroll: Int {
    let region = strip(Layout(model.size.isEmpty ? leastSize : model.size).body).above
    return scrolledWindow(region).map { windowPlaces(region, $0.lines).most } ?? 0
  }
}
