import Language
import PBFT
import Simulation

extension Generator {
  /// How many forms of what is done with a history there are.
  static let timeForms = 13

  mutating func timeCommand(form: Int) -> TimeCommand {
    switch form {
    case 0: .forward(1 + below(2_000))
    case 1: .back(1 + below(3))
    case 2: .backFor(duration())
    case 3: .backUntil(condition(depth: 3))
    case 4: .next(landmark())
    case 5: .previous(landmark())
    case 6: .goTo(step: maybe { $0.below(100_000) }, branch: maybe { $0.branchName() })
    case 7: .name(branchName())
    case 8: .note(text())
    case 9: .breakAt(condition(depth: 3))
    case 10: .breakOff(maybe { $0.condition(depth: 2) })
    case 11: .goTo(step: 0, branch: nil)
    default: .forget(branchName())
    }
  }

  mutating func landmark() -> Landmark { coin() ? pick(Landmark.general) : .at(replica()) }

  mutating func branchName() -> String {
    while true {
      let letters = Array("aZ09-_endstrofCR2")
      let name = String((0..<(1 + below(Branch.longestName))).map { _ in pick(letters) })
      if Branch.isName(name) { return name }
    }
  }
}
