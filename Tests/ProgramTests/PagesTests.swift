import Cells
import Screens
import Testing
import TmuxSupport

extension RealProgram {
  /// What is drawn of each page is what is seen of it.
  @Suite struct PagesTests {
    /// The demo of the crash at its last stop but one: there is something to see on every page.
    private func twin(_ columns: Int, _ rows: Int) async throws -> Twin {
      var twin = try await Twin.started(
        demo: "2-primary-crash.pbft", columns: columns, rows: rows)
      for _ in 0..<6 {
        try twin.press(.character(" "), "Space")
        try await twin.agree()
      }
      return twin
    }

    @Test(arguments: [(64, 20), (80, 24), (120, 36)])
    func `each page is reached by its key, enlarged, zoomed and left by Escape`(
      columns: Int, rows: Int
    ) async throws {
      var twin = try await twin(columns, rows)
      for page in Page.allCases {
        try twin.type(String(page.letter))
        try await twin.agree()
        #expect(twin.model.page == page)
        for (key, name) in [
          (Key.down, "Down"), (.up, "Up"), (.character("z"), "z"), (.escape, "Escape"),
          (.character("+"), "+"), (.character("-"), "-"), (.character("i"), "i"),
          (.character("i"), "i"),
        ] {
          try twin.press(key, name)
          try await twin.agree()
        }
        // What was chosen on a page is left before the page is.
        for _ in 0..<3 where twin.model.page != .cluster {
          try twin.press(.escape, "Escape")
          try await twin.agree()
        }
        #expect(twin.model.page == .cluster)
      }
      try twin.terminal.press("q")
      try await twin.terminal.leftWith(0)
    }

    @Test
    func `each page is reached by a click on its name, and the wheel and clicks are understood`()
      async throws
    {
      var twin = try await twin(80, 24)
      for page in Page.allCases {
        let row = twin.picture.split(separator: "\n", omittingEmptySubsequences: false)[1]
        let name = try #require(row.firstRange(of: String(page.letter)))
        try twin.click(row.distance(from: row.startIndex, to: name.lowerBound), 1)
        try await twin.agree()
        #expect(twin.model.page == page)
        for y in [3, 6, 10, 14, 18] {
          for button in [0, 64, 65] {
            try twin.click(7 * y % 80, y, button: button)
            try await twin.agree()
          }
        }
        // An Escape that shows nothing would be taken together with what the mouse says next.
        while twin.model.page != .cluster || twin.model.overlay != nil {
          try twin.press(.escape, "Escape")
          try await twin.agree()
        }
      }
    }

    @Test func `m gives the mouse to the terminal and takes it again`() async throws {
      var twin = try await twin(80, 24)
      func mouse() throws -> String { try twin.terminal.value("#{mouse_any_flag}") }
      let first = try mouse()
      #expect(first == "1")
      for expected in ["0", "1"] {
        try twin.type("m")
        try await twin.agree()
        let told = try mouse()
        #expect(told == expected)
      }
    }
  }
}
