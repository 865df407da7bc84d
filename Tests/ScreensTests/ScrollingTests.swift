import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// Windows that scroll stop at their end.
@Suite struct ScrollingTests {
  @Test("one step back from the end of a window is seen", arguments: PictureTests.sizes)
  func ends(_ columns: Int, _ rows: Int) throws {
    for open in ["?", "k", ":why alice"] {
      var stage = try Moment.changed.stage()
      stage.resize(columns, rows)
      stage.type(open)
      if open.hasPrefix(":") { stage.press(.enter) }
      let top = stage.picture(columns, rows).text
      stage.press(.down, times: 700)
      let end = stage.picture(columns, rows).text
      stage.press(.up)
      #expect((stage.picture(columns, rows).text != end) == (end != top), "\(open)")
    }
  }
}
