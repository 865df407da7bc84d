import PBFT
import Simulation
import Testing

@Suite struct `Random runs (§3, §4.5)` {
  static let parts = 8
  static let count = 3000

  @Test(arguments: 0..<parts)
  func `nothing goes wrong during a storm, and everything is done after it`(part: Int) {
    var executions = 0
    var viewsEntered = 0
    for seed in Seeds.part(part, of: Self.parts, outOf: Self.count) {
      var storm = Storm(seed: seed)
      storm.rage(rounds: 150)
      storm.calm()
      let complaint = storm.settle(within: 400)

      let violations = storm.world.violations
      if !violations.isEmpty { fail("violated \(violations)", seed) }
      let broken = storm.facts.broken(in: storm.world.cluster)
      let judged = Invariant.allCases.filter { one in violations.contains { $0.invariant == one } }
      if broken != judged {
        fail("the facts say \(broken), the judge says \(judged)", seed)
      }
      if let complaint { fail(complaint, seed) }
      executions += storm.facts.executions
      viewsEntered += storm.facts.viewsEntered
    }
    // A simulator in which nothing happens would pass all of this.
    guard Seeds.chosen == nil else { return }
    #expect(executions > 0 && viewsEntered > 0)
  }
}
