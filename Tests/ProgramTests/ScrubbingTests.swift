import Cells
import Screens
import Simulation
import Testing
import TmuxSupport

extension RealProgram {
  @Suite struct `Time in the hand` {
    @Test func `the bar is dragged, and two stories are kept and compared`() async throws {
      var twin = try await Twin.started(demo: "2-primary-crash.pbft", columns: 80, rows: 24)
      for _ in 0..<3 { try twin.press(.character(" "), "Space") }
      try await twin.agree()
      let end = twin.model.history.step
      #expect(end > 20)

      // Press on the right of the bar, move to the left with the button held, release.
      for (action, x) in [
        (Mouse.Action.press, 60), (.drag, 50), (.drag, 40), (.drag, 35), (.release, 35),
      ] {
        try twin.point(action, x, 22)
        try await twin.agree()
      }
      let step = twin.model.history.step
      #expect(step > 0 && step < end)

      // Another choice there, and both stories side by side.
      try twin.press(.character("2"), "2")
      try twin.press(.character("u"), "u")
      for _ in 0..<5 { try twin.press(.right, "Right") }
      try twin.press(.character("T"), "T")
      try await twin.agree()
      #expect(twin.model.history.branches.count == 2)
      try twin.press(.character("v"), "v")
      let screen = try await twin.agree()
      #expect(screen.contains("silence-R2 and main, parted after step \(step)"))
      #expect(screen.contains("≠"))
    }
  }
}
