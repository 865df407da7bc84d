import PBFT
import Simulation
import Testing

@Suite struct `A replica that lies in its VIEW-CHANGE (§4.4)` {
  /// A is prepared at R0, R1 and R3 and executed at R3 only, which then speaks to nobody any more.
  private func executedAtR3() throws -> Lab {
    var lab = Lab(clientTimeout: .seconds(100))
    try lab.perform(.cut(LinkPattern(from: .replica(r3), to: nil)))
    try lab.request(alice, "a")
    // Up to the moment at which the COMMITs are on their way.
    try lab.run(190)
    for message in lab.world.inFlight
    where message.message.kind == .commit && message.to != .replica(r3) {
      try lab.perform(.drop(.number(message.id)))
    }
    try lab.run(70)
    return lab
  }

  @Test func `E19b, X8: what one hides another member of V has`() throws {
    var lab = try executedAtR3()
    #expect(lab.executed(by: r3) == ["1:alice/1"])
    #expect([r0, r1, r2].allSatisfy { lab.executed(by: $0).isEmpty })
    try lab.misbehave(r2, .hideProofs)
    try lab.isolate(r3)
    for replica in [r0, r1, r2] { try lab.fire(replica) }
    try lab.run(until: .view(View(1), .replica(r0)))
    // R2 proves nothing, and R0 and R1 prove A.
    #expect(lab.proofs(of: r2, for: 1) == [])
    let row = try #require(lab.selections(of: 1).first?.first)
    #expect(row == "1:alice/1 v0 R0 R1")
    try lab.run(1_000)
    #expect(lab.executed(by: r0) == ["1:alice/1"])
    #expect(lab.executed(by: r1) == ["1:alice/1"])
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E19c: an invented proof fails validation, and its VIEW-CHANGE is discarded`() throws {
    var lab = try executedAtR3()
    try lab.misbehave(r2, .inventProofs)
    try lab.heal()
    for replica in [r0, r1, r2, r3] { try lab.fire(replica) }
    try lab.run(until: .view(View(1), .replica(r0)))
    for other in [r0, r1, r3] {
      #expect(
        lab.verdicts(other, on: .viewChange, from: r2, view: 1) == ["refused prepared-proofs"])
    }
    // V holds the other three, and O what they prove.
    let newView = try #require(lab.replica(r0).newView)
    #expect(newView.viewChanges.map(\.replica).sorted() == [r0, r1, r3])
    #expect(lab.selections(of: 1) == [["1:alice/1 v0 R0 R1 R3"]])
    try lab.run(1_000)
    #expect(lab.executed(by: r0) == ["1:alice/1"])
    #expect(lab.world.violations.isEmpty)
  }

  @Test func `E19d: of two different VIEW-CHANGEs the one in V counts, for everybody`() throws {
    for recipients in [[r1], [r0], [r0, r3]] {
      var lab = try executedAtR3()
      // To these R2 says that nothing had prepared; R1 is the primary of view 1.
      try lab.misbehave(r2, .twoFaced, to: recipients)
      try lab.isolate(r3)
      for replica in [r0, r1, r2] { try lab.fire(replica) }
      try lab.run(until: .view(View(1), .replica(r0)))
      for other in [r0, r1] {
        #expect(
          lab.verdicts(other, on: .viewChange, from: r2, view: 1)
            == ["accepted view-change-counts"])
      }
      let holders = recipients == [r1] ? "R0 R1" : "R0 R1 R2"
      #expect(lab.selections(of: 1) == [["1:alice/1 v0 \(holders)"]])
      try lab.run(1_000)
      #expect(lab.executed(by: r0) == ["1:alice/1"])
      #expect(lab.world.violations.isEmpty)
    }
  }
}
