import Cells
import Screens
import Testing
import TmuxSupport

extension RealProgram {
  @Suite struct `Rough handling` {
    @Test func `a storm of resizes while keys come`() async throws {
      var twin = try await Twin.started()
      var chance = Chances(seed: 3)
      for _ in 0..<40 {
        try twin.resize(columns: 1 + chance.below(180), rows: 1 + chance.below(60))
        try twin.press(.right, "Right")
      }
      try twin.resize(columns: 90, rows: 26)
      try await twin.agree()
    }

    @Test func `a held key`() async throws {
      var twin = try await Twin.started()
      for key in ["l", "n", "h", "]", "c", "t"] {
        try twin.type(String(repeating: key, count: 60))
        try await twin.agree()
      }
    }

    @Test func `clicks and wheels anywhere`() async throws {
      var twin = try await Twin.started()
      try twin.type("llllll")
      var chance = Chances(seed: 5)
      // Not the last row: what is pressed there may be the end, or a run.
      for _ in 0..<60 {
        let button = [0, 0, 0, 1, 2, 64, 65][chance.below(7)]
        try twin.click(chance.below(80), chance.below(23), button: button)
      }
      try twin.click(500, 200)
      try await twin.agree()
    }

    @Test func `every letter on the page, and at a window`() async throws {
      var twin = try await Twin.started()
      // s writes files, and S shows which demos there are: both are the program's alone.
      let letters = "abcdefghijklmnoprtuvwxyzABCDEFGHIJKLMNOPQRTUVWXYZ"
      for letter in letters {
        try twin.type(String(letter))
        try await twin.agree()
      }
      try twin.type("?" + letters)
      try twin.press(.escape, "Escape")
      try await twin.agree()
    }

    @Test(arguments: [
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "crash R0 R1 ;;; \"'(", "\\\\\\((((",
      "request alice append é漢字", "forge ######", "run until not not (", "delay R0>R1 999999999s",
    ])
    func `garbage in the palette is answered, and Escape returns`(text: String) async throws {
      var twin = try await Twin.started()
      let page = try twin.terminal.screen()

      try twin.type(":" + text)
      try await twin.agree()
      try twin.press(.enter, "Enter")
      let answer = try await twin.agree()
      #expect(answer.contains("Command"))
      try twin.press(.escape, "Escape")
      try await twin.agree()
      #expect(twin.model.overlay == nil)

      try twin.type("hl")
      try await twin.agree()
      #expect(try twin.terminal.screen().count == page.count)
    }
  }
}

/// The same numbers every time.
private struct Chances {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }
}
