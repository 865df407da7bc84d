import Foundation
import Language
import PBFT
import Simulation
import Testing
import TmuxSupport

extension RealProgram {
  @Suite struct `Everything without leaving` {
    @Test
    func
      `a demo from the menu, once more from its start, and a world of seven; each has its journal`()
      async throws
    {
      let twin = try await Twin.started(demo: "2-primary-crash.pbft", columns: 100, rows: 30)
      let terminal = twin.terminal
      try terminal.type("2c")
      try await terminal.shows("R2 ✗ CRASHED")

      // The one that is open is chosen; above it is the first.
      try terminal.type("S")
      try await terminal.shows("►2-primary-crash")
      try await terminal.shows("open now")
      try terminal.press("Up", "Enter")
      try await terminal.shows("opened: ")
      try await terminal.shows("0/8")
      try terminal.press("Space")
      try await terminal.shows("1/8")

      try terminal.type("S")
      try await terminal.shows("Enter restarts it")
      try terminal.press("Enter")
      try await terminal.shows("0/8")
      try await terminal.shows("step 0/0")
      try terminal.type("n")
      try await terminal.shows("step 1/1")

      // Five demos, then the settings.
      try terminal.type("S")
      try terminal.press("Down", "Down", "Down", "Down", "Down", "Enter")
      try await terminal.shows("f = 2, a quorum is 5")
      try terminal.press("Down", "Enter")
      try await terminal.shows("n=7 for the next world")
      try terminal.press("PageDown", "Down")
      try await terminal.shows("►Begin anew with n=7")
      try terminal.press("Enter")
      try await terminal.shows("a new world: n=7")
      try await terminal.shows("PBFTScope n=7")
      try terminal.press("Right")
      try await terminal.shows("step 2/2")

      // A demo that is not there leaves everything as it is.
      try terminal.type(":open \"demos/nowhere.pbft\"")
      try terminal.press("Enter")
      try await terminal.shows("there is no such file")
      try terminal.press("C-u")
      try terminal.type("open again")
      try terminal.press("Enter")
      try await terminal.shows("step 1/1")
      try terminal.type("q")
      try await terminal.leftWith(0)

      let journals = try twin.journals()
      let told = try journals.map { path -> String in
        let session = try Twin.session(path)
        let n = session.history.world.replicas.count
        let crashed = session.history.world.isCrashed(ReplicaID(2)) ? " crashed" : ""
        return
          "\(session.script.title ?? "-") n=\(n) stops \(session.reached.count)\(crashed)"
      }
      #expect(
        told.sorted() == [
          "- n=7 stops 0", "The normal case, through to a stable checkpoint n=4 stops 0",
          "The normal case, through to a stable checkpoint n=4 stops 1",
          "The primary crashes between PREPARE and COMMIT n=4 stops 0 crashed",
        ])
    }
  }
}
