import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// What the page Message says is what has happened.
extension MessagePageTests {
  @Test("what the rows say is what happened", arguments: 1...6) func facts(_ seed: UInt64) throws {
    var random = SplitMix64(seed)
    var stage = try Stage()
    let commands = [
      "equivocate R0", "misbehave R2 by-hand", "lose R1>* 30", "hold R3>R1", "crash R3",
      "restart R3", "request alice append y b", "request bob append y c", "run 150ms", "run 400ms",
      "run 2s", "heal", "duplicate #4", "twin R2 R1 alice | R0 R3",
    ]
    for _ in 0..<14 {
      stage.command(commands[Int(random.next() % UInt64(commands.count))])
      stage.press(.escape)
    }
    let all = stage.model.history.happenings(in: 1...max(stage.model.history.end, 1)).joined()
    stage.press(.character("C"), .character("M"))
    for _ in 0..<24 {
      stage.press(random.next() % 3 == 0 ? .down : .up)
      let id = try #require(stage.model.inspected.id)
      let text = stage.picture(160, 45).text
      let row = try #require(
        text.split(separator: "\n").first { $0.contains("►#\(id) ") }, "seed \(seed)\n\(text)")
      for happening in all {
        switch happening.kind.ofEither {
        case .receive(id, _, _, let to, let finding):
          #expect(row.contains("arrived") && row.contains("\(to)"), "seed \(seed): \(row)")
          #expect(row.contains(finding.verdict.word), "seed \(seed): \(row)")
          #expect(row.contains(finding.rule.name), "seed \(seed): \(row)")
        case .drop(id, _, _, let to, let loss):
          let word = loss == .withheld ? "kept back" : "lost"
          #expect(row.contains(word) && row.contains("\(to)"), "seed \(seed): \(row)")
        default: break
        }
      }
      if let envelope = stage.model.world.inFlight.first(where: { $0.id == id }) {
        #expect(row.contains(envelope.isHeld ? "held" : "arrives"), "seed \(seed): \(row)")
        #expect(stage.model.message == id)
      }
      for (columns, rows) in [(60, 18), (80, 24), (300, 100)] {
        let text = stage.picture(columns, rows).text
        #expect(text.contains("►#\(id) "), "seed \(seed) at \(columns)x\(rows)\n\(text)")
      }
    }
  }

  @Test("every kind of message is told in words, at every size", arguments: [4, 7, 13])
  func kinds(_ count: Int) throws {
    var stage = try Stage(replicas: count)
    for line in ["load 200ms", "run 3s", "crash R1", "run 2s", "restart R1", "fire R2 view-change"]
    {
      stage.command(line)
    }
    stage.command("run 1s")
    var seen: Set<String> = []
    stage.press(.character("M"))
    for _ in 0..<160 {
      stage.press(.up)
      let row = stage.picture(160, 24).text.split(separator: "\n")[2]
      let kind = Message.Kind.allCases.first { row.contains(" \($0.rawValue) ") }
      #expect(kind != nil, "\(row)")
      guard let kind, seen.insert(kind.rawValue).inserted else { continue }
      for columns in stride(from: 60, through: 200, by: 35) {
        for rows in stride(from: 18, through: 60, by: 9) {
          let text = stage.picture(columns, rows).text
          #expect(text.contains(kind.rawValue) && text.contains(" why "), "\(columns)x\(rows)")
        }
      }
    }
    #expect(seen.count >= 4, "\(seen)")
  }
}
