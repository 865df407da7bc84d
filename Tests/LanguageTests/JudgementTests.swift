import Language
import PBFT
import Simulation
import Testing

private let digestA = Digest(of: [1])
private let digestB = Digest(of: [2])
private let speaker = Speaker(digests: [digestA, digestB])

@Suite struct `What is told of a judgement` {
  @Test func `show a violation with its witnesses`() {
    let violation = Violation(
      .agreement, SequenceNumber(1), View(0),
      [.init(ReplicaID(1), digestA), .init(ReplicaID(3), digestB)])
    #expect(
      speaker.sentence(violation)
        == "agreement is violated: correct replicas executed different requests, at n1 in v0: R1 a and R3 b"
    )
  }

  @Test func `show what a promise was broken with`() {
    let one = Violation.Witness(
      ReplicaID(1), digestA, result: "a", at: SequenceNumber(1))
    let other = Violation.Witness(
      ReplicaID(3), digestA, result: "ba", at: SequenceNumber(2))
    let request = RequestName(ClientID(0), Timestamp(1))
    func told(
      _ invariant: Invariant, _ witnesses: [Violation.Witness], accepted: String? = nil,
      window: Violation.Window? = nil
    ) -> String {
      speaker.sentence(
        Violation(
          invariant, SequenceNumber(2), View(0), witnesses, request: request, accepted: accepted,
          window: window))
    }
    #expect(
      told(.oneResult, [one, other])
        == "one-result is violated: correct replicas have different results for one request, alice/1: R1 executed it at n1 with the result a and R3 executed it at n2 with the result ba"
    )
    #expect(
      told(.exactlyOnce, [one, other])
        == "exactly-once is violated: a correct replica executed a request twice: R1 executed alice/1 at n1 with the result a and n2 with the result ba"
    )
    #expect(
      told(.onlyRequested, [one])
        == "only-requested is violated: a correct replica executed what nobody requested: R1 executed alice/1 at n2, which alice never sent"
    )
    #expect(
      told(.checkpointsEqual, [one, .init(ReplicaID(2), digestB)])
        == "checkpoints-equal is violated: correct replicas took different checkpoints, at n2: R1 a and R2 b"
    )
    #expect(
      told(
        .withinWindow, [one],
        window: Violation.Window(low: SequenceNumber(5), high: SequenceNumber(15)))
        == "within-window is violated: a correct replica left its watermarks: R1 took in n2: h = 5, H = 15"
    )
    #expect(
      told(.clientAgrees, [one], accepted: "LIE")
        == "client-agrees is violated: a client accepted what correct replicas did not execute: alice accepted LIE for alice/1, but R1 executed it at n1 with the result a"
    )
    #expect(
      told(.clientAgrees, [], accepted: "LIE").hasSuffix("but no correct replica has executed it"))
  }

  @Test func `count the faults against f, and say whose they are`() throws {
    var world = World(Configuration(scheme: .ideal))
    #expect(speaker.sentence(world.guarantee) == "faults 0 of f = 1")
    _ = try world.perform(.crash(ReplicaID(3)))
    #expect(
      speaker.sentence(world.guarantee)
        == "faults 1 of f = 1: the guarantee holds (R3 is crashed)")
    _ = try world.perform(.equivocate(ReplicaID(0), Equivocation()))
    #expect(
      speaker.sentence(world.guarantee)
        == "faults 2 of f = 1: the guarantee is void (R0 equivocates, R3 is crashed)")
    _ = try world.perform(.honest(ReplicaID(0)))
    _ = try world.perform(.restart(ReplicaID(3)))
    #expect(
      speaker.sentence(world.guarantee)
        == "faults 1 of f = 1: the guarantee holds (R0 has misbehaved)")
    _ = try world.perform(.silence(ReplicaID(3)))
    #expect(world.guarantee.isVoid && world.guarantee.faults.allSatisfy(\.isForGood))
  }
}
