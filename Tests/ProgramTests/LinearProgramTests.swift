import Cells
import Foundation
import PBFT
import Screens
import Simulation
import Testing
import TmuxSupport

extension RealProgram {
  @Suite struct `The linear mode on a terminal` {
    @Test func `a prompt says where one is, and quit ends`() async throws {
      let terminal = try Tmux(columns: 120, rows: 40)
      try terminal.runProgram("--plain")
      try await terminal.shows("step 1 main>")
      try terminal.run("step 3")
      try await terminal.shows("step 4 main>")
      #expect(try terminal.screen().contains("step 2, 0.07 s: R0 receives REQUEST"))
      try terminal.run("quit")
      try await terminal.leftWith(0)
    }

    @Test func `Ctrl-C ends it, and so does the end of the input`() async throws {
      let terminal = try Tmux(columns: 120, rows: 40)
      try terminal.runProgram("--plain")
      try await terminal.shows("step 1 main>")
      try terminal.press("C-c")
      try await terminal.leftWith(130)
      try terminal.runProgram("--plain")
      try await terminal.shows("step 1 main>")
      try terminal.press("C-d")
      try await terminal.leftWith(0)
    }

    @Test func `a terminal that can show nothing but lines is enough`() async throws {
      let terminal = try Tmux(columns: 120, rows: 40, environment: "TERM=dumb")
      try terminal.runProgram("--plain")
      try await terminal.shows("step 1 main>")
      try terminal.run("quit")
      try await terminal.leftWith(0)
    }
  }

  @Suite struct `Pictures of the screen` {
    @Test func `s saves what is on the screen, beside what was saved before`() async throws {
      let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("pbftscope-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let terminal = try Tmux(columns: 100, rows: 28)
      try terminal.run("cd '\(folder)'")
      try terminal.runProgram()
      try await terminal.shows("q quit")
      try terminal.type("llLs")
      try await terminal.shows("saved: pbftscope-main-3-ladder.svg and pbftscope-main-3-ladder.txt")
      try terminal.type("s")
      try await terminal.shows("saved: pbftscope-main-3-ladder-2.svg")
      try terminal.press("q")
      try await terminal.leftWith(0)

      var history = History(Configuration())
      try history.perform(.request(ClientID(0), .append(key: "x", value: "a")))
      var model = Model(history: history)
      let size = Size(columns: 100, rows: 28)
      _ = model.update(.resize(size))
      for character in "llL" { _ = model.update(.key(.character(character))) }
      for name in ["pbftscope-main-3-ladder.txt", "pbftscope-main-3-ladder-2.txt"] {
        let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
        #expect(text == draw(model, size).text + "\n")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 4)
    }
  }
}
