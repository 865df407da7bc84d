import Language
import PBFT
import Screens
import Simulation
import Testing

/// What the linear mode answers is what the replicas hold.
@Suite struct `The answers of the linear mode` {
  private func talk(_ demo: String, stops: Int) throws -> `The linear mode`.Conversation {
    var talk = `The linear mode`.Conversation(
      try Stage(lesson: `The linear mode`.lesson(demo)))
    for _ in 0..<stops { talk.hear("") }
    return talk
  }

  @Test func `quorums tells what each replica counts, and what it keeps without counting it`()
    throws
  {
    var talk = try talk("4-equivocation.pbft", stops: 3)
    let told = talk.hear("quorums 1").told
    let world = talk.stage.model.world
    for replica in world.replicas {
      let slot = try #require(replica.log[SequenceNumber(1)])
      let accepted = try #require(slot.prePrepare)
      let letter = Speaker(digests: world.letters).name(of: accepted.digest)
      let phase = replica.phase(of: SequenceNumber(1)).word
      #expect(told.contains("\(replica.id), in v0: \(phase), has accepted \(letter)"))
      let prepares = slot.matchingPrepares(in: world.settings)
      #expect(told.contains { $0.hasPrefix("\(replica.id): PREPAREs \(prepares) of 2") })
      let commits = slot.matchingCommits()
      #expect(told.contains { $0.hasPrefix("\(replica.id): COMMITs \(commits) of 3") })
      for vote in slot.prepares where vote.digest != accepted.digest {
        #expect(
          told.contains {
            $0.hasPrefix("\(replica.id) keeps \(vote.replica)'s PREPARE v0 n1")
              && $0.hasSuffix("which does not count: it accepted \(letter)")
          })
      }
    }
    #expect(told.contains("R3 lacks: 1 of 2f = 2 PREPAREs for b: R1, R2 said a"))
    #expect(talk.hear("quorums 99").told == ["no log knows of n99; there are n1 to n2"])
  }

  @Test func `quorums tells who refused or lost a vote`() throws {
    var talk = try talk("2-primary-crash.pbft", stops: 5)
    let told = talk.hear("quorums 3").told
    #expect(told.contains { $0.hasPrefix("R3's PREPARE v0 n3 c to R0 was lost") })
    #expect(
      told.contains {
        $0.hasPrefix("R1 lacks: the PRE-PREPARE of v0 n3: R0 ") && $0.hasSuffix("lost (dropped)")
      })
  }

  @Test func `view-change tells each VIEW-CHANGE with its proofs, and each number of O`() throws {
    var talk = try talk("2-primary-crash.pbft", stops: 6)
    let told = talk.hear("view-change").told
    let world = talk.stage.model.world
    let newView = try #require(world.replicas[1].newView)
    for change in newView.viewChanges {
      let own = told.filter { $0.hasPrefix("VIEW-CHANGE of \(change.replica): ") }
      #expect(own.filter { $0.contains(": P n") }.count == change.prepared.count)
      #expect(own.contains { $0.contains(": h = \(change.stable.sequence.number), C is empty") })
      #expect(own.contains { $0.contains("R1 counts it") || change.replica == ReplicaID(1) })
    }
    let rows = told.filter { $0.hasPrefix("O, n") }
    #expect(rows.count == newView.prePrepares.count)
    for (row, proposal) in zip(rows, newView.prePrepares) {
      let letter = Speaker(digests: world.letters).name(of: proposal.digest)
      #expect(row.hasPrefix("O, \(proposal.sequence): \(letter), proofs in V"))
    }
    #expect(told.contains { $0 == "min-s = 0, the latest stable checkpoint in V" })
    #expect(talk.hear("view-change 7").told == ["nobody has asked for view 7; there is 1"])
    #expect(talk.hear("view-change 1").told == told)
  }

  @Test func `before any view change it tells what one would be`() throws {
    var talk = try talk("2-primary-crash.pbft", stops: 4)
    let told = talk.hear("view-change").told
    #expect(told[1].hasPrefix("Nobody has asked for it."))
    #expect(told.contains { $0.hasPrefix("1. A backup's timer runs out.") })
    #expect(
      told.contains { $0.hasPrefix("R3 works in view 0, has not asked; it waits for alice/2") })
  }

  @Test func `a request that waits for the one before is told as one to come`() throws {
    var talk = `The linear mode`.Conversation(try Stage())
    let told = talk.hear("request alice append x b").told
    #expect(talk.stage.model.world.clients[0].queue.count == 1)
    #expect(
      told == [
        "step 2, 0.00 s: alice will request append x b when its request before is answered (4.1)"
      ])
  }

  @Test func `a page of a long history is told whole`() throws {
    var talk = try talk("rules/back-off.pbft", stops: 2)
    let view = try #require(talk.stage.model.world.replicas.map(\.view.number).max())
    #expect(view >= 20)
    let page = talk.hear("page view-change 100x28").told
    #expect(page.contains { $0.contains("VIEW CHANGE \(view - 1) > \(view)") })
    let told = talk.hear("view-change").told
    #expect(told[0].hasPrefix("view \(view): "))
    #expect(page.contains { $0.contains(told[1].prefix(40)) })
  }

  @Test func `state tells what the last requests have cost`() throws {
    var talk = try talk("1-normal-case.pbft", stops: 20)
    let told = talk.hear("state R1").told
    #expect(
      told.contains { $0.hasPrefix("alice/1 ") && $0.contains("29: 1 RQ 3 PP 9 P 12 C 4 RE") })
  }
}
