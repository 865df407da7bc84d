import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing
import TmuxSupport

extension RealProgram {
  @Suite struct `The story of another choice` {
    @Test
    func `the crash, back to before it, another choice; both side by side; saved, killed, resumed`()
      async throws
    {
      var twin = try await Twin.started(demo: "2-primary-crash.pbft", columns: 100, rows: 30)
      let stops = try await twin.playToTheEnd()
      let crashed = twin.model.history
      #expect(crashed.world.replicas[2].view == View(1))

      // Back to the moment before the crash; there a backup crashes in the place of the primary.
      try await twin.command("back until R3 prepared 3")
      let fork = twin.model.history.step
      #expect(fork < crashed.end && !twin.model.world.isCrashed(ReplicaID(0)))
      try twin.type("1c")
      try await twin.agree()
      try await twin.command("run until alice/2 accepted")
      let other = twin.model.history
      #expect(other.branches.map(\.name) == ["main", "crash-R1"])
      #expect(other.branches[1].fork == fork && other.branches[0].end == crashed.end)
      #expect(other.world.replicas[2].view == View(0))
      #expect(other.world.replicas[2].lastExecuted == SequenceNumber(3))

      try twin.type("T")
      let timeline = try await twin.agree()
      #expect(timeline.contains("main") && timeline.contains("crash-R1"))
      try twin.type("v")
      let comparison = try await twin.agree()
      #expect(comparison.contains("crash-R1 and main, parted after step \(fork)"))
      #expect(comparison.contains("≠"))
      try twin.type("vC")
      for _ in 0..<3 { try twin.press(.left, "Left") }
      try await twin.agree()
      let path = "\(twin.terminal.stateHome)/story.pbft"
      try twin.type(":save \"\(path)\"")
      try twin.terminal.press("Enter")
      try await twin.terminal.shows("saved: ")
      try twin.press(.escape, "Escape")
      let before = try await twin.agree()

      var resumed = try await twin.killedAndResumed()
      let screen = try await resumed.agree()
      let history = resumed.model.history
      for picture in [before, screen] {
        #expect(picture.contains(history.world.stateHash.short))
        #expect(picture.contains(" crash-R1 step \(history.step)/\(history.end) "))
      }
      #expect(history.step == history.end - 3)
      // What was written down and what was saved, read anew: not the model that the picture is drawn from.
      for loaded in [try resumed.loadedJournal(), try Twin.session(path)] {
        #expect(loaded.history.step == history.step)
        #expect(loaded.history.branch == history.branch)
        #expect(loaded.history.branches.map(\.name) == history.branches.map(\.name))
        #expect(loaded.history.branches.map(\.end) == history.branches.map(\.end))
        #expect(loaded.history.world == history.world)
        #expect(loaded.history.world.stateHash == history.world.stateHash)
        #expect(loaded.reached.count == stops)
      }

      // It goes on in the same journal, and can be killed again.
      try resumed.type("r")
      for _ in 0..<3 { try resumed.press(.right, "Right") }
      try await resumed.agree()
      let again = try await resumed.killedAndResumed()
      #expect(try again.loadedJournal().history.world == again.model.history.world)
      #expect(try again.journals().count == 1)
    }
  }
}

extension Twin {
  /// Goes from stop to stop until the lesson is over, and says how many there were.
  fileprivate mutating func playToTheEnd() async throws -> Int {
    let stops = model.lesson?.script.stopCount ?? 0
    for _ in 0..<stops {
      try press(.character(" "), "Space")
      try await agree()
    }
    #expect(model.lesson?.reachedMoments.count == stops && stops > 5)
    return stops
  }

  /// Types a line in the palette, and sees what it does.
  fileprivate mutating func command(_ line: String) async throws {
    try type(":" + line)
    try press(.enter, "Enter")
    try await agree()
    #expect(model.overlay == nil, "\(line)")
  }
}
