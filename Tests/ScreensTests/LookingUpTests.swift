import Cells
import Language
import PBFT
import Simulation
import Testing

@testable import Screens

/// What a page must know of a long history is found out little by little, and is then all there is.
@Suite struct LookingUpTests {
  private func stage() throws -> Stage {
    var stage = try Stage()
    stage.resize(100, 28)
    stage.command("lose R0>R2 30%")
    stage.command("load 300ms")
    stage.command("run 60s")
    stage.command("crash R0")
    stage.command("run 9s")
    #expect(stage.model.history.step > 3 * Model.partsAtOnce * History.stride)
    return stage
  }

  /// Everything, gone through at once.
  private func all(_ subject: Recollection.Subject, _ history: History) -> [Happening] {
    var memory = Recollection(of: subject)
    memory.follow(history)
    return memory.happenings
  }

  @Test(
    "a key never waits for a long history; what was found by then is told, and the ticks find the rest",
    arguments: ["Q", "V"] as [Character])
  func littleByLittle(_ letter: Character) throws {
    var stage = try stage()
    stage.press(.character(letter))
    var (known, ticks) = (0, 0)
    while let now = stage.model.lookedUp {
      #expect(now - known <= Model.partsAtOnce * History.stride && now > known)
      #expect(stage.shows("step \(now) of \(stage.model.history.step)") == (ticks != 2))
      #expect(stage.model.tickInterval != nil)
      // A key that is pressed meanwhile acts.
      if ticks == 1 {
        stage.press(.character("2"))
        #expect(stage.model.replica == ReplicaID(2))
      } else {
        _ = stage.model.update(.tick)
      }
      (known, ticks) = (now, ticks + 1)
    }
    #expect(ticks >= 3 && stage.model.tickInterval == nil)
    let (memory, subject): (Recollection, Recollection.Subject) =
      letter == "Q"
      ? (stage.model.quorums.strays, .strayVotes) : (stage.model.viewChange.memory, .viewChanges)
    let whole = all(subject, stage.model.history)
    #expect(memory.happenings == whole && !whole.isEmpty)
  }

  @Test("to the past and to another branch, and back: what is known stays known, the rest is found")
  func travelling() throws {
    var stage = try stage()
    stage.press(.character("Q"))
    for line in ["goto 3000", "crash R3", "run 20s", "goto 100"] {
      stage.command(line)
      stage.model.lookUpAll()
      let past = Array(stage.model.quorums.strays.past(of: stage.model.history))
      var memory = Recollection(of: .strayVotes)
      memory.follow(stage.model.history)
      #expect(past == Array(memory.past(of: stage.model.history)), "\(line)")
    }
    var spending = Spending()
    stage.command("goto 2900")
    stage.model.lookUpAll()
    spending.follow(stage.model.history)
    let name = RequestName(ClientID(0), PBFT.Timestamp(3))
    let cost = stage.model.quorums.spending.cost(of: name, upTo: 2_900)
    #expect(cost == spending.cost(of: name, upTo: 2_900) && cost.total > 20)
  }
}
