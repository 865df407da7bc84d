import Language
import PBFT
import Search
import Simulation
import Testing

@Suite struct `A campaign` {
  @Test func `walks the same way from the same seed, alone or among others`() {
    var campaign = Campaign()
    campaign.run(seeds: 1...6)
    var one = Campaign()
    one.run(seeds: [1, 3, 5])
    var other = Campaign()
    other.run(seeds: [2, 4, 6])
    one.add(other)
    #expect(one.tally == campaign.tally)
    #expect(campaign.tally.worlds == 6 && campaign.failure == nil)
    #expect(campaign.tally.deliveries > 1_000 && campaign.tally.refusals.count > 10)
  }

  @Test func `ends when it is told to`() {
    var campaign = Campaign()
    campaign.run(seeds: 1...) { $0.tally.worlds == 2 }
    #expect(campaign.tally.worlds == 2)
  }

  @Test(arguments: [Rule.committed, .proofsInViewChange])
  func `finds the violation that a rule prevents, and the short way to it is a page to play`(
    rule: Rule
  ) throws {
    var rules = RuleSet()
    rules.insert(rule)
    var campaign = Campaign(rulesOff: rules)
    campaign.run(seeds: 1...300) { $0.failure != nil }
    let failure = try #require(campaign.failure, "300 walks without \(rule.name) went well")
    let shortest = Minimiser.minimised(failure, plays: 600)
    let seed = failure.seed
    #expect(shortest.commands.count * 2 < failure.commands.count, "PBFT_SEED=\(seed)")
    let invariant = try #require(failure.violations.first?.invariant)
    #expect(shortest.violations.first?.invariant == invariant)

    let script = try Script(parsing: shortest.script.text)
    #expect(script.statements == shortest.script.statements)
    var wrong = Player(script)
    try wrong.play()
    #expect(wrong.history.world.violations == shortest.violations, "PBFT_SEED=\(seed)")
    #expect(!wrong.held)
  }

  @Test func `tells of a walk in which a request is never done, and that too is a page to play`()
    throws
  {
    var campaign = Campaign(rulesOff: [.resend])
    campaign.run(seeds: 1...300) { $0.failure != nil }
    let failure = try #require(campaign.failure, "300 walks without resend went well")
    let complaint = try #require(failure.unsettled)
    #expect(complaint.contains("after the faults stopped"))
    let shortest = Minimiser.minimised(failure, plays: 60)
    #expect(shortest.unsettled != nil)
    #expect(shortest.commands.count < failure.commands.count)
    let script = try Script(parsing: shortest.script.text)
    var player = Player(script)
    try player.play()
    #expect(player.outcomes.count == 1 && !player.held)
  }

  @Test func `what went well stays as it is`() {
    let outcome = Walk.outcome(of: 1)
    #expect(outcome.isFine && outcome.complaints.isEmpty)
    #expect(Minimiser.minimised(outcome) == outcome)
    #expect(outcome.script.commands == outcome.commands)
  }
}
