import PBFT
import Search
import SeedSupport
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
      var walk = Walk(seed: seed, keepingHappenings: true)
      walk.finish()
      let outcome = walk.outcome
      for complaint in outcome.complaints { fail(complaint, seed) }
      let violations = outcome.violations
      let facts = Facts(walk)
      let broken = facts.broken(in: walk.world.cluster)
      let judged = Invariant.allCases.filter { one in violations.contains { $0.invariant == one } }
      if broken != judged {
        fail("the facts say \(broken), the judge says \(judged)", seed)
      }
      executions += facts.executions
      viewsEntered += facts.viewsEntered
    }
    // A simulator in which nothing happens would pass all of this.
    guard Seeds.chosen == nil else { return }
    #expect(executions > 0 && viewsEntered > 0)
  }

  @Test(arguments: [Rule.committed, .proofsInViewChange])
  func `random runs catch it too, and the plain recomputation agrees`(rule: Rule) {
    var caught = 0
    for seed in UInt64(1)...300 {
      var rules = RuleSet()
      rules.insert(rule)
      var walk = Walk(seed: seed, rulesOff: rules, keepingHappenings: true)
      walk.rage()
      let judged = Invariant.allCases.filter { one in
        walk.world.violations.contains { $0.invariant == one }
      }
      if Facts(walk).broken(in: walk.world.cluster) != judged {
        fail("the facts disagree with the judge without \(rule.name)", seed)
      }
      if !judged.isEmpty { caught += 1 }
      if caught == 5 { return }
    }
    Issue.record("without \(rule.name) only \(caught) of 300 runs went wrong")
  }
}
