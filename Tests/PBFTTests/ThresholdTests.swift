import PBFT
import Testing

@Suite struct `Taking rules away` {
  @Test func `every rule has a page and a name of its own`() {
    var names: [String] = []
    for rule in Rule.allCases {
      #expect(!rule.entry.title.isEmpty && rule.entry.sentence.hasSuffix("."))
      #expect(Rule(name: rule.name) == rule)
      names.append(rule.name)
    }
    #expect(Set(names).count == Rule.allCases.count)
  }

  @Test func `what cannot be off says why`() {
    let firm = Rule.allCases.filter { $0.cannotBeOff != nil }
    #expect(
      firm == [
        .knownSender, .assignNumber, .prepareCounts, .commitCounts, .prePrepared, .dataWanted,
        .dataHeld, .viewChangeCounts,
      ])
  }

  @Test func `the numbers of votes follow from the rules`() {
    func needs(_ off: RuleSet, _ cluster: Cluster = .four) -> [Int] {
      let needs = Settings(cluster: cluster, rulesOff: off).needs
      return [
        needs.prepares, needs.quorum, needs.stable, needs.vouching, needs.join, needs.newView,
        needs.replies,
      ]
    }
    #expect(needs([]) == [2, 3, 3, 2, 2, 3, 2])
    #expect(needs([.prepared]) == [1, 3, 3, 2, 2, 3, 2])
    #expect(needs([.quorum]) == [1, 2, 2, 2, 2, 2, 2])
    #expect(needs([.primaryVotes]) == [3, 3, 3, 2, 2, 3, 2])
    #expect(needs([.stableCheckpoint]) == [2, 3, 2, 2, 2, 3, 2])
    #expect(needs([.checkpointVouched]) == [2, 3, 3, 1, 2, 3, 2])
    #expect(needs([.joinWeak]) == [2, 3, 3, 2, 1, 3, 2])
    #expect(needs([.newViewQuorum]) == [2, 3, 3, 2, 2, 2, 2])
    #expect(needs([.replyQuorum]) == [2, 3, 3, 2, 2, 3, 1])
    #expect(needs([.clusterSize], .three) == [2, 3, 3, 2, 2, 3, 2])
    #expect(needs([.clusterSize, .quorum], .three) == [1, 2, 2, 2, 2, 2, 2])
    var settings = Settings()
    settings.rulesOff.insert(.quorum)
    #expect(settings.needs.quorum == 2)
    settings.rulesOff.remove(.quorum)
    #expect(settings == Settings())
  }

  @Test func `three replicas need the rule to be off`() {
    #expect(Settings(cluster: .three).problem != nil)
    #expect(Settings(cluster: .three, rulesOff: [.clusterSize]).problem == nil)
  }

  @Test(arguments: 0..<20)
  func `shuffled primaries are a permutation, and every view has one`(seed: UInt64) {
    let settings = Settings(primaries: .permuted(seed: seed))
    let first = (0..<4).map { settings.primary(of: View($0)).index }
    #expect(first.sorted() == [0, 1, 2, 3], "seed \(seed)")
    #expect((4..<8).map { settings.primary(of: View($0)).index } == first, "seed \(seed)")
    #expect((0..<4).contains(settings.primary(of: View(-1)).index))
  }

  @Test func `coverage counts what a message has passed, and nothing of a rule that is off`() {
    var coverage = Coverage()
    let refused = Finding.refused(.withinWatermarks, Values(.n, 14))
    coverage.count(refused, of: .commit)
    #expect(coverage[.authentic] == (1, 0))
    #expect(coverage[.withinWatermarks] == (0, 1))
    #expect(coverage[.oneVote] == (0, 0))
    coverage.count(.accepted(.commitCounts, Values(.have, 2, .need, 3)), of: .commit)
    #expect(coverage[.withinWatermarks] == (1, 1))
    #expect(coverage[.committed] == (0, 1))
    let twice = Coverage.merge(coverage, coverage)
    #expect(twice[.authentic] == (4, 0))
    coverage.count(refused, of: .commit, without: [.withinWatermarks, .authentic])
    #expect(coverage[.authentic] == (2, 0) && coverage[.withinWatermarks] == (1, 1))
  }
}
