import Language
import PBFT
import SeedSupport
import Simulation
import Testing

@Suite struct `A session` {
  @Test(arguments: 0..<4)
  func `that was written and read is the same history`(part: Int) throws {
    for seed in Seeds.part(part, of: 4, outOf: 24) {
      var sitting = try Sitting(seed: seed)
      for _ in 0..<80 { sitting.act() }
      let text = SessionWriter.file(
        sitting.page, sitting.history, reached: sitting.reached, program: "0.1")
      do {
        let loaded = try SessionReader.read(text)
        if let difference = sitting.difference(from: loaded.history, loaded.reached) {
          fail("\(difference)\n\(text)", seed)
        }
        let script = try Script(parsing: text)
        #expect(script == loaded.script && script.text == text)
        #expect(script.session?.lines.count == loaded.linesPlayed)
        var again = SessionWriter(continuing: loaded.history, reached: loaded.reached)
        #expect(again.lines(loaded.history, reached: loaded.reached) == [])
        #expect(
          SessionWriter.file(
            loaded.script, loaded.history, reached: loaded.reached, program: "0.1") == text)
        var player = Player(script)
        try player.play()
        #expect(player.held && player.history.world == sitting.history.world)
      } catch {
        fail("\(error)\n\(text)", seed)
      }
    }
  }

  @Test(arguments: 0..<4)
  func `that was told bit by bit is the same history`(part: Int) throws {
    for seed in Seeds.part(part, of: 4, outOf: 24) {
      var sitting = try Sitting(seed: seed + 1_000)
      var writer = SessionWriter()
      var text = SessionWriter.beginning(sitting.page, program: "0.1")
      var lengths: Set<Int> = []
      for round in 0..<100 {
        sitting.act()
        // Mostly after each act, as a journal; sometimes after several.
        if round % 7 == 3 { continue }
        let lines = writer.lines(sitting.history, reached: sitting.reached)
        lengths.insert(lines.count)
        text += lines.map { $0 + "\n" }.joined()
      }
      text += writer.lines(sitting.history, reached: sitting.reached).map { $0 + "\n" }.joined()
      #expect(lengths.count > 3)
      do {
        let loaded = try SessionReader.read(text)
        if let difference = sitting.difference(from: loaded.history, loaded.reached) {
          fail("\(difference)\n\(text)", seed)
        }
      } catch {
        fail("\(error)\n\(text)", seed)
      }
    }
  }
}
