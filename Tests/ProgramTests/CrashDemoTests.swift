import Cells
import PBFT
import Screens
import Simulation
import Testing
import TmuxSupport

extension RealProgram {
  @Suite struct `The primary's crash, by hand` {
    @Test(arguments: [(80, 24), (100, 28), (160, 45)])
    func `from the first request to the execution in view 1, and back`(
      columns: Int, rows: Int
    ) async throws {
      var twin = try await Twin.started(demo: "2-primary-crash.pbft", columns: columns, rows: rows)

      // The lesson's commands come with space, stop by stop.
      while !twin.hasExecuted(3, at: 2, in: 1) {
        try twin.press(.character(" "), "Space")
        twin.expectPanes(try await twin.agree())
      }
      let end = twin.model.history.step
      #expect(end > 100)
      try twin.press(.home, "Home")
      try await twin.agree()
      #expect(twin.model.history.step == 0)

      while twin.model.history.step < end {
        try twin.press(.right, "Right")
        twin.expectPanes(try await twin.agree())
      }
      #expect(twin.hasExecuted(3, at: 2, in: 1))
      while twin.model.history.step > 0 {
        try twin.press(.left, "Left")
        twin.expectPanes(try await twin.agree())
      }
    }
  }
}

extension Twin {
  fileprivate func hasExecuted(_ number: Int, at replica: Int, in view: Int) -> Bool {
    let replica = model.world.replicas[replica]
    return replica.lastExecuted.number >= number && replica.view.number == view
  }

  /// Compares each pane on the real screen with its replica, number by number.
  fileprivate func expectPanes(_ screen: String) {
    let rows = screen.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
    let width = size.columns / 4
    for (index, replica) in model.world.replicas.enumerated() {
      let pane = rows.map { String($0.dropFirst(index * width).prefix(width)) }
        .prefix { !$0.hasPrefix("└") && !$0.hasPrefix("┗") }.joined(separator: "\n")
      let place = "R\(index) at step \(model.history.step) of \(size.columns)x\(size.rows)"

      let status = pane.firstMatch(of: #/v(?:iew )?(\d+) +(?:executed|exec|x) ?(\d+)/#)
      #expect(status.flatMap { Int($0.output.1) } == replica.view.number, "view of \(place)")
      #expect(status.flatMap { Int($0.output.2) } == replica.lastExecuted.number, "\(place)")

      let marks = pane.firstMatch(of: #/h ?(\d+) +H ?(\d+) +(?:stable |s)(\d+)/#)
      #expect(marks.flatMap { Int($0.output.1) } == replica.low.number, "h of \(place)")
      #expect(marks.flatMap { Int($0.output.2) } == replica.high.number, "H of \(place)")
      #expect(
        marks.flatMap { Int($0.output.3) } == replica.stable.sequence.number, "stable of \(place)")

      let proposed = replica.log.used.filter { $0.prePrepare != nil }
      let numbers = pane.matches(
        of:
          #/[│┃›] *(\d+) +[a-z-]+ *[●○] +[●○·]? ?(\d+)(?:/| of )2 +[●○·]? ?(\d+)(?:/| of )3 +([✓·])/#
      )
      #expect(numbers.isEmpty == proposed.isEmpty, "numbers of \(place)")
      for match in numbers {
        let n = SequenceNumber(Int(match.output.1) ?? 0)
        let slot = replica.log[n]
        let settings = model.world.settings
        #expect(Int(match.output.2) == slot?.matchingPrepares(in: settings), "\(n) at \(place)")
        #expect(Int(match.output.3) == slot?.matchingCommits(), "\(n) at \(place)")
        #expect((match.output.4 == "✓") == (n <= replica.lastExecuted), "\(n) at \(place)")
      }
    }
  }
}
